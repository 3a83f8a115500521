# Retainer: `make run` and `make test` are all that a fresh machine needs.
# Python is found, and `.venv` made from requirements.lock, by config/find-python and config/bootstrap.py.

.DEFAULT_GOAL := help
.PHONY: help run test bench lint lock shell clean

export PORT ?= 8000

retainer = @sh config/find-python -m config.bootstrap

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start Retainer on http://localhost:8000 (PORT=... changes it)
	$(retainer) run

test: ## check style, types and migrations, then run all tests (BROWSER=no leaves the browser out)
	$(retainer) test

bench: ## measure Retainer beside the stock Django admin on 100,000 customers
	$(retainer) bench

lint: ## check style, types and migrations alone
	$(retainer) lint

lock: ## resolve pyproject.toml into requirements.lock
	$(retainer) lock

shell: ## open Django's shell on the embedded database
	$(retainer) shell

clean: ## remove caches and collected files; data and .venv stay
	@rm -rf staticfiles htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
