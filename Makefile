# make demo   sets up, builds the model town from paper to layers, and serves it
# make test   sets up and runs everything
# make check  the quick loop: lint, types, import rules, unit tests

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: demo test check setup setup-test system system-qgis web-check lint types unit all-tests model-town constraints clean

demo: $(VENV)/.installed
	$(BIN)/visavis demo --port $(PORT)

test: system setup-test lint types web-check all-tests

check: setup-test lint types unit

# The environment is made once, and again when what it is made from changes. The engine is compiled with it.
$(VENV)/.installed: pyproject.toml constraints.txt hatch_build.py web/package-lock.json $(shell find web/src -type f 2>/dev/null)
	$(PYTHON) -c 'import sys; sys.exit("visavis needs Python 3.11 or newer; say PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	$(BIN)/python -m visavis.views.warming
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@

setup: $(VENV)/.installed
setup-test: $(VENV)/.installed-test

# QGIS for the test that reads the service through it: 880 MB, so it is not among what every test run installs.
system-qgis:
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq qgis-providers python3-qgis >/dev/null

# What only the system can bring: a browser, GDAL's clients, PostgreSQL, CGAL, a font. Without root they are taken if they are there.
system:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  missing=""; \
	  command -v chromium >/dev/null || missing="$$missing chromium"; \
	  command -v ogrinfo >/dev/null || missing="$$missing gdal-bin"; \
	  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	  ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || missing="$$missing postgresql-postgis"; \
	  command -v git >/dev/null || missing="$$missing git"; \
	  command -v wrk >/dev/null || missing="$$missing wrk"; \
	  command -v g++ >/dev/null || missing="$$missing g++"; \
	  test -e /usr/include/CGAL/version.h || missing="$$missing libcgal-dev"; \
	  fc-list 2>/dev/null | grep -q DejaVu || missing="$$missing fonts-dejavu-core"; \
	  if [ -n "$$missing" ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	  fi; \
	fi

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types:
	$(BIN)/mypy

web-check: setup-test
	$(BIN)/python hatch_build.py check

unit:
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not long and not slow and not browser and not gdal and not shared"

# One worker a core; the tests of a file stay together, so that what they build is built once. Long files come first.
all-tests:
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations=40 --durations-min=5

# Draw the model town again, after a change of tools/model_town.
model-town: setup-test
	$(BIN)/python -m tools.model_town

# Pin what is installed now. Addresses of registries are left out.
constraints:
	$(BIN)/python -m pip freeze --exclude-editable | grep -v ' @ ' > constraints.txt

clean:
	rm -rf $(VENV) web/node_modules api/visavis/_web .mypy_cache .ruff_cache .pytest_cache .hypothesis
