# The only door. Needs python3 (3.11 to 3.13) with venv; everything else comes from requirements.lock, checked by hash.

SHELL := /bin/sh
# compiled modules are kept, or each of the demo's thirty processes would compile its imports again, for seconds
unexport PYTHONDONTWRITEBYTECODE

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/installed
BENCH := .venv-bench

# the one that was asked for, else the first of these, if it is new enough but not too new
FIND_PYTHON = for try in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	$$try -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$try && break; done

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench up down source

help: ## list what can be made (this)
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## make the environment in .venv, once for each lock

demo: $(STAMP) ## show the whole pipeline at work: a sample press, Postgres and a real Airflow on this machine
	@$(BIN)/marsad demo

# the last by one process: what they start, or fill, is shared by all of them
test: $(STAMP) ## run every test: first those that need no Airflow, then those that start one, or fill a large database
	$(BIN)/pytest -q -n 2 -m "not airflow and not many"
	$(BIN)/pytest -q -m "airflow or many"

check: $(STAMP) ## lint, types, layers, seeds and documents, in seconds
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/marsad seeds check
	$(BIN)/pytest -q tests/project

# in an environment of its own, and other readers of pages in one more: peers pin old releases of what we share with them
bench: $(STAMP) ## measure the speeds that the documents name
	@$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python $(BENCH)
	@$(BIN)/uv pip install --system-certs --quiet --python $(BENCH)/bin/python --editable '.[dev,bench]'
	@$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python $(BENCH)/readers
	@$(BIN)/uv pip install --system-certs --quiet --python $(BENCH)/readers/bin/python --group readers
	@set -e; for each in bench/*.py; do echo "== $$each"; $(BENCH)/bin/python "$$each"; done

up: ## start it for good with docker compose, from the settings in .env
	@docker compose version >/dev/null 2>&1 || { echo "make up needs docker with its compose plugin" >&2; exit 1; }
	@docker info >/dev/null 2>&1 || { echo "make up: the docker client finds no running engine" >&2; exit 1; }
	@[ -e .env ] || { echo "make up: cp .env.example .env, and fill it in first" >&2; exit 1; }
	docker compose up --detach --build --wait

down: ## stop what make up started; the data stays
	@docker info >/dev/null 2>&1 || { echo "make down: the docker client finds no running engine" >&2; exit 1; }
	docker compose down

source: $(STAMP) ## crawl and read one source of the seeds: make source ID=hespress-ar
	@[ -n "$(ID)" ] || { echo "say which: make source ID=hespress-ar (marsad sources lists them)" >&2; exit 2; }
	$(BIN)/marsad db upgrade
	$(BIN)/marsad seeds load
	$(BIN)/marsad crawl "$(ID)"
	$(BIN)/marsad process
	$(BIN)/marsad articles --source "$(ID)"

# Interrupted half-way it starts again where it must: the stamp is written last. uv is installed by pip with its hashes
# and then installs the rest; where uv cannot reach what pip is configured to use, pip does it, more slowly.
$(STAMP): requirements.lock pyproject.toml Makefile
	@set -e; \
	python=$$($(FIND_PYTHON)) || true; \
	[ -n "$$python" ] || { echo "$(or $(PYTHON),this machine) offers no Python 3.11, 3.12 or 3.13: install one, or name it with PYTHON=" >&2; exit 1; }; \
	"$$python" -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$$python has no venv: apt install python3-venv (or python3.X-venv for that version)" >&2; exit 1; }; \
	rm -f $@; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || "$$python" -m venv --clear $(VENV); \
	echo "installing the packages of requirements.lock into $(VENV)"; \
	awk '/^[^ #]/ {uv = /^uv==/} uv && !/^ *#/' requirements.lock > $(VENV)/uv.lock; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.lock; \
	$(BIN)/uv pip install --system-certs --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock || { \
		echo "uv could not; pip tries"; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock; }; \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline --editable .; \
	touch $@
