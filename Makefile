# MarketingBot: the tasks. `make help` lists them; CI calls the same ones.

PORT ?= 8080
# the first one that is new enough and can make environments (Debian's own needs python3-venv for that)
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help run test outage-test unit lint types layers browser bench mutants sheets-setup sheets-check sheets-probe clean

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(READY) ## the whole world on one port (PORT=8080): chat, Mini App, sheets, assistant; the first time installs
	@exec $(BIN)/python -m playground --port $(PORT)

# A file's tests share an emulator, so a file stays in one process.
test: lint types layers browser ## everything that must be true; CI runs this
	$(BIN)/python -m pytest -n auto --dist loadfile

outage-test: $(READY) ## three minutes of real time: what partners hear while Sheets fails, hangs, or refuses
	$(BIN)/python -m pytest -m outage -s tests/e2e/test_long_outage.py

unit: $(READY) ## the tests that need no process and no port
	$(BIN)/python -m pytest tests/domain tests/usecases

lint: $(READY) ## ruff: style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## mypy, strict
	$(BIN)/mypy .

layers: $(READY) ## imports go down only
	$(BIN)/lint-imports

# The browser tests drive Debian's chromium; where it cannot be installed they skip and say so.
browser: $(READY)
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	  || echo "chromium is not here and cannot be installed: the browser tests will be skipped"

$(READY): requirements.txt requirements-dev.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer with its module venv is needed: make PYTHON=/where/it/is/python3.12 …" >&2; exit 1; }
	@echo "Installing Python libraries into .venv (requirements-dev.txt, about 700 MB)."
	@echo "This happens once and takes one to five minutes; nothing outside this folder is changed."
	@"$(PYTHON)" -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

bench: $(READY) ## measure what is claimed; prints it beside what it is compared with
	$(BIN)/python -m bench

SEED ?= 1
COUNT ?= 40
mutants: $(READY) ## take code back line by line (named lines, then COUNT drawn with SEED): each time a test must fail
	@named=0; $(BIN)/python -m bench.mutants named || named=1; \
	  $(BIN)/python -m bench.mutants drawn --seed $(SEED) --count $(COUNT) && exit $$named

sheets-setup: $(READY) ## make what the three workbooks lack (those of .env, else a running playground's); twice changes nothing
	@$(BIN)/python -m ops.sheets_setup

sheets-check: $(READY) ## what is wrong in the sheets, cell by cell (those of .env, else a running playground's)
	@$(BIN)/python -m ops.sheets_check

sheets-probe: $(READY) ## does Google do what the bot relies on? tried on a scratch workbook, which is deleted afterwards
	@$(BIN)/python -m ops.sheets_probe

clean: ## forget the environment and everything made by a run
	rm -rf .venv .playground .mypy_cache .ruff_cache .pytest_cache .hypothesis
