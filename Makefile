# make alone prints the commands.
VENV := .venv
PYTHON ?= python3
KAZNA := $(VENV)/bin/kazna
STAMP := $(VENV)/.ready
BESIDE := -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

help:
	@echo "make demo [ARGS=...]   build a synthetic region, run the main job, serve the web"
	@echo "make test              run all tests"
	@echo "make check             format, lint, imports, types, fast tests"
	@echo "make law [M=measure]   check rule documents and run their examples"
	@echo "make docs              write the generated reference pages"
	@echo "make screens           draw every screen into docs/screens"
	@echo "make reset             remove all run-time data"
	@echo "make doctor            say what is wrong with the set-up"

demo: $(STAMP)
	@$(KAZNA) demo $(ARGS)

test: $(VENV)/.ready-dev
	@scripts/install_chromium
	@scripts/install_java
	@$(VENV)/bin/pytest $(or $(T),$(BESIDE))

check: $(VENV)/.ready-dev
	$(VENV)/bin/ruff format --check src tests bench docs
	$(VENV)/bin/ruff check src tests bench docs
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest -q -m "not browser"

law: $(STAMP)
	$(KAZNA) law check
	$(KAZNA) law test $(if $(M),--measure $(M))

docs: $(STAMP)
	@$(VENV)/bin/python docs/generate.py

screens: $(VENV)/.ready-dev
	@scripts/install_chromium
	@rm -f docs/screens/*.png
	KAZNA_PICTURES=docs/screens $(VENV)/bin/pytest -q -k "screens_are or under_way or school_kit" \
		tests/web/test_accessibility.py tests/web/test_draft_screens.py tests/journeys/test_school_kit.py

reset: $(STAMP)
	@$(KAZNA) reset --yes

doctor: $(STAMP)
	@$(KAZNA) doctor

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@scripts/install $(VENV) "$(PYTHON)" ""
	@touch $@

$(VENV)/.ready-dev: pyproject.toml constraints.txt
	@scripts/install $(VENV) "$(PYTHON)" "dev"
	@touch $(STAMP) $@

.PHONY: help demo test check law docs screens reset doctor setup
