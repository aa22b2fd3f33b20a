#!/bin/sh
# Sees to the packages that building and running Corscope needs. Called by app/run.sh and tests/run.sh.
#
#   app/install-packages.sh [PACKAGE...]     those in place of the usual ones
#
# Debian and Ubuntu: looks with dpkg-query, and calls apt-get only where something is missing, so it needs neither the
# network nor a password once everything is there. Other systems: says what to install. It never stops its caller:
# what is really missing, CMake names better.
set -u

# "a|b": either will do; the first that apt knows is installed.
packages='
cmake
ninja-build
g++
qt6-base-dev
qt6-svg-dev|libqt6svg6-dev
libgl-dev
libboost-dev
libssl-dev
libpsl-dev
zlib1g-dev
libbrotli-dev
libcli11-dev
fonts-dejavu-core
curl
ca-certificates
'
[ $# -eq 0 ] || packages="$*"
# A Wayland desktop without an X server needs the platform plugin of its own.
if [ $# -eq 0 ] && [ -n "${WAYLAND_DISPLAY:-}" ] && [ -z "${DISPLAY:-}" ]; then
    packages="$packages qt6-wayland"
fi

say() { printf '%s\n' "corscope: $*" >&2; }

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | head -n 1)" = installed ]; }

known() { [ -n "$(apt-cache show --no-all-versions "$1" 2>/dev/null | head -n 1)" ]; }

# The alternatives of $1, one a line.
alternatives() { printf '%s\n' "$1" | tr '|' '\n'; }

missing() {
    for entry in $packages; do
        found=no
        for package in $(alternatives "$entry"); do
            if installed "$package"; then found=yes; break; fi
        done
        [ $found = yes ] || printf '%s\n' "$entry"
    done
}

# What to ask apt for: of every entry of $1 the first alternative it knows, or the first there is.
choose() {
    for entry in $1; do
        choice=${entry%%|*}
        for package in $(alternatives "$entry"); do
            if known "$package"; then choice=$package; break; fi
        done
        printf '%s\n' "$choice"
    done
}

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
    say 'this system has no apt, so nothing is installed here. Needed: CMake 3.25, Ninja, a C++20 compiler,'
    say 'Qt 6.4 or newer (Core, Network, Widgets, Svg, Test), OpenSSL, Boost 1.74 headers, libpsl, zlib, brotli, CLI11, curl.'
    exit 0
fi

wanted=$(missing)
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    root=
elif command -v sudo >/dev/null 2>&1; then
    root=sudo
else
    say "these packages are missing, and there is no sudo to install them with: $(choose "$wanted" | tr '\n' ' ')"
    say 'going on without them; as root: apt-get install <the packages above>'
    exit 0
fi

say "missing: $(printf '%s' "$wanted" | tr '\n' ' ')"
say "running: ${root:+$root }apt-get update"
$root apt-get update -qq || say 'apt-get update did not succeed; trying with the package lists that are there.'
chosen=$(choose "$wanted" | tr '\n' ' ')
say "running: ${root:+$root }apt-get install $chosen"
# shellcheck disable=SC2086 # words on purpose
if ! $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $chosen >&2; then
    say 'apt-get install did not succeed (no network?). Going on: CMake will name what it cannot find.'
fi
exit 0
