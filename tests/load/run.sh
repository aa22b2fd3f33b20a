#!/bin/sh
# Runs for long what the tests run for a moment, and prints the figures of resources/docs/performance.md, "Under load".
#
#   tests/load/run.sh [--seconds N] [backend|window|kills]...
#
# backend  corscope-cli serve under a thousand idle and two hundred busy clients, slow senders, endless messages and
#          too few descriptors, each for N seconds (60 where nothing is said)
# window   the longest gap in the window's event loop while its servers are under the same load
# kills    a hundred editors killed at a hundred moments: nothing may be lost; then twenty whole windows
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/dev
seconds=60
parts=
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=$2; shift 2 ;;
        backend|window|kills) parts="$parts $1"; shift ;;
        *) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
[ -n "$parts" ] || parts='backend window kills'

sh "$root/app/install-packages.sh"
cd "$root"
cmake --preset dev >/dev/null
cmake --build "$build" --target corscope-cli tst_trouble tst_windowload
ulimit -n "$(ulimit -H -n)" 2>/dev/null || ulimit -n 4096
export QT_QPA_PLATFORM=offscreen
for part in $parts; do
    printf '\n## %s\n\n' "$part"
    case $part in
        backend) python3 "$root/tests/load/load.py" "$build/app/corscope-cli" "$seconds" ;;
        window) CORSCOPE_LOAD_SECONDS=$seconds "$build/tests/tst_windowload" | grep -a 'gap\|FAIL\|Totals' ;;
        kills)
            CORSCOPE_KILLS=100 "$build/tests/tst_trouble" killedAtAnyMomentNothingIsLost | grep -a 'killed\|FAIL\|Totals'
            CORSCOPE_KILLS=20 CORSCOPE_KILLS_IN=window "$build/tests/tst_trouble" killedAtAnyMomentNothingIsLost \
                | grep -a 'killed\|FAIL\|Totals' ;;
    esac
done
