PYTHON ?= python3
PIP := .venv/bin/pip install -qq --disable-pip-version-check --require-hashes

.PHONY: run test test-fast test-servers test-page campaign pictures lint check bench bench-short bench-matching lock

# `exec`, so that Ctrl-C reaches Sharewise itself.
run: .venv/installed
	@exec .venv/bin/python -m bot run

# What is compiled is kept for the next run, also where that is off by default, as in most containers.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := .venv/bin/python -m pytest --dist worksteal

# All but what starts servers by the dozen, and the browser; both have a target of their own.
test: .venv/installed-dev
	$(PYTEST) -n auto -m "not servers and not page"

# The pure parts alone, without the properties that hypothesis tries and walks of thousands of days:
# conversations, dates, figures, layers.
test-fast: .venv/installed-dev
	$(PYTEST) -n logical -m "not slow and not hypothesis" tests/dialogs tests/recurrence tests/results tests/test_transcript.py tests/test_layers.py

test-servers: .venv/installed-dev
	.venv/bin/python -m pytest -m servers

test-page: .venv/installed-dev
	.venv/bin/python -m pytest -m page

# Kills, rolling restarts and malformed requests for some minutes, with a report; not part of CI.
# RESTARTS, KILLS, REDIS_KILLS, FUZZ: how many of each; SEED: which ones.
campaign: .venv/installed-dev
	.venv/bin/python -m tests.campaign

lint: .venv/installed-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

# Our own lessons: good, and each example found as often without itself as is on record.
check: .venv/installed
	.venv/bin/python -m knowledge check

# The pictures in docs/, taken anew of scripted conversations; the same each time.
pictures: .venv/installed-dev
	.venv/bin/python -m tools.pictures docs

bench: .venv/installed-dev
	.venv/bin/python -m tools.bench

# All of it in a minute, so that it can't rot.
bench-short: .venv/installed-dev
	.venv/bin/python -m tools.bench --short

# DATA: a folder with the public question sets; they are not part of this repository.
bench-matching: .venv/installed-dev
	.venv/bin/python -m tools.bench_matching $(DATA)

.venv/bin/python:
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sharewise needs Python 3.11 or newer; set PYTHON to one, as in: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing what Sharewise needs ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

# Needs uv.
LOCK := uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml
lock:
	$(LOCK) -o requirements.txt
	$(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt
