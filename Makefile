# `make run` and `make test` do all set-up themselves; a second run starts at once.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
# Installs with uv where it is there (faster), with pip everywhere else.
INSTALL = if uv --version >/dev/null 2>&1; then uv pip install --python $(BIN)/python $(1); \
          else $(BIN)/python -m pip install --disable-pip-version-check $(1); fi

.PHONY: help setup setup-dev setup-training run test test-browser lint format bench lock clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(STAMPS)/runtime ## make .venv with everything that running needs

setup-dev: $(STAMPS)/dev ## and what tests and linters need

setup-training: $(STAMPS)/training ## and what training needs

run: setup ## serve the studio on port 7860
	@exec $(BIN)/python app.py

test: lint browser ## linters, types and all tests
	@$(BIN)/python -m pytest

test-browser: setup-dev browser ## the page on three widths, in three languages, light and dark; pictures in runs/browser/
	@$(BIN)/python -m pytest -m matrix tests/studio

lint: setup-dev ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: setup-dev ## put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup ## speed and memory of the bundle on this machine
	@$(BIN)/python -m benchmarks.speed

clean: ## remove the environment and all caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock: ## choose versions anew for the requirements files (needs uv)
	@tools="--universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url"; \
	uv pip compile pyproject.toml $$tools -o requirements.txt -q; \
	uv pip compile pyproject.toml $$tools --extra dev -c requirements.txt -o requirements-dev.txt -q; \
	uv pip compile pyproject.toml $$tools --extra training -c requirements.txt -o requirements-training.txt -q

$(BIN)/python:
	@python=$$(command -v "$${PYTHON:-python3.11}" || { [ -z "$${PYTHON:-}" ] && command -v python3; } || true); \
	version=$$([ -n "$$python" ] && "$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true); \
	if [ "$$version" != 3.11 ]; then \
		echo "Python 3.11 is needed (found: $${version:-none}). On Debian 12: apt-get install python3 python3-venv." >&2; \
		echo "If it lies elsewhere: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$python"; \
	if ! "$$python" -m venv $(VENV) 2>/dev/null; then \
		rm -rf $(VENV); \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -y -qq python3-venv && "$$python" -m venv $(VENV); \
		else echo "Python's venv is missing. On Debian: apt-get install python3-venv" >&2; exit 1; fi; \
	fi

$(STAMPS)/runtime: requirements.txt | $(BIN)/python
	@echo "Installing what Yinse needs (a first time takes minutes)"
	@$(call INSTALL,-r requirements.txt)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/runtime
	@$(call INSTALL,-r requirements-dev.txt)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/training: requirements-training.txt $(STAMPS)/runtime
	@$(call INSTALL,-r requirements-training.txt)
	@mkdir -p $(STAMPS) && touch $@

# The page is tested in a real browser.
.PHONY: browser
browser:
	@if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium for the tests of the page"; \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
		else echo "Chromium is needed for the tests of the page. On Debian: apt-get install chromium" >&2; exit 1; fi; \
	fi
