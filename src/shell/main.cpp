// SPDX-License-Identifier: MIT
// The executable: nothing but the door to shell/.
#include "shell/command_line.h"

int main(int argument_count, char** arguments) { return viperine::run_command_line(argument_count, arguments); }
