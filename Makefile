# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Two commands for a newcomer: `make demo` and `make test`. Works with GNU make 3.81 (macOS) and later.
# Files named .venv/.* are stamps: what they stand for is done again only when what it was made from has changed.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Only what a lock names by its hash is ever fetched, build tools included. Two packages are published as source.
INSTALL := $(PIP) install --require-hashes --no-build-isolation --use-pep517 \
	--only-binary :all: --no-binary pymeeus,reuse

.DEFAULT_GOAL := help
.PHONY: help demo setup check test bench lock wheel clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s  %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.run ## Match two synthetic lists and write var/demo/report.html and var/demo/pairs.xlsx
	@$(BIN)/havre demo --out var/demo

setup: $(VENV)/.run ## Make .venv with the `havre` command in it
	@echo "$(BIN)/havre --help"

check: $(VENV)/.check ## Style, types, layers, licences, locks, and that the wheel builds
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/reuse lint --lines
	@! grep -nE '://|^ *-(i|f|-index|-extra|-find)' requirements/*.txt || { echo "A lock names an address: make it with 'make lock'." >&2; exit 1; }
	@$(MAKE) --no-print-directory wheel

test: $(VENV)/.test ## Install what tests need and run them all
	$(BIN)/python -m pytest

bench: $(VENV)/.bench ## Print the figures of docs/reference/benchmarks.md
	$(BIN)/python -m bench

wheel: $(VENV)/.run ## Build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel -d dist

# Needs uv (its page: docs/how-to/change-a-dependency.md); every other target needs plain pip only.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-emit-index-url --no-emit-find-links --no-header

lock: ## Resolve the dependencies of pyproject.toml anew into requirements/*.txt (needs uv)
	$(LOCK) pyproject.toml -o requirements/run.txt
	for group in build check test bench; do \
		$(LOCK) --group $$group -c requirements/run.txt -o requirements/$$group.txt || exit 1; \
	done

clean: ## Remove everything that was made, .venv too
	rm -rf $(VENV) var dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@sh requirements/make_venv.sh $(VENV)

$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml $(BIN)/python
	@echo "Installing what Havre needs / Installation de ce qu'il faut à Havre ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(INSTALL) -r requirements/build.txt
	@$(INSTALL) -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.check $(VENV)/.test $(VENV)/.bench: $(VENV)/.%: requirements/%.txt $(VENV)/.run
	@$(INSTALL) -r requirements/$*.txt
	@touch $@
