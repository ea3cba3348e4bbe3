# What can be done here; `make` alone lists it. Longer steps are scripts in .ci/.
.DEFAULT_GOAL := help
.PHONY: help demo test bench screenshots lint format requirements messages pages clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

demo: ## Start the portal with demonstration data on this machine (PORT=8000)
	@bash .ci/demo.sh

test: ## Run the tests on SQLite, and on PostgreSQL when DATABASE_URL is set (ARGS="-k word")
	@bash .ci/test.sh $(ARGS)

bench: ## Measure every page beside baselines, on PostgreSQL too when DATABASE_URL is set
	@bash .ci/bench.sh

screenshots: ## Photograph every page into docs/screenshots (PORT=8099)
	@bash .ci/screenshots.sh

lint: ## Check style, types, templates, migrations and the production settings
	@bash .ci/lint.sh

format: ## Format Python and templates
	@bash .ci/format.sh

requirements: ## Pin requirements*.in with hashes (ARGS=--upgrade for newer versions)
	@bash .ci/requirements.sh $(ARGS)

messages: ## Collect the texts to translate and compile the Danish catalogue
	@bash .ci/messages.sh

pages: ## Renew the pictures of the evaluation's pages that tests and README hold
	@bash .ci/pages.sh

clean: ## Remove what was installed or cached; keeps var/, where the data is
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis staticfiles test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
