#!/bin/sh
# Finds what the build needs beside the crates, and installs what is missing: libclang with its headers (for the bindings of
# RocksDB), a C++ compiler (for RocksDB itself), the certificates (for cargo's downloads). Cargo itself is only looked for.
#
#   scripts/deps.sh             find or install; silent where everything is there
#   scripts/deps.sh --browser   the same, and Chromium with its driver, which the tests run the page and its module in
#   scripts/deps.sh --clients   the same, and Python and Node.js, from which real clients ask the service
#   scripts/deps.sh --env       print LIBCLANG_PATH=… where cargo would not find libclang by itself
#
# LIBCLANG_PATH, CXX and SSL_CERT_FILE are respected.
set -eu

say() { printf 'deps: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Whether a folder holds a libclang.
holds_libclang() {
    for file in "$1"/libclang.so "$1"/libclang.so.* "$1"/libclang-*.so "$1"/libclang-*.so.* "$1"/libclang.dylib; do
        if [ -f "$file" ]; then return 0; fi
    done
    return 1
}

# Whether the headers of the compiler lie beside a libclang; the runtime packages of some systems come without.
has_headers() {
    for header in "$1"/clang/*/include/stddef.h "$1"/../lib/clang/*/include/stddef.h /usr/lib/clang/*/include/stddef.h \
        /usr/lib64/clang/*/include/stddef.h /usr/lib/llvm-*/lib/clang/*/include/stddef.h; do
        if [ -f "$header" ]; then return 0; fi
    done
    return 1
}

# Prints the first folder with a working libclang: the usual ones, which cargo's build scripts search too, then the others.
libclang_folder() {
    for folder in $usual $others; do
        if holds_libclang "$folder" && has_headers "$folder"; then
            printf '%s\n' "$folder"
            return 0
        fi
    done
    return 1
}

# The patterns are expanded here, once; a pattern that fits nothing stays as it is and is no folder.
usual=$(printf '%s ' /usr/lib/llvm-*/lib /usr/lib/llvm*/lib /usr/lib/*-linux-gnu* /usr/lib64/llvm*/lib* /usr/lib64 /usr/lib \
    /usr/local/lib /usr/local/llvm*/lib /Library/Developer/CommandLineTools/usr/lib /usr/local/opt/llvm*/lib)
others=$(printf '%s ' /opt/homebrew/opt/llvm*/lib /home/linuxbrew/.linuxbrew/opt/llvm*/lib /opt/llvm*/lib)

has_libclang() {
    if [ -z "${LIBCLANG_PATH:-}" ]; then
        libclang_folder >/dev/null
    elif [ -f "$LIBCLANG_PATH" ] || holds_libclang "$LIBCLANG_PATH"; then
        true
    else
        fail "LIBCLANG_PATH names \`$LIBCLANG_PATH\`, which holds no libclang; correct it or unset it"
    fi
}

has_compiler() {
    compiler=${CXX:-c++}
    have "${compiler%% *}" || return 1
    # CXX may carry flags. A compiler without its library is as good as none.
    # shellcheck disable=SC2086
    printf '#include <cstddef>\n' | $compiler -x c++ -fsyntax-only - >/dev/null 2>&1
}

has_certificates() {
    for file in "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt \
        /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem; do
        if [ -s "$file" ]; then return 0; fi
    done
    return 1
}

# Whether one of some programs is on the path.
have_one() {
    for name in "$@"; do
        if have "$name"; then return 0; fi
    done
    return 1
}

has_browser() {
    have_one chromium chromium-browser google-chrome google-chrome-stable && have_one chromedriver chromium.chromedriver
}

has_python() {
    have python3 && python3 -c 'import ensurepip, venv' 2>/dev/null
}

missing() {
    has_libclang || printf 'libclang '
    has_compiler || printf 'compiler '
    has_certificates || printf 'certificates '
    [ -z "$browser" ] || has_browser || printf 'browser '
    [ -z "$clients" ] || has_python || printf 'python '
    [ -z "$clients" ] || { have node && have npm; } || printf 'node '
}

# Finds how a command is run as root, or says what somebody else has to run.
become_root() {
    if [ "$(id -u)" -eq 0 ]; then
        root=
    elif have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        root=sudo
    else
        fail "this needs root; have it run: $*"
    fi
}

# Prints the packages of one system for what is missing.
packages() {
    for part in $1; do
        case "$2/$part" in
            apt-get/libclang) printf 'libclang-dev ' ;;
            dnf/libclang) printf 'clang-devel ' ;;
            apk/libclang) printf 'clang-dev ' ;;
            brew/libclang) printf 'llvm ' ;;
            apt-get/compiler | apk/compiler) printf 'g++ ' ;;
            dnf/compiler) printf 'gcc-c++ ' ;;
            brew/compiler) printf 'gcc ' ;;
            */certificates) printf 'ca-certificates ' ;;
            apt-get/browser) printf 'chromium chromium-driver ' ;;
            dnf/browser) printf 'chromium chromedriver ' ;;
            apt-get/python) printf 'python3 python3-venv ' ;;
            dnf/python | apk/python) printf 'python3 ' ;;
            brew/python) printf 'python ' ;;
            apt-get/node | apk/node) printf 'nodejs npm ' ;;
            dnf/node) printf 'nodejs nodejs-npm ' ;;
            brew/node) printf 'node ' ;;
            apk/browser) printf 'chromium chromium-chromedriver ' ;;
        esac
    done
}

install_parts() {
    for manager in apt-get dnf apk brew; do
        if have "$manager"; then break; fi
        manager=
    done
    case "$1" in
        *compiler*)
            if [ "$(uname -s)" = Darwin ]; then
                fail "the C++ compiler is missing; run \`xcode-select --install\`, which brings libclang too, and then make again"
            fi
            ;;
    esac
    if [ -z "$manager" ]; then
        fail "missing: ${1% }; none of apt-get, dnf, apk, brew is here, so install libclang with its headers, a C++ compiler, CA certificates and, for the tests, Chromium with chromedriver by hand"
    fi
    case "$manager $1" in
        brew*browser*) fail "the tests need Chromium and its driver; run \`brew install --cask chromium chromedriver\` and then make again" ;;
    esac
    wanted=$(packages "$1" "$manager")
    case "$manager" in
        apt-get) action=install; set -- apt-get -qq install -y --no-install-recommends ;;
        dnf) action=install; set -- dnf install -q -y ;;
        apk) action=add; set -- apk add --quiet --no-progress ;;
        brew) set -- brew install --quiet ;;
    esac
    root=
    [ "$manager" = brew ] || become_root "$manager $action ${wanted% }"
    say "installing ${wanted% } with $manager"
    # Old lists may do: a failed update is no reason to give up.
    if [ "$manager" = apt-get ]; then
        $root apt-get -qq update || say "the package lists could not be refreshed"
        root="$root env DEBIAN_FRONTEND=noninteractive"
    fi
    # The names are meant to be split.
    # shellcheck disable=SC2086
    $root "$@" $wanted >&2 || fail "$manager could not install ${wanted% }"
}

# Cargo is not installed from here, because the packages of most systems are too old.
find_cargo() {
    PATH=$PATH:${HOME:-/root}/.cargo/bin
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    have cargo || fail "cargo is missing; install Rust $wanted or newer from https://rustup.rs and run make again"
    found=$(cargo --version 2>/dev/null | sed -n 's/^cargo \([0-9]*\.[0-9]*\).*/\1/p')
    older=$(printf '%s\n%s\n' "$wanted" "$found" | sort -t . -k 1,1n -k 2,2n | head -n 1)
    if [ "$older" != "$wanted" ]; then
        fail "cargo ${found:-of no version} is too old; \`rustup update\` brings Rust $wanted or newer"
    fi
}

cd "$(dirname "$0")/.."
browser=
clients=
case "${1:-}" in
    --browser)
        browser=yes
        shift
        ;;
    --clients)
        clients=yes
        shift
        ;;
esac
case "${1:-}" in
    --env)
        if [ -z "${LIBCLANG_PATH:-}" ]; then
            found=$(libclang_folder) || exit 0
            case " $others " in *" $found "*) printf 'LIBCLANG_PATH=%s\n' "$found" ;; esac
        fi
        ;;
    '')
        # A function in a substitution cannot end the script.
        has_libclang || true
        parts=$(missing)
        if [ -n "$parts" ]; then
            install_parts "$parts"
            parts=$(missing)
            [ -z "$parts" ] || fail "still missing after the installation: ${parts% }"
        fi
        find_cargo
        ;;
    *) fail "unknown argument \`$1\`; see the head of scripts/deps.sh" ;;
esac
