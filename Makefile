PYTHON ?= python3
PORT ?= 8888
NO_BROWSER ?=

BIN := .venv/bin
STATIC := $(addprefix owidget_jupyter/static/,widget.js hosting.js stage.js simulator.js numbers.js diagnosis.js card.js explorer.js)
SOURCES := $(shell find js/src 2>/dev/null) $(wildcard js/*.mjs) budgets.json

# Stamps: files that say a step was done, and when.
VENV := .venv/.installed
EDITABLE := .venv/.editable
MODULES := js/node_modules/.installed
BUNDLE := js/node_modules/.bundled
HOSTS_VENV := .venv-hosts/.installed
HOSTS_EDITABLE := .venv-hosts/.editable
HOSTS_MODULES := tests/browser/hosts/node_modules/.installed
HOSTS := $(HOSTS_EDITABLE) $(HOSTS_MODULES)
READY := $(EDITABLE) $(BUNDLE)

LAB = $(BIN)/python tools/lab.py --port $(PORT) $(if $(filter-out 0 no false,$(NO_BROWSER)),--no-browser)
PYTEST = $(BIN)/python -m pytest
BROWSER_PYTEST = CHROMIUM="$$(tools/chromium.sh)" $(PYTEST) tests/browser

# What was said on make's command line, else the second: shells keep names such as HOST, too.
given = $(if $(filter command,$(origin $(1))),$($(1)),$(2))
DEMO_COMPANY := 295b1064-cf5b-4a5d-9e05-e7a74f86ae5e
CONTRACT_PYTEST = CHROMIUM="$$(tools/chromium.sh)" OOWIDGET_URL='$(1)' OOWIDGET_COMPANY='$(2)' \
	$(PYTEST) tests/contract

say = @printf '\n\033[1m== %s\033[0m\n' "$(1)"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup demo dev test test-all lint format unit browser-test browser-test-slow \
        contract live docs build bench chromium lock clean check-tools FORCE

help: ## this list
	@echo "make TARGET, where TARGET is:"
	@sed -n 's/^\([a-z-]*\):.*## /  \1|/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

setup: $(READY) ## everything that demo and test need, Chromium apart; they call it themselves

demo: $(READY) ## the notebooks in JupyterLab (PORT=8888, NO_BROWSER=1 to open no browser)
	$(call say,JupyterLab)
	@exec $(LAB)

dev: $(READY) ## the same, rebuilding and reloading the front end while it is edited
	$(call say,JupyterLab and the front end's build)
	@rm -f $(BUNDLE)
	@exec $(LAB) --dev

test: lint unit contract browser-test ## lint, types, unit tests and browser tests
	$(call say,All passed)

test-all: lint unit contract browser-test browser-test-slow ## the same with the slow ones
	$(call say,All passed)

lint: $(READY) ## style and types of both languages
	$(call say,Python: style)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	$(call say,Python: types)
	@$(BIN)/mypy
	$(call say,TypeScript: style)
	@cd js && npm run --silent lint
	$(call say,TypeScript: types)
	@cd js && npm run --silent check

format: $(READY) ## puts the sources into the agreed form
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format
	@cd js && npm run --silent format

unit: $(READY) ## unit tests of both languages
	$(call say,TypeScript: unit tests)
	@cd js && npm run --silent test
	$(call say,Python: unit tests)
	@$(PYTEST) -n auto --maxprocesses 4 --dist worksteal tests/unit

browser-test: $(READY) chromium ## browser tests in JupyterLab, without the slow ones
	$(call say,Browser tests)
	@$(BROWSER_PYTEST) -m "not slow"

browser-test-slow: $(READY) $(HOSTS) chromium
	$(call say,Browser tests that take long)
	@$(BROWSER_PYTEST) -m slow

contract: $(READY) chromium ## tries an OOWidget.js by URL=… and COMPANY=…, else the simulator's
	$(call say,Contract)
	@$(call CONTRACT_PYTEST,$(call given,URL),$(call given,COMPANY))

live: $(READY) chromium ## the same with the vendor's, by HOST=… and COMPANY=…, else its public demo
	$(call say,Contract of the vendor's script)
	@$(call CONTRACT_PYTEST,https://$(call given,HOST,ptr.mluvii.com)/widget/OOWidget.js,$(call given,COMPANY,$(DEMO_COMPANY)))

docs: $(READY) ## the documentation as a website, into dist-docs/
	$(call say,Documentation)
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --fresh-env docs dist-docs
	@echo "dist-docs/index.html"

build: $(READY) ## sdist and wheel into dist/, the wheel from the sdist
	$(call say,sdist and wheel)
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation

bench: $(READY) chromium ## measures how fast and small it is (PARTS="events append": these only)
	$(call say,Measuring)
	@CHROMIUM="$$(tools/chromium.sh)" $(BIN)/python -m tests.bench $(call given,PARTS)

chromium: ## finds Chromium, or installs it with apt-get
	@tools/chromium.sh > /dev/null

lock: ## renews the lock files (UPGRADE=1: with the newest versions)
	$(call say,Lock files)
	@tools/lock.sh $(PYTHON)

clean: ## removes all that was set up and built, .demo with its copies of the notebooks too
	rm -rf .venv .venv-hosts .demo dist dist-docs js/node_modules tests/browser/hosts/node_modules
	rm -rf owidget_jupyter/static test-artifacts
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name .git -prune -o -name __pycache__ -prune -exec rm -rf {} +

check-tools:
	@tools/check-tools.sh $(PYTHON)

# Compiled when they are imported, not all at once: that halves the time of the set-up.
$(VENV): locks/dev.txt | check-tools
	$(call say,Python packages into .venv)
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r locks/dev.txt
	@touch $@

$(EDITABLE): $(VENV) pyproject.toml hatch_build.py
	$(call say,This package into .venv)
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(HOSTS_VENV): locks/hosts.txt | check-tools
	$(call say,The notebook hosts to be tried into .venv-hosts)
	@$(PYTHON) -m venv --clear .venv-hosts
	@.venv-hosts/bin/pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r locks/hosts.txt
	@touch $@

$(HOSTS_EDITABLE): $(HOSTS_VENV) $(BUNDLE) pyproject.toml hatch_build.py
	$(call say,This package into .venv-hosts)
	@.venv-hosts/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(HOSTS_MODULES): $(addprefix tests/browser/hosts/,package-lock.json package.json .npmrc) | check-tools
	$(call say,The proxy of a JupyterHub into tests/browser/hosts/node_modules)
	@cd tests/browser/hosts && npm ci --no-fund --no-audit
	@touch $@

$(MODULES): js/package-lock.json js/package.json js/.npmrc | check-tools
	$(call say,npm packages into js/node_modules)
	@cd js && npm ci --no-fund --no-audit
	@touch $@

# Built anew, too, when one of its files has gone.
$(BUNDLE): $(MODULES) $(SOURCES) $(if $(filter-out $(wildcard $(STATIC)),$(STATIC)),FORCE)
	$(call say,The front end into owidget_jupyter/static)
	@cd js && npm run --silent build
	@touch $@
