# Every target does its own set-up: a virtual environment with locked dependencies, made once and
# again only when the lock changes. Python 3.11 or later is all that it needs.

PYTHON ?= python3
PORT ?= 8000
MINUTES ?= 10
# What builds the site: mkdocs or zensical.
ENGINE ?= mkdocs
VENV := .venv
BIN := $(VENV)/bin
# What checks the browser's scripts and styles, with the Node.js of the virtual environment.
JS := tests/js/node_modules
JUDGES := tests/judges/node_modules
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --prefix tests/js
export PYTHONPATH := hooks
export NO_MKDOCS_2_WARNING := 1

.PHONY: site book judge workflow serve editor help pictures fonts check export test test-zensical fuzz mutants bench audit lock clean

site: $(VENV)/$(if $(filter zensical,$(ENGINE)),zensical,site).stamp  ## build the site into site/, whole or not at all; ENGINE=zensical builds the same with Zensical
	@$(BIN)/python hooks/build.py $(ENGINE)

book: site $(VENV)/book.stamp  ## make the edition as EPUB, PDF and ZIM into book/, and offer them on the site
	@$(BIN)/python -m dossier book book
	@$(BIN)/python hooks/build.py

judge: $(VENV)/dev.stamp $(JUDGES)/.package-lock.json  ## have Ace by DAISY look at book/edition.epub, which make book makes (needs npm's registry, once, and Chromium)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/judges/ace.py book/edition.epub

workflow: $(VENV)/workflow.stamp  ## run the check of a pull request here, as GitHub would (with act)
	@$(BIN)/python tests/judges/workflow.py

serve: $(VENV)/site.stamp  ## build, serve on http://127.0.0.1:8000 and follow changes
	@$(BIN)/python -c 'import socket, sys; sys.exit("port $(PORT) is taken; choose another: make serve PORT=8001" if socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0 else 0)'
	@$(BIN)/python -m mkdocs serve --no-strict --dev-addr 127.0.0.1:$(PORT)

editor: $(VENV)/editor.stamp  ## install the language server, which completes ids and names faults as you type (see CONTRIBUTING.md)

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## / — /'

pictures: $(VENV)/site.stamp  ## draw icons and card again, after the site's name has changed in mkdocs.yml
	@$(BIN)/python hooks/pictures.py

fonts: $(VENV)/site.stamp  ## cut the typefaces again, from PACKAGES=FOLDER (see docs/assets/fonts/VERSIONS.txt)
	@$(BIN)/python hooks/fonts.py "$(PACKAGES)"

check: $(VENV)/site.stamp  ## check data and texts without building
	@$(BIN)/python -m dossier check

export: $(VENV)/site.stamp  ## write the open data into export/, without building pages
	@$(BIN)/python -m dossier export export

test: $(VENV)/dev.stamp $(JS)/.package-lock.json  ## lint, types, all tests
	@$(BIN)/ruff check hooks tests
	@$(BIN)/mypy
	@$(NPM) --silent test
	@$(BIN)/python -m pytest

test-zensical: $(VENV)/dev.stamp  ## the browser tests once more, on the site as Zensical builds it
	@$(BIN)/python -m pytest tests/browser --engine zensical

fuzz: $(VENV)/dev.stamp  ## look for what breaks the reader: new examples for the property tests, then the real files broken for ten minutes
	@$(BIN)/python -m pytest tests/unit/test_properties.py --hypothesis-profile fresh
	@$(BIN)/python tests/fuzz/break_files.py --minutes $(MINUTES)

mutants: $(VENV)/mutants.stamp  ## break the core modules line by line and count what no test notices (an hour or two); STAGE=prose for one of tests/mutants/stages.yml
	@$(BIN)/python tests/mutants/run.py $(STAGE)

$(VENV)/site.stamp $(VENV)/zensical.stamp $(VENV)/editor.stamp: $(VENV)/%.stamp: requirements/%.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/book.stamp: requirements/book.txt $(VENV)/site.stamp
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/book.txt || echo "make book: not all libraries are available for this Python; what cannot be made is named below"
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/site.stamp
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/workflow.stamp: requirements/workflow.txt $(VENV)/site.stamp
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/workflow.txt
	@touch $@

$(VENV)/mutants.stamp: requirements/mutants.txt $(VENV)/dev.stamp
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/mutants.txt
	@touch $@

$(JS)/.package-lock.json: tests/js/package-lock.json $(VENV)/dev.stamp
	@$(NPM) ci --silent --no-audit --no-fund --ignore-scripts || { echo 'make test: npm could not install what tests/js/package-lock.json names; it needs the npm registry, once'; exit 1; }
	@touch $@

$(JUDGES)/.package-lock.json: tests/judges/package-lock.json $(VENV)/dev.stamp
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --prefix tests/judges ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/dev.stamp
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/bench.txt || echo "make bench: not all libraries come for this Python; what cannot be measured is named below"
	@touch $@

bench: export PYTHONPATH := hooks:tests
bench: $(VENV)/bench.stamp  ## measure checks, exports, builds and searches, on the edition and archives of 1 to 1,000 sources
	@$(BIN)/python tests/bench/check_against_build.py
	@$(BIN)/python tests/bench/exports_against_build.py
	@$(BIN)/python tests/bench/many_releases.py
	@$(BIN)/python tests/bench/build_at_scale.py 0 1 10 100
	@$(BIN)/python tests/bench/forms_at_scale.py
	@$(BIN)/python tests/bench/stages.py 0 100
	@$(BIN)/python tests/bench/second_at_scale.py 1 10 100
	@$(BIN)/python tests/bench/processes_at_scale.py 10 100
	@$(BIN)/python tests/bench/edit_at_scale.py 1 10 100
	@$(BIN)/python tests/bench/search_at_scale.py 100 1000
	@$(BIN)/python tests/bench/judged_questions.py
	@$(BIN)/python tests/bench/notes_at_scale.py 0 100 10000

audit:  ## ask PyPI about known vulnerabilities in the locked dependencies (needs the network)
	@test -x $(VENV)/audit/bin/python || $(PYTHON) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/audit.txt
	@$(VENV)/audit/bin/python -m pip_audit --strict --disable-pip --require-hashes -r requirements/site.txt -r requirements/zensical.txt -r requirements/book.txt -r requirements/editor.txt -r requirements/dev.txt -r requirements/bench.txt -r requirements/mutants.txt -r requirements/workflow.txt -r requirements/audit.txt

lock: $(VENV)/dev.stamp  ## renew the locks from requirements/*.in and tests/js/package.json
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/site.in -o requirements/site.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/zensical.in -o requirements/zensical.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/book.in -o requirements/book.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/editor.in -o requirements/editor.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/dev.in -o requirements/dev.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/bench.in -o requirements/bench.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/mutants.in -o requirements/mutants.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/workflow.in -o requirements/workflow.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements/audit.in -o requirements/audit.txt
	@$(NPM) install --silent --package-lock-only --no-audit --no-fund
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --prefix tests/judges install --silent --package-lock-only --no-audit --no-fund --ignore-scripts

clean:
	@rm -rf $(VENV) $(JS) $(JUDGES) site export book .cache
