# Onhand. `make run` needs nothing but Python 3.11 or later.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
# What the dashboard is made of.
DASHBOARD := $(shell find frontend/src frontend/public frontend/scripts -type f) $(addprefix frontend/,package.json next.config.ts postcss.config.mjs tsconfig.json)

# The settings refuse to load without a key; a check needs one for itself only.
PASSING_KEY = SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))")

# Many images forbid it, and then each of the hundreds of processes of a test run compiles the whole program again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup dashboard api-types run test lint lint-types lint-program lint-dashboard bench bench-live bench-forecast lock

help: ## Show what each target does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Onhand needs Python 3.11 or later.")'
	$(PYTHON) -m venv $(VENV)

# The stamps make a second run instant: pip works only after a lock file changed.
$(VENV)/.run-stamp: requirements.lock | $(BIN)/python
	@echo "Installing the locked dependencies; the first time this takes a minute or two."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev-stamp: requirements-dev.lock $(VENV)/.run-stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.run-stamp ## Make the virtual environment with the locked dependencies

# npm makes the folder anew, so the stamp inside it is as true as its content.
frontend/node_modules/.stamp: frontend/package-lock.json
	@echo "Installing what the dashboard is built with; the first time this takes a minute."
	PYTHON=$(PYTHON) frontend/with-node npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# The build writes this file last.
frontend/out/script-hashes.json: frontend/node_modules/.stamp $(DASHBOARD)
	@echo "Building the dashboard; this takes about a minute."
	frontend/with-node npm run --silent build

dashboard: frontend/out/script-hashes.json ## Build the dashboard that / serves (again only when its sources changed)

run: setup ## Start everything with demo data (PORT=8000 HOST=127.0.0.1)
	@$(MAKE) --no-print-directory --silent dashboard || echo "The dashboard could not be built, see above. Onhand starts without what has changed in it."
	@exec $(BIN)/python manage.py up --demo --host $(HOST) --port $(PORT)

test: $(VENV)/.dev-stamp frontend/out/script-hashes.json ## Run every test on real embedded services, three at a time (ARGS="-k name" narrows it)
	frontend/with-node npm run --silent test
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

# The API's own description, as the demo serves it.
SCHEMA = var/schema.json
DESCRIBE = mkdir -p var && ENABLE_DEVELOPMENT_ENDPOINTS=false $(PASSING_KEY) $(BIN)/python -W ignore manage.py spectacular --format openapi-json --file $(SCHEMA)

api-types: $(VENV)/.dev-stamp frontend/node_modules/.stamp ## Write the dashboard's types of the API anew
	$(DESCRIBE)
	frontend/with-node npm run --silent api -- ../$(SCHEMA)

lint: $(VENV)/.dev-stamp frontend/node_modules/.stamp ## Check style, types, floors, migrations, the deployment settings and how heavy the dashboard is
	@$(MAKE) --no-print-directory -j 2 lint-types lint-dashboard

# As long as everything else together, so it goes beside it.
lint-types:
	$(PASSING_KEY) $(BIN)/mypy

lint-program:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(PASSING_KEY) SERVED_OVER_HTTPS=true $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

lint-dashboard: lint-program frontend/out/script-hashes.json
	$(DESCRIBE)
	frontend/with-node npm run --silent api -- ../$(SCHEMA) --check
	frontend/with-node npm run --silent lock -- --check
	frontend/with-node npm run --silent lint
	frontend/with-node npm run --silent typecheck
	frontend/with-node npm run --silent sizes

bench: $(VENV)/.dev-stamp ## Measure, print a table, write var/bench/*.json (ARGS="bulk reads" narrows it)
	$(BIN)/python -m tests.benchmarks $(ARGS)

# The rivals are large and none of the product's business: they get an environment of their own.
.venv-bench/.stamp: requirements-bench.lock | $(BIN)/python
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

bench-live: $(VENV)/.dev-stamp .venv-bench/.stamp ## Measure 1,000 live connections beside a plain application and Django Channels
	$(BIN)/python -m tests.benchmarks live

bench-forecast: .venv-bench/.stamp ## Measure forecasts beside other methods, on ONHAND_TEST_DATA (ARGS="speed" narrows it)
	.venv-bench/bin/python -m tests.benchmarks.forecast $(ARGS)

lock: $(VENV)/.dev-stamp ## Choose new versions within pyproject.toml and write the lock files
	$(BIN)/uv pip compile pyproject.toml --upgrade $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock --upgrade $(LOCK) -o requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --group bench -c requirements.lock --upgrade $(LOCK) -o requirements-bench.lock

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
