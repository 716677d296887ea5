# Every command sets itself up: environment and packages on first use, nothing on the next.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOMS := rag ingest vectorstore ui eval
# Public data sets for benchmarks and training; see README, "评测".
RAG_DATA ?= ../shared/data
export RAG_DATA

.PHONY: run test fuzz check eval baseline bench fit format clean

run: $(VENV)/.run
	$(BIN)/rag serve --seeds seeds/documents

test: $(VENV)/.dev
	$(BIN)/pytest

# Properties are tried on new examples; what fails belongs into its test as an `@example`.
fuzz: $(VENV)/.dev
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

# Reports go to eval/reports; what needs the public data is left out where there is none.
eval: $(VENV)/.run
	$(BIN)/rag eval --documents seeds/documents --against eval/baselines/seeds.json \
	    --output eval/reports/seeds.json --html eval/reports/seeds.html
	if [ -d "$(RAG_DATA)" ]; then \
	    $(BIN)/python -m eval.sources eval/questions/provinces.jsonl eval/reports/provinces && \
	    $(BIN)/rag eval --questions eval/questions/provinces.jsonl --documents eval/reports/provinces \
	        --output eval/reports/provinces.json --html eval/reports/provinces.html && \
	    $(BIN)/rag bench reading --every 20; \
	fi

# What the tests compare with: run it after a change for the better, or one that is worth its price.
baseline: $(VENV)/.run
	$(BIN)/rag eval --documents seeds/documents --output eval/reports/seeds.json --baseline eval/baselines/seeds.json

# All of it takes hours on two cores, most of them `growth` (`--paragraphs 100000` stops it earlier); each line
# can be run alone. `formats` needs LibreOffice and Chromium.
bench: $(VENV)/.dev
	$(BIN)/python -m vectorstore.training.benchmark --data $(RAG_DATA)
	$(BIN)/rag bench quality
	$(BIN)/rag bench reading
	$(BIN)/rag bench growth
	$(BIN)/rag bench peers
	$(BIN)/rag bench formats
	$(BIN)/rag bench throughput
	$(BIN)/rag bench hostile
	$(BIN)/rag bench model
	$(BIN)/rag bench kills
	$(BIN)/rag bench corruption
	$(BIN)/rag bench churn
	$(BIN)/rag bench plots

fit: $(VENV)/.run
	$(BIN)/rag fit --data $(RAG_DATA)

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
