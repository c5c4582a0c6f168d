# Everything an engineer types. Needs GNU make, git and a Python of 3.11 or later; the rest is fetched into .venv.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := setup
.DELETE_ON_ERROR:
.PHONY: setup demo test retest lint types contracts docs unit slow bench scale pairs audit schema pictures fmt lock clean help

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check
READY := $(VENV)/.ready
PASSED := $(VENV)/.passed
PYTEST := -m pytest -n auto --dist worksteal

# All that decides whether the tests pass.
WATCHED := bot adapters migrations tests docs deploy pyproject.toml Makefile requirements.txt requirements-dev.txt \
	.ci config.example.toml README.md
FINGERPRINT = $(PY) .ci/fingerprint $(WATCHED)

# PYTHON=... names another interpreter. A candidate is run, not just found: version managers leave names behind that do nothing.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	if $$name -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; break; fi; done)

setup: $(READY)  ## build the environment in .venv (what plain "make" does)
	@:

$(READY): pyproject.toml requirements.txt requirements-dev.txt
	@if [ -z "$(PYTHON)" ]; then \
		echo "Ten Hours needs Python 3.11 or later, and none was found. Install one, or say where it is: make PYTHON=..." >&2; \
		exit 1; \
	fi
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@rm -f $(PASSED)
	@touch $@
	@echo "Ready: $(BIN)/tenhours"

demo: $(READY)  ## play a sample group through several weeks, then go on by hand
	@$(BIN)/tenhours demo

test: $(READY)  ## lint, types, contracts, docs and unit, unless nothing changed since they last passed
	@if [ "$$(cat $(PASSED) 2>/dev/null)" = "$$($(FINGERPRINT))" ]; then \
		echo "Nothing changed since the last passing run (make retest runs anyway)."; \
	else \
		$(MAKE) retest; \
	fi

retest: $(READY)  ## the same, whatever has changed
	@$(FINGERPRINT) >$(PASSED).next
	@$(MAKE) lint types contracts docs unit
	@mv $(PASSED).next $(PASSED)

lint: $(READY)  ## ruff: rules and layout
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY)  ## mypy, strict
	$(BIN)/mypy

contracts: $(READY)  ## import-linter: who may import whom
	$(BIN)/lint-imports --no-logo

docs: $(READY)  ## build the pages of docs/ into dist/docs; a link that leads nowhere is an error
	@$(PY) -m sphinx --quiet --fail-on-warning --keep-going --builder html docs dist/docs

unit: $(READY)  ## all tests but the slow ones, with coverage; the pure rooms must have all of it
	@$(BIN)/coverage erase
	$(BIN)/coverage run $(PYTEST) -m "not slow"
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/coverage report --include="bot/domain/*,bot/chat/*" --fail-under=100

# SLOW=... leaves some out, by pytest's -k. Snapshots whose tests are not among these are no fault.
slow: $(READY)  ## tests that take long: killed processes, weeks of schedules, every property with ten times the examples
	HYPOTHESIS_PROFILE=thorough $(PY) $(PYTEST) --snapshot-warn-unused -m "slow or hypothesis" $(if $(SLOW),-k "$(SLOW)")

bench: $(READY)  ## measure, and print ratios
	@$(PY) -m tests.bench

scale: $(READY)  ## measure in a large database: make scale FACTOR=1 for 40,000 members, a sixteenth unless given
	@$(PY) -m tests.bench.scale $(FACTOR)

pairs: $(READY)  ## measure this checkout beside an older one, in turn: make pairs OLD=folder
	@$(PY) -m tests.bench.pairs $(OLD)

schema: $(READY)  ## write migrations/schema.sql anew, after a migration was added
	$(PY) -m migrations.snapshot

pictures: $(READY)  ## draw docs/pictures anew (needs Chromium for those of Discord's and Slack's messages)
	$(PY) -m tests.adapters.console.gallery
	$(PY) -m tests.charts.gallery
	$(PY) -m tests.screens.gallery

audit: $(READY)  ## known vulnerabilities in what is locked
	@$(PY) .ci/audit requirements.txt

fmt: $(READY)  ## put imports and layout right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Keeps what is pinned and still fits; make lock UPGRADE=--upgrade moves everything to its newest release.
LOCK = $(BIN)/uv pip compile pyproject.toml $(UPGRADE) --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header

lock: $(READY)  ## write requirements*.txt anew from pyproject.toml
	$(PIP) install --quiet uv
	$(LOCK) --output-file requirements.txt >/dev/null
	$(LOCK) --output-file requirements-dev.txt --group dev --constraint requirements.txt >/dev/null

clean:  ## remove everything that make and the tools have made
	rm -rf $(VENV) dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bot adapters migrations tests -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /  \1 \t/p' Makefile | expand -t 14
