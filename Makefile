# RedNote Helper: `make run` serves the app, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 5000

.PHONY: run test check slow training-test format catalogues clean

run: $(VENV)/.app
	@$(BIN)/rednote-helper serve --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	@sh tools/system.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -m "not slow"

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m phrasebook.check
	$(BIN)/python tools/catalogues.py check

slow: $(VENV)/.dev
	$(BIN)/python -m pytest -m slow

# PyTorch is large, so `make test` does without what needs it.
training-test: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,training]'
	$(BIN)/python -m pytest tests/training

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .

catalogues: $(VENV)/.dev
	$(BIN)/python tools/catalogues.py update

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: pyproject.toml | $(VENV)/bin/python
	@echo "Installing RedNote Helper into $(VENV) (once, a minute or two)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing RedNote Helper and its development tools into $(VENV)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.app

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
