# Everything a person does with this checkout. `make help` lists it; docs/ explains it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

.PHONY: run test test-faults check bench lock clean help

run:  ## set up what is missing, then serve the demo county
	@scripts/setup run
	@exec scripts/run

test:  ## set up what is missing, then the whole suite on both databases
	@scripts/setup test
	@exec scripts/test

test-faults:  ## the long kill and fault runs
	@scripts/setup test
	@exec .venv/bin/python -m pytest -m faults

check:  ## format, lint, types, architecture, docs
	@scripts/setup test
	@exec scripts/check

bench:  ## measure the budgets; JSON in var/bench/
	@scripts/setup bench
	@mkdir -p var/bench
	@exec .venv/bin/python -m tests.bench

lock:  ## write the locks anew from pyproject.toml (UPGRADE=1 takes newer releases)
	@scripts/lock $(if $(UPGRADE),--upgrade)

clean:  ## remove what was built; data in var/ stays
	@rm -rf .venv dist static/dist static/dist.new static/dist.old static/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .setup.lock

help:  ## this list
	@awk -F ':  ## ' '/^[a-z-]+:  ## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
