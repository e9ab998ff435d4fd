# Needs Python 3.11, 3.12 or 3.13 and nothing else: every target sets itself up, once.

PYTHON ?= python3
BIN := .venv/bin
# The words of a new migration, as in: make migration m="Add patrols"
m ?=
PORT ?= 8080
WORKERS ?= 4

.DEFAULT_GOAL := help
.PHONY: help install demo test check format migration lock

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 18

install: .venv/installed ## Set up the environment in .venv

demo: .venv/installed ## Try the bot without Telegram, on a made-up township in the browser
	$(BIN)/gridduty demo --port $(PORT)

# Most tests wait for the bot, so there may be more of them at once than cores.
test: .venv/installed ## Run all tests
	$(BIN)/python -m pytest -n $(WORKERS)

check: .venv/installed ## Check style, types, imports and dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: .venv/installed ## Put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migration: .venv/installed ## Write a migration for changed models: make migration m="Add patrols"
	$(BIN)/python -m bot.migrating $(m)
	$(BIN)/ruff format migrations

lock: .venv/installed ## Write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --all-extras --quiet \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml -o requirements.lock

# The stamp is newer than what it was made from, or it is made again.
.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with PYTHON=…")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
