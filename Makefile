# Orbicularis. Needs Python 3.11 or newer with pip and venv, make and git; nothing else.
#
# Everything is installed into .venv. A stamp file in it remembers when, so that a
# second run starts at once; a change of pyproject.toml installs anew.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Twice quiet: errors are told, a mirror's warnings about each package are not.
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq

# Two stamps, because the tests' terminology packages are large and the demo needs none.
RUNTIME := $(VENV)/.runtime
TESTING := $(VENV)/.test
BENCHING := $(VENV)/.bench
FUZZING := $(VENV)/.fuzz

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test bench soak fuzz nightly openapi container lock audit pictures clean

help: ## list the targets
	@echo "Orbicularis: make TARGET"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "Options of the command behind serve, demo, test: make serve ARGS='--port 9000'"

setup: $(TESTING) ## install everything that running and testing need into .venv

demo: $(RUNTIME) ## start the service, call it as an EHR would, print the cards
	@$(BIN)/orbicularis demo $(ARGS)

serve: $(RUNTIME) ## serve on http://127.0.0.1:8080
	@$(BIN)/orbicularis serve $(ARGS)

test: $(TESTING) ## lint, types, layers, rules and all tests
	@echo "==> lint (ruff)"
	@$(BIN)/ruff check
	@echo "==> format (ruff)"
	@$(BIN)/ruff format --check
	@echo "==> types (mypy --strict)"
	@$(BIN)/mypy
	@echo "==> layers (import-linter)"
	@$(BIN)/lint-imports --no-logo
	@echo "==> rules (orbicularis check)"
	@$(BIN)/orbicularis check rules
	@echo "==> tests (pytest)"
	@$(BIN)/pytest -n auto $(ARGS)

bench: $(BENCHING) ## measure speed and memory beside a bare application (ARGS=--quick for less)
	@command -v wrk >/dev/null || \
	  { echo "make bench needs wrk. On Debian and Ubuntu: apt-get install wrk" >&2; exit 1; }
	@$(BIN)/python -m tests.bench $(ARGS)

soak: $(TESTING) ## strain it with all that can go wrong, for 5 minutes (SECONDS=60 for less)
	@$(BIN)/python -m tests.soak $(if $(SECONDS),--seconds $(SECONDS)) $(ARGS)

fuzz: $(FUZZING) ## fuzz the way from a body to cards for 10 minutes (SECONDS=60 for less)
	@$(BIN)/python -m tests.fuzz $(if $(SECONDS),--seconds $(SECONDS)) $(ARGS)

nightly: $(TESTING) ## the OpenAPI document and all properties, over many more examples
	@$(BIN)/python -m tests.fuzz.nightly $(ARGS)

openapi: $(RUNTIME) ## write openapi/orbicularis.json from the application
	@$(BIN)/orbicularis openapi

pictures: $(TESTING) ## take the README's pictures anew, in Chromium
	@$(BIN)/python -m tests.web.pictures

container: ## build the image and check it, with docker or podman
	@docker/check-image

lock: ## pin what the image installs, with hashes; ARGS=--upgrade takes the newest
	@PYTHON=$(PYTHON) docker/lock $(ARGS)

audit: ## known vulnerabilities and licences of what the image installs, and its SBOM
	@PYTHON=$(PYTHON) docker/audit/run

clean: ## remove .venv, caches and build output
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis
	find service tests docker -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# pip answers a Python that is too old with a riddle, Debian one without venv likewise.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Orbicularis needs Python 3.11 or newer as $(PYTHON); name another with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || \
	  { rm -rf $(VENV); echo "Could not make $(VENV). On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(RUNTIME): pyproject.toml | $(BIN)/python
	@echo "==> installing into $(VENV) (once; about half a minute)"
	@$(PIP) install --editable .
	@touch $@

$(TESTING): pyproject.toml | $(BIN)/python
	@echo "==> installing into $(VENV), with what the tests need (once; a minute or two)"
	@$(PIP) install --editable '.[test]'
	@touch $(RUNTIME) $@

$(BENCHING): pyproject.toml | $(BIN)/python
	@echo "==> installing into $(VENV), with what the benchmark needs"
	@$(PIP) install --editable '.[bench]'
	@touch $(RUNTIME) $@

$(FUZZING): pyproject.toml | $(BIN)/python
	@echo "==> installing into $(VENV), with what fuzzing needs"
	@$(PIP) install --editable '.[test,fuzz]'
	@touch $(RUNTIME) $(TESTING) $@
