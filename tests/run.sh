#!/bin/sh
# Builds Corscope with warnings as errors and runs every test. The last lines are those of ctest.
#
#   tests/run.sh [--asan|--tsan] [--build DIR] [ctest's own options, e.g. -R cors]
#
# --asan builds with the address and undefined-behaviour sanitizers and runs the same tests, --tsan with the thread
# sanitizer. Either takes some half hour on two cores. The fuzzers have sanitizers of their own.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
preset=dev
build=

while [ $# -gt 0 ]; do
    case $1 in
        --asan) preset=asan; shift ;;
        --tsan) preset=tsan; shift ;;
        --build)
            [ $# -ge 2 ] || { echo 'tests/run.sh: --build needs a folder' >&2; exit 2; }
            mkdir -p "$2"
            build=$(cd "$2" && pwd)
            shift 2 ;;
        -h|--help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) break ;;
    esac
done
[ -n "$build" ] || build=$root/build/$preset

sh "$root/app/install-packages.sh"
sh "$root/app/install-packages.sh" clang libclang-rt-dev # for the fuzzers, which are skipped without
command -v cmake >/dev/null || { echo 'corscope: CMake is not installed, so nothing can be built.' >&2; exit 2; }
cd "$root"
cmake --preset "$preset" -B "$build"
cmake --build "$build"
# NB: a program of several threads that starts another one goes on with threads of its own.
[ $preset != tsan ] || export TSAN_OPTIONS="suppressions=$root/tests/tsan/suppressions history_size=4 die_after_fork=0"
exec ctest --test-dir "$build" --output-on-failure --parallel 2 "$@"
