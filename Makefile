# Everything an engineer types. Needs GNU make, git and Python 3.11 or later; it fetches the rest into .venv.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := setup
.DELETE_ON_ERROR:
.PHONY: setup demo test retest lint types contracts docs unit slow browser bench scale pairs audit schema pictures dist fmt lock clean help

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check
READY := $(VENV)/.ready
PASSED := $(VENV)/.passed
PYTEST := -m pytest -n auto --dist worksteal

# Everything that decides whether the tests pass.
WATCHED := bot adapters migrations tests docs deploy pyproject.toml Makefile requirements.txt \
	requirements-postgres.txt requirements-dev.txt \
	.ci config.example.toml README.md
FINGERPRINT = $(PY) .ci/fingerprint $(WATCHED)

# PYTHON=... names another interpreter. Candidates are run, not just found: version managers leave names that do nothing.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	if $$name -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; break; fi; done)

setup: $(READY)  ## build the environment in .venv (what plain "make" does)
	@:

$(READY): pyproject.toml requirements.txt requirements-dev.txt
	@if [ -z "$(PYTHON)" ]; then \
		echo "Ten Hours needs Python 3.11 or later, but I found none. Install it, or say where it is: make PYTHON=..." >&2; \
		exit 1; \
	fi
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@rm -f $(PASSED)
	@touch $@
	@echo "Ready: $(BIN)/tenhours"

demo: $(READY)  ## play a sample group through several weeks, then let you go on
	@$(BIN)/tenhours demo

test: $(READY)  ## run lint, types, contracts, docs and unit, unless nothing changed since they last passed
	@if [ "$$(cat $(PASSED) 2>/dev/null)" = "$$($(FINGERPRINT))" ]; then \
		echo "Nothing changed since the last passing run (make retest runs anyway)."; \
	else \
		$(MAKE) retest; \
	fi

retest: $(READY)  ## run them whatever has changed
	@$(FINGERPRINT) >$(PASSED).next
	@$(MAKE) lint types contracts docs unit
	@mv $(PASSED).next $(PASSED)

lint: $(READY)  ## check rules and layout with ruff
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY)  ## check types with mypy, strictly
	$(BIN)/mypy

contracts: $(READY)  ## check who may import whom with import-linter
	$(BIN)/lint-imports --no-logo

docs: $(READY)  ## build the pages of docs/ into dist/docs; a broken link is an error
	@$(PY) -m sphinx --quiet --fail-on-warning --keep-going --builder html docs dist/docs

unit: $(READY)  ## run all tests except the slow ones; the pure rooms must be covered completely
	@$(BIN)/coverage erase
	$(BIN)/coverage run $(PYTEST) -m "not slow and not browser"
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/coverage report --include="bot/domain/*,bot/chat/*" --fail-under=100

# SLOW=... leaves some out, by pytest's -k, and the second run, on PostgreSQL. Snapshots of other tests are no fault.
slow: $(READY)  ## run the tests that take long: killed processes, weeks of schedules, properties with ten times the examples
	HYPOTHESIS_PROFILE=thorough $(PY) $(PYTEST) --snapshot-warn-unused -m "slow or hypothesis" $(if $(SLOW),-k "$(SLOW)")
	$(if $(SLOW),@:,TENHOURS_TEST_ENGINE=postgresql $(PY) $(PYTEST) --snapshot-warn-unused -m "not slow" $(ON_POSTGRES))

BROWSER_READY := $(VENV)/.browser-ready

# It takes the Chromium that the system has; .ci/browser makes sure that there is one.
browser: $(BROWSER_READY)  ## try the pages in a real browser (needs Chromium: .ci/browser installs it where it can)
	@.ci/browser
	$(BIN)/mypy tests/browser/*.py
	$(PY) -m pytest -m browser -n 2 --dist worksteal tests/browser

$(BROWSER_READY): $(READY) requirements-browser.txt
	$(PIP) install --quiet --require-hashes -r requirements-browser.txt
	@touch $@

# Rooms in which everything but what is marked `sqlite` asks the store.
ON_POSTGRES := tests/store tests/commands tests/dispatch tests/delivery tests/upkeep

bench: $(READY)  ## measure, and print each ratio with its limit
	@$(PY) -m tests.bench

scale: $(READY)  ## measure in a large database: make scale FACTOR=1 for 40,000 members, a sixteenth unless given
	@$(PY) -m tests.bench.scale $(FACTOR)

pairs: $(READY)  ## measure this checkout beside an older one, in turn: make pairs OLD=folder
	@$(PY) -m tests.bench.pairs $(OLD)

schema: $(READY)  ## write migrations/schema*.sql again, after you added a migration
	$(PY) -m migrations.snapshot

pictures: $(READY)  ## draw docs/pictures again (needs Chromium for those of messages and pages)
	$(PY) -m tests.adapters.console.gallery
	$(PY) -m tests.charts.gallery
	$(PY) -m tests.screens.gallery
	$(PY) -m tests.screens.web

audit: $(READY)  ## look for known vulnerabilities in the locked libraries
	@$(PY) .ci/audit requirements.txt requirements-postgres.txt

dist: $(READY)  ## build wheel, source and bill of materials into dist
	rm -rf dist
	$(PY) -m hatchling build -t wheel -t sdist
	$(PY) .ci/sbom requirements.txt requirements-postgres.txt >dist/tenhours.cdx.json

fmt: $(READY)  ## fix imports and layout
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Keeps pins that still fit; make lock UPGRADE=--upgrade moves everything to its newest release.
COMPILE = $(BIN)/uv pip compile $(UPGRADE) --quiet --universal --python-version 3.11 --generate-hashes --no-header
LOCK = $(COMPILE) pyproject.toml

lock: $(READY)  ## write requirements*.txt from pyproject.toml
	$(PIP) install --quiet uv
	$(LOCK) --output-file requirements.txt >/dev/null
	$(COMPILE) --group postgres --constraint requirements.txt --output-file requirements-postgres.txt >/dev/null
	$(LOCK) --output-file requirements-dev.txt --group dev --constraint requirements.txt >/dev/null
	$(LOCK) --output-file requirements-browser.txt --group dev --group browser --constraint requirements-dev.txt >/dev/null
	echo "hatchling>=1.27" | $(COMPILE) - --constraint requirements-dev.txt --output-file deploy/requirements-build.txt >/dev/null

clean:  ## remove everything that make and the tools made
	rm -rf $(VENV) dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bot adapters migrations tests -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## print this list
	@sed -n 's/^\([a-z]*\):.*  ## /  \1 \t/p' Makefile | expand -t 14
