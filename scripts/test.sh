#!/bin/sh
# `npm test`: everything that is needed, then all checks and tests.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/bootstrap.sh"
bootstrap
cd "$root"
exec node scripts/test.ts "$@"
