#!/bin/sh
# Runs real clients against the service: every file of tests/clients, with the address of a running service in ALIDADE.
#
#   scripts/clients.sh                 run all of them
#   scripts/clients.sh comunica.mjs    run only these
#
# The clients are installed once, from PyPI and npm, into ALIDADE_CLIENTS (else alidade-clients in the user's cache), and again
# when what is wanted has changed. The service is target/release/alidade, or what ALIDADE_BIN names; it serves the sample set and, where
# ../shared/data is there, real frameworks and records, out of a passing folder and on a free port.
# LOG=1 shows the log of the service.
set -eu

say() { printf 'clients: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

cd "$(dirname "$0")/.."
root=$(pwd)
tests=$root/tests/clients
cache=${ALIDADE_CLIENTS:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/alidade-clients}
program=${ALIDADE_BIN:-${CARGO_TARGET_DIR:-$root/target}/release/alidade}
[ -x "$program" ] || fail "\`$program\` is not there; \`make test-clients\` builds it, ALIDADE_BIN names another"
for name in python3 node npm; do
    have "$name" || fail "$name is missing; run \`scripts/deps.sh --clients\`"
done

# Whether what is installed is what is wanted.
is_installed() { [ -f "$cache/$1.installed" ] && cmp -s "$tests/$1" "$cache/$1.installed"; }

mkdir -p "$cache"
if ! is_installed requirements.txt; then
    say "installing from PyPI into $cache"
    rm -rf "$cache/venv"
    python3 -m venv "$cache/venv" || fail "python3 cannot make an environment; run \`scripts/deps.sh --clients\`"
    "$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r "$tests/requirements.txt" >&2
    cp "$tests/requirements.txt" "$cache/requirements.txt.installed"
fi
if ! is_installed package.json; then
    say "installing from npm into $cache"
    rm -rf "$cache/node_modules"
    cp "$tests/package.json" "$cache/package.json"
    (cd "$cache" && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts >&2)
    cp "$tests/package.json" "$cache/package.json.installed"
fi

folder=$(mktemp -d)
service=
stop() {
    if [ -n "$service" ]; then
        kill "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Nothing of the surroundings counts but what is said here.
unset ALIDADE_CONFIG ALIDADE_DATA
cat >"$folder/alidade.toml" <<TOML
data = "$folder/data"
TOML
alidade() { "$program" --config "$folder/alidade.toml" "$@"; }
alidade import "$root/demo/frameworks" "$root/demo/records" >"$folder/import" 2>&1 || {
    cat "$folder/import" >&2
    fail "the sample set cannot be imported"
}
for real in "$root"/../shared/data/case/*.cfpackage.json "$root/../shared/data/ctdl/envelopes"; do
    # Some of them are odd on purpose, and are refused.
    if [ -e "$real" ]; then alidade import "$real" >>"$folder/import" 2>&1 || true; fi
done

# So much is asked as no rate would let pass.
# Without the function, whose process would be a shell around the service, and be killed in its place.
"$program" --config "$folder/alidade.toml" serve --listen 127.0.0.1:0 --set serve.rate=0 >"$folder/address" 2>"$folder/log" &
service=$!
tries=0
until grep -q '^listening on ' "$folder/address"; do
    kill -0 "$service" 2>/dev/null || { cat "$folder/log" >&2; fail "the service did not start"; }
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || fail "the service does not say where it listens"
    sleep 0.1
done
ALIDADE=$(sed -n 's/^listening on //p' "$folder/address")
export ALIDADE
ALIDADE_ROOT=$root
export ALIDADE_ROOT

# A module of npm is looked for from where the file lies that names it.
passed=0
failed=0
for file in "$tests"/*.py "$tests"/*.mjs; do
    name=$(basename "$file")
    [ -f "$file" ] || continue
    case " $* " in "  " | *" $name "*) ;; *) continue ;; esac
    say "$name"
    case "$name" in
        *.py) interpreter=$cache/venv/bin/python ;;
        *.mjs)
            interpreter=node
            cp "$file" "$cache/$name"
            file=$cache/$name
            ;;
    esac
    if PATH="$cache/venv/bin:$PATH" "$interpreter" "$file"; then
        passed=$((passed + 1))
    else
        say "$name FAILED"
        failed=$((failed + 1))
    fi
done
kill -0 "$service" 2>/dev/null || { cat "$folder/log" >&2; fail "the service is gone"; }
[ -z "${LOG:-}" ] || cat "$folder/log" >&2
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
