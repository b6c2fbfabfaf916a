# The only spelling of each command, for people, hooks and CI. `make help` lists them.
#
# Variables: PYTHON (which Python makes .venv), HOST and PORT (where `make run` serves), ARGS (passed on by the tests and
# `lock`), and whatever config/settings.py reads from the environment: DATABASE_URL, PUBLISHED_DATABASE_URL, DEBUG, ...

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SIZE ?= 10000
ARGS ?=

# Commands typed here are those of a developer; a deployment does not use make, and so keeps the safe default, off.
export DEBUG ?= 1

# The Python of the Docker image, and the Django after ours.
IMAGE_PYTHON ?= python3.13
NEXT_DJANGO ?= ~=6.1.0

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

# What a deployment sets, so that `make check` judges the settings that a deployment gets. Nothing is stored or served.
PRODUCTION := DEBUG=0 SECRET_KEY=not-a-secret-only-long-and-varied-enough-to-pass-0123456789 \
	ALLOWED_HOSTS=policy-tracker.example PUBLIC_URL=https://policy-tracker.example
NO_DATABASE := DATABASE_URL=sqlite://:memory: PUBLISHED_DATABASE_URL=sqlite://:memory: \
	INBOX_DATABASE_URL=sqlite://:memory:

# A public process of this machine alone: no way to the record, no debugging, and http as it comes.
NO_RECORD := env --unset=DATABASE_URL DEBUG=0 PUBLIC_ONLY=1 SECURE_SSL_REDIRECT=0 ALLOWED_HOSTS=$(HOST),localhost \
	PUBLIC_URL=http://$(HOST):$(PORT) SECRET_KEY=only-for-a-public-process-on-a-developers-own-machine-0123456789

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: bench help run serve-public migrate seed sync worker test test-all test-image test-next check format lock dictionary clean environment test-environment free-port

help: ## List the commands.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: free-port environment .env ## Set everything up and serve it, with worker and tick; Ctrl+C stops all (HOST, PORT; databases by DATABASE_URL, PUBLISHED_DATABASE_URL, INBOX_DATABASE_URL).
	@$(MANAGE) set_up --address http://$(HOST):$(PORT)/
	@trap 'kill $$(jobs -p)' EXIT; \
	$(MANAGE) db_worker & \
	while sleep 60 >/dev/null 2>&1; do $(MANAGE) tick; done & \
	$(MANAGE) runserver $(HOST):$(PORT)

# Asked first, since setting everything up takes minutes.
free-port:
	@if (exec 3<>/dev/tcp/$(HOST)/$(PORT)) 2>/dev/null; then \
		echo "Something else answers on port $(PORT) of $(HOST). Choose another one: make run PORT=$$(($(PORT) + 1))" >&2; \
		exit 1; fi

# The settings of a developer's machine. Django's command line reads them, and nothing else does.
.env: | $(BIN)/python
	@(umask 077; printf 'DEBUG=1\nSECRET_KEY=%s\n' "$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))')" > $@)

serve-public: environment ## Serve the public door as a deployment does, over the edition that is there (HOST, PORT).
	@$(NO_RECORD) $(MANAGE) collectstatic --noinput --verbosity 0
	@$(NO_RECORD) BIND=$(HOST) PORT=$(PORT) $(BIN)/python -m config.serve

migrate: environment ## Bring the tables of the record, the published edition and the inbox up to date.
	@$(MANAGE) migrate --database default
	@$(MANAGE) migrate --database published
	@$(MANAGE) migrate --database inbox

seed: environment ## Load the seed record; what has not changed is left alone.
	@$(MANAGE) load_seeds

sync: environment ## Apply to the published edition what the ledger has and it lacks.
	@$(MANAGE) sync_published

worker: environment ## Carry out background tasks until stopped.
	@$(MANAGE) db_worker

test: test-environment ## Run the tests on SQLite, without a browser (ARGS).
	@$(BIN)/python -m tests.run $(ARGS)

test-all: test-environment ## Run all tests, in the browser too, and again on PostgreSQL where one answers (TEST_POSTGRES_URL; ARGS).
	@$(BIN)/python -m tests.run --all $(ARGS)

# Where pyenv has several Pythons, it asks which.
test-image test-next: export PYENV_VERSION ?= 3.13

test-image: ## Run `make test` with the Python of the Docker image, in an environment of its own, where that Python is.
	@if $(IMAGE_PYTHON) -c "" 2>/dev/null; then \
		$(MAKE) VENV=.venv-3.13 PYTHON=$(IMAGE_PYTHON) test; \
	else \
		echo "There is no $(IMAGE_PYTHON) here, so nothing was tried with the Python of the image."; \
	fi

test-next: ## Run `make test` with the next Django, and say what stands in the way of it; a failure warns (NEXT_DJANGO).
	@$(MAKE) VENV=.venv-next PYTHON=$(IMAGE_PYTHON) test-environment
	@$(BIN)/uv pip install --quiet --python .venv-next/bin/python "Django$(NEXT_DJANGO)"
	@$(MAKE) VENV=.venv-next PYTHON=$(IMAGE_PYTHON) ARGS="-q --tb=line -W default $(ARGS)" test \
		|| echo "Warning: the tests above do not pass with Django$(NEXT_DJANGO) yet."

check: test-environment ## Lint, types, import contracts, migrations, production settings, templates.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NO_DATABASE) $(MANAGE) makemigrations --check --dry-run
	$(NO_DATABASE) $(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	$(NO_DATABASE) $(PRODUCTION) PUBLIC_ONLY=1 $(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/djlint --lint --quiet .

format: test-environment ## Format the code and mend what the linter can mend.
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lock: test-environment ## Lock both requirements files anew (ARGS=--upgrade takes the newest versions).
	@for name in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
			$(ARGS) $$name.in --output-file $$name.txt || exit 1; \
	done

bench: environment ## Measure the public door beside its peers, on a made-up record in PostgreSQL (SIZE awards; BENCH_POSTGRES_URL; ARGS).
	@$(BIN)/python -m bench.run --size $(SIZE) $(ARGS)

dictionary: environment ## Write docs/data-dictionary.md from the models.
	@$(MANAGE) data_dictionary > docs/data-dictionary.md

clean: ## Remove the environment, caches and collected static files; databases and stored files stay.
	@rm -rf .venv .venv-* .cache staticfiles .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A lock is copied into .venv once it is installed; it is installed again only when it is newer than that copy.
environment: $(VENV)/requirements.txt
test-environment: environment $(VENV)/requirements-dev.txt

$(VENV)/requirements.txt $(VENV)/requirements-dev.txt: $(VENV)/%.txt: %.txt | $(BIN)/python
	@echo "Installing $*.txt ..."
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r $*.txt \
		| awk '/^Collecting/ {print "  " $$2; fflush()} /^Installing/ {print "  unpacking ..."; fflush()}'
	@cp $*.txt $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Policy Tracker needs Python 3.11 or newer," \
			"and '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo missing)." \
			"Name another one: make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make $(VENV). On Debian and Ubuntu, 'apt-get install python3-venv' mends that." >&2; exit 1; }
