# Sourced by start.sh, test.sh and node.sh, after they set $root to the checkout's absolute path.
#
# Makes sure that Node 24, pnpm and the locked dependencies are there, and puts the right `node` first on the
# PATH. What the machine has is used when it is new enough; the rest comes into .tools/ (ignored by git), so
# nothing outside of the checkout changes. Everything is said on stderr: stdout belongs to the program.

NODE_VERSION=24.21.0
PNPM_VERSION=12.21.0

tools="$root/.tools"
lock="$tools/bootstrap.lock"
log="$tools/bootstrap.log"
stamp="$root/node_modules/.stockade-installed"
step_pid=
locked=

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "stockade: $1"
  shift
  for hint in "$@"; do say "  $hint"; done
  exit 1
}

major() { v=${1#v}; printf '%s' "${v%%.*}"; }

# True when the first `node` on the PATH is 24 or newer.
node_is_new() { [ "$(major "$(node -v 2>/dev/null || echo 0)")" -ge 24 ]; }

# True when the tools in .tools are complete; the marker is written last.
tools_are_ready() { [ "$(cat "$tools/.ready" 2>/dev/null)" = "$NODE_VERSION $PNPM_VERSION" ]; }

use_tools() {
  if tools_are_ready; then PATH="$tools/node_modules/.bin:$PATH"; fi
  export PATH
}

machine_is_enough() {
  node_is_new && case "$(pnpm --version 2>/dev/null)" in 12.*) true ;; *) false ;; esac
}

# What decides whether an installation is still current.
fingerprint() {
  (
    cd "$root" || exit 1
    uname -sm
    cat pnpm-lock.yaml pnpm-workspace.yaml .npmrc package.json gateway/package.json services/*/package.json \
      packages/*/package.json infra/local/package.json
  ) | cksum
}

is_alive() { if [ -d /proc/self ]; then [ -d "/proc/$1" ]; else kill -0 "$1" 2>/dev/null; fi; }

# One bootstrap at a time in a checkout. A lock whose owner is gone is moved away (only one can) and taken anew.
take_lock() {
  mkdir -p "$tools" 2>/dev/null || fail "cannot write to $tools" "Make the checkout writable for this user."
  waited=0
  until mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! is_alive "$owner" || { [ -z "$owner" ] && [ $waited -ge 5 ]; }; then
      if mv "$lock" "$lock.stale.$$" 2>/dev/null; then rm -rf "$lock.stale.$$"; fi
      continue
    fi
    [ $waited -gt 0 ] || say "Another process (${owner:-?}) is preparing this checkout, waiting for it …"
    waited=$((waited + 1))
    [ $waited -lt 600 ] || fail "gave up waiting for $lock" "Remove it if no other start is running."
    sleep 1
  done
  echo $$ >"$lock/pid"
  locked=1
}

release_lock() {
  if [ -n "$locked" ]; then rm -rf "$lock"; fi
  locked=
}

stop_step() {
  trap - EXIT INT TERM HUP
  if [ -n "$step_pid" ]; then
    kill "$step_pid" 2>/dev/null || true
    wait "$step_pid" 2>/dev/null || true
  fi
  release_lock
  exit "$1"
}

# Runs a command in the background and waits, so that a signal is answered at once and stops the command too.
run_step() {
  started=$(date +%s)
  say "$1 …"
  shift
  "$@" >"$log" 2>&1 &
  step_pid=$!
  code=0
  wait $step_pid || code=$?
  step_pid=
  if [ $code -eq 0 ]; then
    say "  done in $(($(date +%s) - started)) s"
  else
    tail -n 30 "$log" >&2
  fi
  return $code
}

fetch_tools() {
  command -v npm >/dev/null 2>&1 || fail "npm is not on the PATH." "Install Node.js 20 or newer with npm, or Node.js 24."
  wanted="pnpm@$PNPM_VERSION"
  node_is_new || wanted="$wanted node@$NODE_VERSION"
  rm -rf "$tools/.ready" "$tools/node_modules"
  # An empty package.json of its own keeps npm from taking the checkout for the project.
  echo '{"private":true}' >"$tools/package.json"
  # shellcheck disable=SC2086 # two words on purpose
  run_step "Fetching $wanted into .tools (once)" npm install --prefix "$tools" --no-save --no-package-lock \
    --no-audit --no-fund --ignore-scripts=false --loglevel=error $wanted ||
    fail "could not fetch the tools (the log is above and in $log)." \
      "Is the npm registry reachable (proxy, \`npm ping\`)? Then start again." \
      "Or install Node.js 24 yourself."
  PATH="$tools/node_modules/.bin:$PATH"
  export PATH
  node_is_new || fail "the Node.js that npm brought does not run here." "Install Node.js 24 yourself, then start again."
  echo "$NODE_VERSION $PNPM_VERSION" >"$tools/.ready"
}

# NODE_ENV=production would leave development's packages out; CI=true keeps pnpm from asking questions.
install_dependencies() {
  print=$(fingerprint)
  run_step 'Installing the locked dependencies' env NODE_ENV=development CI=true \
    pnpm --dir "$root" install --frozen-lockfile --reporter=append-only ||
    fail "could not install the dependencies (the log is above and in $log)." \
      "Is the npm registry reachable? Is the disk full? Then start again."
  # Stripping types takes ten megabytes in every process that does it. What fails here, is done at the start.
  run_step 'Compiling' node "$root/scripts/warm-cache.ts" || say '  not done now: the first start does it'
  printf '%s\n' "$print" >"$stamp"
}

prepare() {
  take_lock
  trap release_lock EXIT
  trap 'stop_step 130' INT
  trap 'stop_step 143' TERM
  trap 'stop_step 129' HUP
  # A user without a home (nobody, a container's) gets one for npm's and pnpm's caches.
  old_home=${HOME:-/nonexistent}
  if [ ! -w "$old_home" ]; then
    export HOME="$tools/home" npm_config_cache="$tools/home/.npm"
    mkdir -p "$HOME"
  fi
  # Another start may have done it while this one waited.
  use_tools
  tools_are_ready || machine_is_enough || fetch_tools
  [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint)" ] || install_dependencies
  if [ "$HOME" != "$old_home" ]; then
    unset npm_config_cache
    HOME=$old_home
  fi
  release_lock
  trap - EXIT INT TERM HUP
}

bootstrap() {
  found=$(node -v 2>/dev/null || echo none)
  case "$found" in
  v[2-9][0-9].*) ;;
  *) fail "Node.js 20 or newer is needed, found: $found." "Get it from https://nodejs.org or the system's package manager." ;;
  esac
  # Compiled and type-stripped code is kept between starts (see docs of NODE_COMPILE_CACHE).
  : "${NODE_COMPILE_CACHE:=$root/node_modules/.cache/compile}"
  export NODE_COMPILE_CACHE
  use_tools
  node_is_new && [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint)" ] || prepare
}
