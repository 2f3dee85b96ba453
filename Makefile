# The commands of Dateline.  They need Python >= 3.11, make and the package registries, and set up the rest.
#   make run    build the sample documents and open the dashboard
#   make test   everything that must be green
# A second call of either does only what has changed.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PORT ?= 8050
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
# bytecode is written here: where PYTHONDONTWRITEBYTECODE is set, every start would compile pandas and all else anew
COMPILE := $(BIN)/python -m compileall -q etl dashboard
WORKERS ?= 2

.PHONY: run test lint types unit browser lock format docs bench clean

run: $(VENV)/.run
	$(BIN)/dateline demo --port $(PORT)

test: lint types unit browser

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

unit: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) -q -m "not browser"

browser: $(VENV)/.test
	.ci/chromium
	$(BIN)/python -m pytest -q -m browser

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.test  ## write docs/tables.md and docs/cli.md anew from the code
	$(BIN)/python -m tests.write_docs

lock: $(VENV)/.uv  ## resolve the ranges of pyproject.toml to exact versions
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" --extra formats --extra images \
		pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" --extra dev \
		--constraint requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) store build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.uv:
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.11 or newer; install it and call make again." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv==0.13.9
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements.lock pyproject.toml
	$(UV) --compile-bytecode --require-hashes -r requirements.lock
	$(UV) --no-deps -e .
	$(COMPILE)
	@touch $@

$(VENV)/.test: $(VENV)/.uv requirements-dev.lock pyproject.toml
	$(UV) --compile-bytecode --require-hashes -r requirements-dev.lock
	$(UV) --no-deps -e .
	$(COMPILE)
	@touch $@ $(VENV)/.run
