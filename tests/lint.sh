#!/bin/sh
# Looks for mistakes that compilers let through: clang-tidy with the short list of .clang-tidy, and cppcheck.
# Exits with 1 where either has something to say. Some fifteen minutes on two cores.
#
#   tests/lint.sh [FILE.cpp...]      # all of core, ui and app where none is named
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/lint
sh "$root/app/install-packages.sh"
sh "$root/app/install-packages.sh" clang clang-tidy cppcheck
cd "$root"
# NB: clang cannot read the headers that GCC precompiled, so this is a configuration of its own, of which only the
# precompiled headers are built.
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++ >/dev/null
for headers in $(ninja -C "$build" -t targets all | sed -n 's/^\(.*cmake_pch.hxx.pch\): .*/\1/p'); do
    (cd "$build" && sh -c "$(ninja -t commands "$headers" | tail -n 1)")
done

[ $# -gt 0 ] || set -- $(find core ui app -name '*.cpp' | sort)
status=0
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 clang-tidy --quiet --warnings-as-errors='*' -p "$build" 2>"$build/clang-tidy.err" || status=1
grep -v 'warnings\{0,1\} generated\|Suppressed\|Use -header-filter' "$build/clang-tidy.err" >&2 || true
cppcheck --quiet --std=c++20 --language=c++ --library=qt --enable=warning,performance,portability --inline-suppr \
    --suppress=unknownMacro --error-exitcode=1 -DQ_SIGNALS=public -DQ_SLOTS= -DQ_EMIT= -I . "$@" || status=1
[ $status = 0 ] && echo "tests/lint.sh: nothing found in $# files."
exit $status
