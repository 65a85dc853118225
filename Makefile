# make demo · make test · make check · make bench   (each installs what it needs first)
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# Tools that only read the code do not start a database.
NO_DATABASE := DATABASE_URL=postgresql://nobody@127.0.0.1:1/none NEWEL_SECRET_KEY=none NEWEL_AUDIT_KEY=none NEWEL_TESTS=1

.PHONY: install install-dev demo demo-reset test pictures check format bench lock clean

install: .venv/.installed build/static/.built

.tools/.installed: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit("Newel needs Python 3.11 or later; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

.venv/.installed: .tools/.installed requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || .tools/bin/uv venv --quiet --python $(PYTHON) .venv
	.tools/bin/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	.tools/bin/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements/dev.txt
	.tools/bin/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

install-dev: install .venv/.installed-dev

build/static/.built: .venv/.installed package-lock.json $(shell find assets -type f)
	$(BIN)/python assets/build.py
	@mkdir -p build/static && touch $@

demo: install
	$(BIN)/newel demo --port $(PORT)

demo-reset: install
	$(BIN)/newel demo --reset --port $(PORT)

test: install-dev
	$(BIN)/python tests/install_browser.py
	$(BIN)/python -m pytest -n 2 --dist loadfile

# The pictures of the documents, and what the journeys count: look at each before it is committed.
pictures: install-dev
	$(BIN)/python tests/install_browser.py
	NEWEL_PICTURES=1 $(BIN)/python -m pytest tests/journeys

check: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(NO_DATABASE) $(BIN)/mypy
	$(BIN)/lint-imports
	$(NO_DATABASE) $(BIN)/newel check-migrations
	$(NO_DATABASE) $(BIN)/newel docs --check

format: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install-dev
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.measures

lock: .tools/.installed
	cd requirements && for name in tools run dev; do \
	  ../.tools/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --python-version 3.11 --custom-compile-command "make lock" $$name.in -o $$name.txt; done

clean:
	rm -rf .venv .tools build node_modules
