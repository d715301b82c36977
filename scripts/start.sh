#!/bin/sh
# `npm start`: everything that is needed, then the launcher. It replaces this shell, so a signal reaches it.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/bootstrap.sh"
bootstrap
cd "$root"
exec node infra/local/src/launcher.ts "$@"
