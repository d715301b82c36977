#!/bin/sh
# Runs a script of the checkout under Node 24: `sh scripts/node.sh <file.ts> [arguments]`. stdout is the script's alone.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/bootstrap.sh"
bootstrap
exec node "$@"
