# Onhand. `make run` needs nothing but Python 3.11 or later.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1

# The settings refuse to load without a key; a check needs one for itself only.
PASSING_KEY = SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))")

# Many images forbid it, and then each of the hundreds of processes of a test run compiles the whole program again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench bench-forecast lock

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

run: setup ## Start everything with demo data (PORT=8000 HOST=127.0.0.1)
	@exec $(BIN)/python manage.py up --demo --host $(HOST) --port $(PORT)

test: $(VENV)/.dev-stamp ## Run every test on real embedded services, two at a time (ARGS="-k name" narrows it)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(VENV)/.dev-stamp ## Check style, types, floors, migrations and the deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(PASSING_KEY) $(BIN)/mypy
	$(PASSING_KEY) SERVED_OVER_HTTPS=true $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

bench: $(VENV)/.dev-stamp ## Measure, print a table, write var/bench/*.json (ARGS="bulk reads" narrows it)
	$(BIN)/python -m tests.benchmarks $(ARGS)

# The rivals are large and none of the product's business: they get an environment of their own.
.venv-bench/.stamp: requirements-bench.lock | $(BIN)/python
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

bench-forecast: .venv-bench/.stamp ## Measure forecasts beside other methods, on ONHAND_TEST_DATA (ARGS="speed" narrows it)
	.venv-bench/bin/python -m tests.benchmarks.forecast $(ARGS)

lock: $(VENV)/.dev-stamp ## Choose new versions within pyproject.toml and write the lock files
	$(BIN)/uv pip compile pyproject.toml --upgrade $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock --upgrade $(LOCK) -o requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --group bench -c requirements.lock --upgrade $(LOCK) -o requirements-bench.lock

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
