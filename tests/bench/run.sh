#!/bin/sh
# Builds Corscope and its benchmarks in release mode, in a folder of their own, and prints every table.
#
#   tests/bench/run.sh [--long] [decisions|throughput|wire|window]...
#
# --long also counts to ten million scenarios (some minutes more). Installs what is missing first.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
bench=$root/tests/bench
build=$root/build/bench
long=no
tables=
for argument in "$@"; do
    case $argument in
        --long) long=yes ;;
        decisions|throughput|wire|window) tables="$tables $argument" ;;
        *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
[ -n "$tables" ] || tables='decisions throughput wire window'

sh "$root/app/install-packages.sh"
sh "$bench/install-packages.sh"
cmake -S "$bench" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$build" --target bench_decisions bench_wire bench_window corscope-cli
if command -v npm >/dev/null && [ ! -d "$build/npm/node_modules/happy-dom" ]; then
    mkdir -p "$build/npm"
    (cd "$build/npm" && npm install --no-audit --no-fund --silent happy-dom) || echo 'tests/bench: no happy-dom' >&2
fi

printf '\n%s, %s cores, load %s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
    "$(cut -d ' ' -f 1 /proc/loadavg)"
for table in $tables; do
    printf '\n## %s\n\n' "$table"
    if [ "$table" = decisions ]; then
        python3 "$bench/decisions/decisions.py" "$build" $([ $long = no ] || echo --long)
    else
        python3 "$bench/$table/$table.py" "$build"
    fi
done
