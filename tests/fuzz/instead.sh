#!/bin/sh
# Runs the second program in place of the third, through the first ("env", or a compiler cache).
through=$1
program=$2
shift 3
exec "$through" "$program" "$@"
