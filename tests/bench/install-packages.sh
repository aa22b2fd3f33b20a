#!/bin/sh
# Sees to what the benchmarks need beside Corscope's own packages: Google Benchmark, wrk, and the programs that are
# compared with. What cannot be had is left out of the tables.
set -u
wanted='libbenchmark-dev wrk nginx-light golang-go golang-github-rs-cors-dev python3-starlette python3-uvicorn nodejs
node-express node-cors node-jsdom chromium valgrind'
missing=
for package in $wanted; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
[ "$(id -u)" -eq 0 ] && root= || root=sudo
$root apt-get update -qq
for package in $missing; do # one by one: one that is unknown here must not keep out the others
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 \
        || echo "tests/bench: $package could not be installed" >&2
done
exit 0
