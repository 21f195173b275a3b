# Everything runs in .venv, which the first target that needs it makes from requirements.lock.
PYTHON ?= python3
# Many tests wait for processes more than they compute.
AT_ONCE ?= $(shell $(PYTHON) -c 'import os; print(2 * (os.cpu_count() or 1))')
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help playground run test coverage check lint types imports quality bench soak format lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(READY): requirements.lock pyproject.toml
	@echo "Making .venv from requirements.lock, which takes a minute or two ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

playground: $(READY) ## try the bot without a token: a local Telegram in the browser
	$(BIN)/sitrep playground

run: $(READY) ## run the real bot (needs TELEGRAM_TOKEN)
	$(BIN)/sitrep run

test: $(READY) ## run all tests
	$(BIN)/pytest -n $(AT_ONCE) --dist worksteal

coverage: $(READY) ## run all tests and tell which lines no test came to (twice the work)
	$(BIN)/pytest -n $(AT_ONCE) --dist worksteal --cov --cov-report=term

check: lint types imports test ## all that must be green before a change lands

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

quality: $(READY) ## measure the reading against gold data, beside baselines
	$(BIN)/python -m tests.quality

bench: $(READY) ## measure speed and memory, as ratios to peers in the same run
	$(BIN)/python -m tests.benchmarks

soak: $(READY) ## kill the bot, alone and as several processes, hundreds of times, and see that nothing is lost
	$(BIN)/python -m tests.faults

format: $(READY) ## put the code into its form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lock: ## resolve the dependencies anew
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --all-extras --group dev \
		--no-emit-index-url --no-header --upgrade --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv
