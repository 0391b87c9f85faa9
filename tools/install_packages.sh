#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the packages of tools/packages.txt that are missing; silent when nothing is.
# usage: tools/install_packages.sh [--all]     (--all takes the optional ones too)
set -u
folder=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
wanted=$(sed 's/#.*//' "$folder/packages.txt" | awk -v all="${1:-}" \
  'NF && ($2 != "optional" || all == "--all") { print $1 }')

missing_packages() {
  for package in $wanted; do
    case $(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null) in
      ii*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "install_packages: this is not a Debian system; install these yourself: $wanted" >&2
  exit 0
fi
missing=$(missing_packages)
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=""
elif command -v sudo >/dev/null 2>&1; then
  as_root="sudo"
else
  echo "install_packages: missing: $missing" >&2
  echo "install_packages: neither root nor sudo; as root run: apt-get install $missing" >&2
  exit 1
fi

echo "install_packages: installing $missing" >&2
log=$(mktemp)
apt() {
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 -qq -y "$@" \
    >>"$log" 2>&1 </dev/null
}
# The package lists may be fresh enough already; only when that fails are they fetched.
# shellcheck disable=SC2086
apt install --no-install-recommends $missing || { apt update; apt install --no-install-recommends $missing; }
missing=$(missing_packages)
if [ -n "$missing" ]; then
  tail -n 15 "$log" >&2
  echo "install_packages: could not install: $missing" >&2
  echo "install_packages: is there a network, and does /etc/apt name a Debian 12 mirror?" >&2
  rm -f "$log"
  exit 1
fi
rm -f "$log"
