# Needs Python 3.11, 3.12 or 3.13 and nothing else: every target sets itself up, once.

PYTHON ?= python3
BIN := .venv/bin
# The words of a new migration, as in: make migration m="Add patrols"
m ?=
PORT ?= 8080
WORKERS ?= 4
# What production needs besides: make install WITH="postgres s3"
WITH ?=
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
  --no-emit-index-url --no-emit-find-links --no-annotate --no-header
EXTRA := $(PYTHON) -c 'import sys, tomllib; \
  print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"][sys.argv[1]], sep="\n")'

.DEFAULT_GOAL := help
.PHONY: help install demo test check format migration lock

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 18

install: .venv/installed ## Set up what the bot needs; for more: make install WITH="postgres s3"
	$(foreach extra,$(WITH),$(PIP) --require-hashes -r requirements-$(extra).lock &&) true

demo: .venv/installed ## Try the bot without Telegram, on a made-up township in the browser
	$(BIN)/gridduty demo --port $(PORT)

# Most tests wait for the bot, so there may be more of them at once than cores.
test: .venv/tested ## Run all tests
	$(BIN)/python -m pytest -n $(WORKERS)

check: .venv/tested ## Check style, types, imports and dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: .venv/tested ## Put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migration: .venv/tested ## Write a migration for changed models: make migration m="Add patrols"
	$(BIN)/python -m bot.storage.migrations $(m)
	$(BIN)/ruff format migrations

lock: ## Write the locks anew from pyproject.toml (needs uv)
	$(COMPILE) pyproject.toml --extra build -o requirements.lock
	for extra in postgres s3; do $(EXTRA) $$extra | $(COMPILE) - -c requirements.lock -o requirements-$$extra.lock; done
	$(COMPILE) pyproject.toml --all-extras -c requirements.lock -o requirements-test.lock

# The stamps are newer than what they were made from, or they are made again. What runs needs the first alone.
.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with PYTHON=…")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

.venv/tested: .venv/installed requirements-test.lock
	$(PIP) --require-hashes -r requirements-test.lock
	touch $@
