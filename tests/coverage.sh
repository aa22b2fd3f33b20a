#!/bin/sh
# Says which lines and branches of core the tests take: builds core, the command line and their tests with clang's
# counters, in a folder of their own, runs them, and lists every file by its lines and its branches, a branch being one
# outcome of one condition. Some ten minutes on two cores.
#
#   tests/coverage.sh [--html DIR]
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/coverage
sh "$root/app/install-packages.sh"
sh "$root/app/install-packages.sh" clang llvm
cd "$root"
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++ -DCORSCOPE_UI=OFF -DCORSCOPE_FUZZERS=OFF \
    -DCMAKE_CXX_FLAGS_DEBUG='-O0 -g0 -fprofile-instr-generate -fcoverage-mapping -fprofile-update=atomic' >/dev/null
cmake --build "$build"

rm -rf "$build/profiles"
# One profile for each program, however often it ran; programs that tests start count as well.
export LLVM_PROFILE_FILE="$build/profiles/%m.profraw"
ctest --test-dir "$build" --output-on-failure --parallel 2 -E '^house' || echo 'tests/coverage.sh: some tests failed; a program that may not write files cannot write its counters either, and says so.'
llvm-profdata merge -sparse "$build"/profiles/*.profraw -o "$build/profiles/all.profdata"

first=
objects=
for program in "$build"/tests/tst_* "$build/app/corscope-cli" "$build/tests/oracles/corscope-oracle"; do
    [ -f "$program" ] && [ -x "$program" ] || continue
    if [ -z "$first" ]; then first=$program; else objects="$objects -object $program"; fi
done
# shellcheck disable=SC2086
if [ "${1:-}" = --html ]; then
    llvm-cov show "$first" $objects -instr-profile="$build/profiles/all.profdata" --format=html --show-branches=count \
        -output-dir="$2" "$root/core"
fi
# shellcheck disable=SC2086
llvm-cov report "$first" $objects -instr-profile="$build/profiles/all.profdata" --show-region-summary=false \
    --show-branch-summary "$root/core"
