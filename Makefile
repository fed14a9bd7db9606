# Everything builds under the release profile, so that RocksDB is compiled once.

.DEFAULT_GOAL := help
.PHONY: help demo test test-clients soak check audit bench relevance fuzz clean deps browser

# rustup puts cargo here, also where the shell does not look.
export PATH := $(PATH):$(HOME)/.cargo/bin

# Where libclang lies outside the usual folders, cargo has to be told.
CARGO = env $$(scripts/deps.sh --env) cargo
LOCKED = --release --locked

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# In a group of its own the demonstration alone hears Ctrl-C, ends with 0, and so does make.
demo: deps ## Import the sample set, resolve its four badges, and serve them until Ctrl-C.
	$(CARGO) build $(LOCKED) --bin alidade
	@if [ -t 0 ]; then set -m; fi; $(CARGO) run $(LOCKED) --quiet --bin alidade -- demo $(ARGS); exit $$?

test: browser ## Run every test.
	$(CARGO) test $(LOCKED) --workspace

test-clients: browser ## Run real clients from PyPI and npm against the service; CLIENTS="comunica.mjs" runs one.
	$(CARGO) build $(LOCKED) --bin alidade
	@scripts/deps.sh --clients
	@scripts/clients.sh $(CLIENTS)

soak: deps ## Run the tests that take their time.
	$(CARGO) test $(LOCKED) --test tests -- --ignored --nocapture

check: deps ## Check format, lints and docs; a warning is an error.
	cargo fmt --all -- --check
	$(CARGO) clippy $(LOCKED) --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc $(LOCKED) --workspace --no-deps --document-private-items

audit: deps ## Check licences, bans, sources and, where the network allows, advisories.
	@scripts/audit.sh

bench: deps ## Run the benchmarks.
	$(CARGO) bench --profile release --locked --workspace
	$(CARGO) test $(LOCKED) --quiet --test relevance -- --only tech --rivals --no-gates --misses 0

relevance: deps ## Measure how well what is asked for comes first, against the gates; ARGS="--help" lists what can be told.
	@$(CARGO) test $(LOCKED) --quiet --test relevance -- $(ARGS)

fuzz: deps ## Let libFuzzer look for bytes that break the readers; needs a nightly compiler.
	@env $$(scripts/deps.sh --env) scripts/fuzz.sh

clean: ## Remove what was built.
	cargo clean

deps: ## Find or install libclang, a C++ compiler and the certificates.
	@scripts/deps.sh

browser: ## Find or install what the build needs, and a browser for the tests.
	@scripts/deps.sh --browser
