#!/bin/sh
# Says which lines of core the tests run: builds core, the command line and their tests with GCC's counters, in a folder
# of their own, runs them, and lists every file by the share of its lines and branches. Some minutes.
#
#   tests/coverage.sh [--html DIR]
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/coverage
sh "$root/app/install-packages.sh"
sh "$root/app/install-packages.sh" gcovr
cd "$root"
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCORSCOPE_UI=OFF -DCORSCOPE_FUZZERS=OFF \
    -DCMAKE_CXX_FLAGS_DEBUG='-O0 -g1 --coverage -fprofile-abs-path' >/dev/null
cmake --build "$build"
find "$build" -name '*.gcda' -delete
ctest --test-dir "$build" --output-on-failure --parallel 2

if [ "${1:-}" = --html ]; then
    mkdir -p "$2"
    set -- --html-details "$2/index.html"
fi
# Branches that only an exception of the library would take are no decisions of ours.
gcovr --root "$root" --filter "$root/core/" --exclude-throw-branches --exclude-unreachable-branches -j "$(nproc)" \
    --print-summary --sort-percentage "$@" "$build"
