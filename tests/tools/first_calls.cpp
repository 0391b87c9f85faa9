// SPDX-License-Identifier: MIT
// Lists the functions that a program calls, in the order of their first calls (cmake/start_functions.txt):
//   nm PROGRAM | awk '$2 ~ /[tTwW]/ {print $1, $3}' | sort > symbols
//   first_calls symbols PROGRAM argument...          PROGRAM: linked at a fixed address (-no-pie), not stripped
// Every function begins with a breakpoint that is taken away when it is hit.
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <string>

namespace {

struct Function {
  std::string name;
  unsigned char first_byte = 0;
};

std::map<unsigned long, Function> read_symbols(const char* path) {
  std::map<unsigned long, Function> functions;
  std::FILE* file = std::fopen(path, "r");
  if (file == nullptr) return functions;
  unsigned long address;
  char name[4096];
  while (std::fscanf(file, "%lx %4095s", &address, name) == 2) functions.try_emplace(address, Function{name, 0});
  std::fclose(file);
  return functions;
}

/// A stop at one of our breakpoints: prints the name and lets the function run.
bool pass_breakpoint(std::map<unsigned long, Function>& functions, int memory, pid_t thread) {
  user_regs_struct registers;
  ptrace(PTRACE_GETREGS, thread, nullptr, &registers);
  auto found = functions.find(registers.rip - 1);
  if (found == functions.end()) return false;
  std::fprintf(stderr, "%s\n", found->second.name.c_str());
  if (pwrite(memory, &found->second.first_byte, 1, static_cast<off_t>(found->first)) != 1) return false;
  --registers.rip;
  ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return std::fprintf(stderr, "usage: first_calls SYMBOLS PROGRAM [ARGUMENT...]\n"), 2;
  auto functions = read_symbols(arguments[1]);
  pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    execv(arguments[2], arguments + 2);
    _exit(127);
  }
  int status;
  waitpid(child, &status, 0);
  int memory = open(("/proc/" + std::to_string(child) + "/mem").c_str(), O_RDWR);
  const unsigned char breakpoint = 0xCC;
  for (auto& [address, function] : functions)
    if (pread(memory, &function.first_byte, 1, static_cast<off_t>(address)) != 1 ||
        pwrite(memory, &breakpoint, 1, static_cast<off_t>(address)) != 1)
      return std::fprintf(stderr, "first_calls: no function at %lx\n", address), 1;
  ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
  for (pid_t thread = child; thread > 0;) {
    int signal_number = 0;
    if (WIFSTOPPED(status) && WSTOPSIG(status) != SIGTRAP && WSTOPSIG(status) != SIGSTOP)
      signal_number = WSTOPSIG(status);
    ptrace(PTRACE_CONT, thread, nullptr, signal_number);
    thread = waitpid(-1, &status, __WALL);
    if (thread == child && (WIFEXITED(status) || WIFSIGNALED(status))) return WEXITSTATUS(status);
    if (WIFSTOPPED(status) && WSTOPSIG(status) == SIGTRAP && status >> 16 == 0)
      pass_breakpoint(functions, memory, thread);
  }
  return 0;
}
