#!/bin/sh
# Builds Corscope and starts it.
#
#   app/run.sh [--build DIR] [SCENARIO]
#
# SCENARIO is a .corscope file or the id of an entry of the library. Where there is no display, the trace of the
# scenario is printed instead of opening the window.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/release

while [ $# -gt 0 ]; do
    case $1 in
        --build)
            [ $# -ge 2 ] || { echo 'app/run.sh: --build needs a folder' >&2; exit 2; }
            mkdir -p "$2"
            build=$(cd "$2" && pwd)
            shift 2 ;;
        -h|--help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
        --) shift; break ;;
        *) break ;;
    esac
done

sh "$root/app/install-packages.sh"
command -v cmake >/dev/null || { echo 'corscope: CMake is not installed, so nothing can be built.' >&2; exit 2; }
# From the root of the house, where the presets are; the scenario's path is the caller's, so come back afterwards.
(cd "$root" && cmake --preset release -B "$build" && cmake --build "$build" --target corscope corscope-cli) >&2

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    exec "$build/app/corscope" "$@"
fi
echo 'corscope: no display here (DISPLAY and WAYLAND_DISPLAY are not set), so this is the trace as text:' >&2
[ $# -gt 0 ] || set -- fastapi-no-middleware
exec "$build/app/corscope-cli" run "$@"
