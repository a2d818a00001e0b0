# Corong. `make` lists what there is; each line runs on a fresh machine.
-include .env
export
export PYTHONPATH := $(CURDIR)
unexport PYTHONDONTWRITEBYTECODE  # compiled once, Airflow starts four seconds sooner
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup tools report ui stack test browser spark check bench bench-kpis bench-report preview gallery words locale lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup:  ## packages from the lock, Pango, fonts; done once, by every other target
	@bin/setup

tools:  ## and what tests and checks need beyond that; done once, by their targets
	@bin/setup all

report: setup  ## run one day's nights on the sample company and mail the reports (DAY=YYYY-MM-DD)
	@$(PY) -m bin.report $(DAY)

ui: setup  ## Airflow on 127.0.0.1:8080 with the sample company behind it
	@$(PY) -m bin.ui

stack: tools  ## the services of docker-compose.yml without Docker, on Debian's Postgres and Redis
	@$(PY) -m bin.stack

test: tools  ## every test, the sample company end to end included (tests/conftest.py says what runs beside what)
	@$(PY) -m pytest -q -n 3 -m "not spark"

browser: tools  ## a night backfilled in a real browser, through Airflow's own form; minutes
	@$(PY) -m pytest -q -m browser tests/end_to_end

spark: tools  ## every KPI by DuckDB and by Spark on a small lake, and what differs; minutes
	@bin/setup spark
	@$(PY) -m pytest -q -s -m spark -p no:cacheprovider tests/kpis

check: tools  ## lint, types, layers, catalogues, generated docs
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@$(PY) -m bin.words check
	@$(PY) -m bin.declarations
	@$(PY) -m bin.kpi_docs check

bench: setup  ## time and memory of the first and the second report, and of importing the Dags
	@$(PY) -m benchmarks.report

bench-kpis: setup  ## what the catalogue costs a night (after make report), and beside its rivals (EVENTS=1_000_000)
	@$(PY) -m benchmarks.night
	@$(PY) -m benchmarks.kpis --events $(or $(EVENTS),1_000_000) --rounds $(or $(ROUNDS),3)
	@$(PY) -m benchmarks.kpis.history --rounds $(or $(ROUNDS),3)

bench-report: tools  ## CPU and size of a report against other printers, and many in a row (REPORTS=1000)
	@$(PY) -m benchmarks.pages --reports $(or $(REPORTS),100)

preview: setup  ## one edition made again from stored scores (REGION=malaysia LOCALE=ms_MY DAY=…, WATCH=1 to stay)
	@$(PY) -m bin.preview "$(REGION)" "$(LOCALE)" "$(DAY)" $(if $(WATCH),--watch)

gallery: tools  ## every edition of a day on one page: data/gallery/index.html (DAY=…)
	@$(PY) -m bin.gallery "$(DAY)"

words: tools  ## collect the words of code and templates into the catalogues, and docs/kpis.md from the declarations
	@$(PY) -m bin.words update
	@$(PY) -m bin.kpi_docs update

locale: tools  ## start a language: make locale L=fr
	@$(PY) -m bin.words start $(L)

lock: tools  ## resolve pyproject.toml into requirements.txt
	@.venv/bin/uv pip compile --quiet --universal --no-annotate --no-header --python-version 3.11 \
		--group pyproject.toml:dev --group pyproject.toml:stack --group pyproject.toml:spark pyproject.toml -o requirements.txt

clean:  ## forget the lake, the reports and the mailbox; keep the packages
	@rm -rf data
