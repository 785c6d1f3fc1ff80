# Two commands matter: `make run` and `make test`. Both make what they need themselves.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; print(sys.executable if sys.version_info >= (3, 11) else "")' 2>/dev/null)))
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --use-pep517 --require-hashes
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: setup run test check browser bench format lock clean

setup: $(BIN)/python

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Attest needs Python 3.11 or newer; none was found. Name one: make PYTHON=/path/to/python3" >&2; exit 2; }
	"$(PYTHON)" -m venv .venv

.venv/.installed: requirements.txt | setup
	$(PIP) -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt | setup
	$(PIP) -r requirements-dev.txt
	@touch $@ .venv/.installed

# Everything, until Ctrl-C: database, web server, worker.
run: .venv/.installed
	@exec $(BIN)/python -m config.run

# What an assurance of this code rests on, from style to a real browser.
# A missing program is told before anything takes time.
test: browser check
	$(BIN)/pytest -n auto

check: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint templates --quiet --lint
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run

# The programs that tests use beside Python: a browser, and a word processor.
browser: .venv/.installed-dev
	@./.ci/programs

# How quick it is, beside the quickest way there is; never part of the tests. See docs/benchmarks.md.
bench: .venv/.installed
	@$(BIN)/python -m bench

format: .venv/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The lock files, from pyproject.toml; they hold no address of any package index.
lock: .venv/.installed-dev
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
