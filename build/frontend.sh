#!/usr/bin/env bash
# Builds the portal's front end when its inputs changed. Needs Node.js 18 or newer with npm.
set -eu
portal=$(cd "$(dirname "$0")/../src/Weir.Portal" && pwd)
state=$(cd "$(dirname "$0")/.." && pwd)/artifacts/frontend
cd "$portal"
mkdir -p "$state"
exec 9>"$state/lock"
flock 9
inputs=$(cat package.json package-lock.json $(find Frontend -type f | LC_ALL=C sort) | sha256sum | cut -d' ' -f1)
[ -f wwwroot/dist/weir.js ] && [ "$(cat "$state/inputs" 2>/dev/null || true)" = "$inputs" ] && exit 0
if { ! command -v node || ! command -v npm; } >/dev/null && [ "$(id -u)" -eq 0 ]; then
  echo "Installing Node.js for the portal's front end ..." >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm; } >"$state/apt.log" 2>&1 || tail -n 3 "$state/apt.log" >&2
fi
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "The portal's front end needs Node.js. Install it and start again:"
  echo "  apt-get install -y nodejs npm"
  exit 1
fi
lock=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ ! -d node_modules ] || [ "$(cat "$state/packages" 2>/dev/null || true)" != "$lock" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  echo "$lock" > "$state/packages"
fi
npm run build --silent
echo "$inputs" > "$state/inputs"
