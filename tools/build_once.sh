#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs missing packages and builds build/release/viperine; what ./viperine calls when there is none, or an old one.
# Several may start at once: the first builds, the others wait.
set -u
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
executable=$root/build/release/viperine
mkdir -p "$root/build"
exec 9>"$root/build/.lock"
flock 9
if [ -x "$executable" ] && ! [ "$root/.git/logs/HEAD" -nt "$executable" ]; then
  exit 0
fi
"$root/tools/install_packages.sh" || exit 1
[ -x "$executable" ] || echo "viperine: first run: building the interpreter (a few minutes)" >&2
cd "$root" || exit 1
if ! [ -f build/release/build.ninja ]; then
  cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
fi
if [ -t 2 ]; then
  cmake --build --preset release --target image
else
  NINJA_STATUS="[%f/%t] " cmake --build --preset release --target image
fi || exit 1
touch "$executable"
