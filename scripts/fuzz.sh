#!/bin/sh
# Lets libFuzzer look for bytes that break the readers: each target for FUZZ_SECONDS, starting from the files in fuzz/corpus.
# The same bodies run over those files, and over changes to them, with every `make test`.
set -eu

if ! rustc +nightly --version >/dev/null 2>&1; then
    echo "fuzz: no nightly compiler is at hand, and libFuzzer needs one: \`rustup toolchain install nightly\`" >&2
    exit 1
fi
if ! cargo fuzz --version >/dev/null 2>&1; then
    if [ "${FUZZ_INSTALL:-}" != 1 ]; then
        echo "fuzz: cargo-fuzz is missing; \`make fuzz FUZZ_INSTALL=1\` installs it, as does \`cargo install --locked cargo-fuzz\`" >&2
        exit 1
    fi
    cargo install --locked cargo-fuzz
fi

for target in extract container png svg identify; do
    # What is found goes to the first folder, and never into the corpus.
    mkdir -p "fuzz/found/$target"
    cargo +nightly fuzz run "$target" "fuzz/found/$target" "fuzz/corpus/$target" -- \
        -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 -max_len=65536
done
