# Everything is set up on first use and starts at once afterwards. Needs Python 3.11 or newer and make.
#   make chat     talk to the bot in this terminal         make test    all tests
#   make run      start Telegram (needs YOUJU_TOKEN)       make check   formatter, linter, types
#   make venv     only set up                              make format  put the code in form
#   make bench    measure the answers                      make lock    renew the pinned versions
#   make audit    known faults of the pinned versions      make clean   remove what was set up
# Another Python: make PYTHON=python3.12 chat

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --no-build-isolation

.PHONY: chat run venv test check format bench lock audit clean
.DELETE_ON_ERROR:

chat: venv
	@$(BIN)/python -m bot chat

run: venv
	@$(BIN)/python -m bot run

venv: $(VENV)/ready

test: $(VENV)/ready-dev
	$(BIN)/python -m pytest

check: $(VENV)/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/ready-dev
	$(BIN)/python -m bench.answers

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A stamp is written when all went well, so that a set-up broken off is taken up again. Build tools come first, because
# jieba is published as source only; the project itself is linked, not copied, so that edits are live.
$(VENV)/ready: requirements-build.txt requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	    echo "找不到 $(PYTHON)：请先安装 Python 3.11 或更新的版本，或指明位置，如 make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "$(PYTHON) 太旧（`$(PYTHON) -V 2>&1`）：需要 Python 3.11 或更新的版本，如 make PYTHON=python3.12" >&2; exit 1; }
	@echo "首次准备（约一分钟）……" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "建不成 $(VENV)：Debian/Ubuntu 请先 apt install python3-venv" >&2; exit 1; }
	@$(INSTALL) -r requirements-build.txt
	@$(INSTALL) -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

# Versions and hashes of all files of a version, for every Python and machine; no index is named.
LOCK := build/lock/bin/pip-compile --quiet --no-config --generate-hashes --strip-extras --no-header --no-emit-options \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --upgrade pyproject.toml

lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --quiet install pip-tools
	$(LOCK) --allow-unsafe --only-build-deps --all-build-deps --output-file requirements-build.txt
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

# Asks PyPI's advisories about every pinned version, the tools' too (AUDIT='-s osv' asks OSV); needs the network.
audit:
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip --quiet install pip-audit
	for file in requirements*.txt; do \
	    build/audit/bin/pip-audit --require-hashes --disable-pip --progress-spinner off $(AUDIT) -r $$file || exit 1; done
