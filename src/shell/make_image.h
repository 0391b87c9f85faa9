// SPDX-License-Identifier: MIT
// Making the image of the standard library (-X write-image=FILE): what goes into it. The format is image/image.h.
#pragma once

#include <string>

#include "runtime/runtime.h"
#include "shell/locations.h"

namespace viperine {

/// Beside the executable.
std::string image_path();
/// The frozen entry whose code gives importlib's loader the image's code; not a name that can be imported.
constexpr std::string_view kImageHook = "<image hook>";
/// Compiles the library, its tests left out, and writes the image; the exit status. Problems are told on stderr.
int write_image(Thread& thread, const std::string& library, const std::string& path);

}  // namespace viperine
