#!/bin/sh
# Fuzzes targets, one after the other, starting from the seeds.
#
#   tests/fuzz/run.sh [--seconds N] [--tell] [--program FILE] [--keep DIR] [TARGET...]
#
# Without a target all of them; 600 seconds each unless said otherwise; --program is build/dev/tests/fuzz/corscope-fuzz
# unless said otherwise. --keep DIR goes on from what earlier runs found interesting, and adds to it. The seeds and the kept
# inputs come first and must pass. With --tell, what the search behind them finds is told and is no failure: the search is
# never twice the same, not even with the same seed (-seed=1), so what it finds may have been there for long.
# A found input is shown as base64, and stays in the folder that the last lines name.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=$root/build/dev/tests/fuzz/corscope-fuzz
seconds=600
tell=no
keep=
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=$2; shift 2 ;;
        --tell) tell=yes; shift ;;
        --program) program=$2; shift 2 ;;
        --keep) keep=$2; shift 2 ;;
        -h|--help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) echo "tests/fuzz/run.sh: no option $1" >&2; exit 2 ;;
        *) break ;;
    esac
done
[ -x "$program" ] || { echo "tests/fuzz/run.sh: $program is not built: tests/run.sh builds it where clang++ is installed" >&2; exit 2; }
[ $# -gt 0 ] || set -- $("$program" 2>&1 | sed -n 's/^  //p')

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
for target in "$@"; do
    corpus=${keep:-$scratch}/$target
    found=$(dirname "$program")/found/$target
    log=$scratch/$target.log
    rm -rf "$found"
    mkdir -p "$corpus" "$found"
    set -- "$corpus"
    for folder in "$here/seeds/$target" "$here/inputs/$target"; do
        [ ! -d "$folder" ] || set -- "$@" "$folder"
    done
    [ "$target" != scenario ] || set -- "$@" "$root/resources/scenarios"
    dictionary=
    [ ! -f "$here/dictionaries/$target.dict" ] || dictionary=-dict=$here/dictionaries/$target.dict
    known=no
    if ! "$program" --target="$target" -runs=0 -timeout=30 -rss_limit_mb=1024 -malloc_limit_mb=512 \
        -artifact_prefix="$found/" "$@" >"$log" 2>&1; then
        known=yes
    # An input that takes so long, or memory beyond these, is as wrong as a crash. Neighbours' work counts as its own.
    elif "$program" --target="$target" -seed=1 -max_total_time="$seconds" -timeout=30 -report_slow_units=5 -rss_limit_mb=1024 \
        -malloc_limit_mb=512 -artifact_prefix="$found/" -print_final_stats=1 -verbosity=1 $dictionary "$@" >"$log" 2>&1; then
        sed -n "s/^#\([0-9]*\).*DONE *cov: \([0-9]*\).*/$target: \1 inputs, \2 edges/p" "$log"
        continue
    fi
    [ $tell = yes ] && [ $known = no ] || status=1
    grep -a -v -e '^#[0-9]' -e '^INFO' -e NEW_FUNC "$log" | grep -a -v -e 'in fuzzer::' -e '^stat::' | tail -n 40
    for input in "$found"/*; do
        [ -f "$input" ] || continue
        echo "$target failed. The input, as base64:"
        base64 -w 100 "$input"
        echo "Again: $program --target=$target $input"
        echo "Keep it as tests/fuzz/inputs/$target/<what-it-showed> once it is understood."
    done
done
exit $status
