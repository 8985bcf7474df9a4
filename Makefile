# `make demo` and `make test` do all the set-up; they need Python 3.11 or newer, make and git.
# Another interpreter: make test PYTHON=python3.12

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# The moment of the demo's check, so that it shows the same on every day.
NOW := 2026-11-20T10:00+08:00

.PHONY: help setup demo test lint types layers docs docs-check weights lock bench clean

help:
	@echo 'make demo        check the drafts in corpora/demo and show the verdicts'
	@echo 'make test        run all tests'
	@echo 'make lint        ruff, and the policy in canonical form'
	@echo 'make types       mypy'
	@echo 'make layers      import-linter'
	@echo 'make docs        write the made parts of the docs anew'
	@echo 'make docs-check  fail when a made part of the docs is stale'
	@echo 'make weights     learn from the cases in corpora what troubled replies read like'
	@echo 'make lock        pin anew what the GitHub Action installs'
	@echo 'make bench       measure speed and size (some minutes)'
	@echo 'make clean       remove the environment and whatever was built'

setup: $(READY)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("replylint needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.11" % sys.version_info[:2])'
	@echo 'setting up $(VENV) (once; a minute or two)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

demo: $(READY)
	@$(BIN)/replylint check corpora/demo --now $(NOW); code=$$?; echo "exit code: $$code"; test $$code -le 1

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/replylint fmt --check policy

types: $(READY)
	$(BIN)/mypy
	$(BIN)/mypy --platform win32
	$(BIN)/mypy docs/generate.py bench/run.py bench/inside.py corpora/weigh.py corpora/count.py corpora/relate.py corpora/spell.py

layers: $(READY)
	$(BIN)/lint-imports --no-cache --no-logo

docs: $(READY)
	$(BIN)/python docs/generate.py

docs-check: $(READY)
	$(BIN)/python corpora/weigh.py --check
	$(BIN)/python corpora/count.py --check
	$(BIN)/python corpora/relate.py --check
	$(BIN)/python docs/generate.py --check

weights: $(READY)
	$(BIN)/python corpora/weigh.py
	$(BIN)/python corpora/count.py
	$(BIN)/python corpora/relate.py

# setuptools builds the package itself; it is no dependency of it.
lock: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@echo 'setuptools>=80' | $(BIN)/uv pip compile pyproject.toml - --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  --output-file action/requirements.txt

bench: $(READY)
	$(BIN)/python bench/run.py $(TEXTS)

clean:
	rm -rf $(VENV) build dist checker/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
