#!/bin/sh
# `npm start`: everything that is needed, then the launcher. It replaces this shell, so a signal reaches it.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/bootstrap.sh"
bootstrap
cd "$root"
# A small semi-space: the launcher waits most of the time, and lives as long as the system.
exec node --max-semi-space-size=1 infra/local/src/launcher.ts "$@"
