# make demo · make test · make check · make bench — each rests on `make setup`.

BIN := .venv/bin
TESTS ?=
# The tests of a file share what they make; tests/conftest.py puts the long ones first.
SPREAD := -n auto --dist loadfile --no-loadscope-reorder
DRAW := PYTHONPATH=. DJANGO_SETTINGS_MODULE=intersession.site.settings $(BIN)/python -m tests.house.drawing

.PHONY: help setup demo test test-postgres test-oldest check format docs lock bench clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile | expand -t 24

setup: .venv/.ready ## leave .venv/ with `intersession` in it
	@:

# uv where it works, else a plain venv into which the locked uv is installed. Everything comes from
# requirements.lock by hash, the build backend too; the project itself is then built without isolation.
.venv/.ready: requirements.lock pyproject.toml
	@sh .ci/setup
	@touch $@

demo: setup ## a filled instance with web, mail listener and worker; Ctrl-C ends it
	@exec $(BIN)/intersession demo

test: setup ## the suite on SQLite; journeys too where Chromium is found
	@$(BIN)/pytest -q $(SPREAD) $(TESTS)

test-postgres: setup ## the same suite on PostgreSQL, started from a wheel for this run
	@INTERSESSION_TEST_DB=postgres $(BIN)/pytest -q $(SPREAD) $(TESTS)

# What hangs most on the database; the programs are those of Debian's package postgresql-15.
test-oldest: setup ## what is about the database, on the oldest PostgreSQL supported
	@INTERSESSION_TEST_DB=/usr/lib/postgresql/15/bin $(BIN)/pytest -q -n auto \
		$(or $(TESTS),tests/search tests/journal tests/jobs tests/outputs/test_locks.py)

check: setup ## format, lint, types, contracts, migrations, docs
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy src
	$(BIN)/lint-imports --no-cache
	$(BIN)/intersession makemigrations --check --dry-run
	$(DRAW) --check
	$(BIN)/pytest -q tests/house/test_docs.py

format: setup ## put the code in its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup ## draw anew the parts of docs/ that the code says
	@$(DRAW)

lock: setup ## write requirements.lock anew from pyproject.toml; what is pinned there stays
	$(BIN)/uv pip compile --quiet --universal --python-version 3.13 --generate-hashes --all-extras \
		--group dev --no-annotate --no-header pyproject.toml --output-file requirements.lock

bench: setup ## the figures, as a table; BENCH=--quick for the short one
	@$(BIN)/python -m bench $(BENCH)

clean: ## remove what was made, but no data
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
