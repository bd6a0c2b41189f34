# Few targets; `make` alone lists them.
GO     ?= go
SHARED ?= ../shared
NODE   := corpus/table/testdata/hyparquet cmd/internal/web/testdata/axe
VENV   := bin/venv
PINS   := examples/notebooks/requirements.txt
SCORE   = python3 $(SHARED)/tools/score.py

.PHONY: help demo test venv chromium kill lint bench scale bench-search bench-serve generate eval

help:
	@echo 'make demo      ingest the sample articles, show counts, searches and tables'
	@echo 'make test      everything that must pass, with its own set-up'
	@echo 'make chromium  the browser that looks at the pages, from Debian'
	@echo 'make kill      kill the program 200 times amid its work; JIANBAO_TEST_KILL_SEED repeats a run'
	@echo 'make venv      the Python of the notebook, in bin/venv'
	@echo 'make lint      formatting, vet and staticcheck'
	@echo 'make bench     all benchmarks; compare runs with benchstat'
	@echo 'make scale     ingest N invented bulletins (1000000), show rate and memory as the corpus grows; Linux'
	@echo 'make bench-search  ingest N of them, then time a fixed list of searches, cold and warm; sizes; Linux'
	@echo 'make bench-serve   the same, then jianbao serve with one reader, fifty and too many; Linux'
	@echo 'make generate  rebuild the generated tables'
	@echo 'make eval      score the extractor on the development data in $(SHARED), where it is'

demo:
	$(GO) run ./cmd/jianbao demo

# The tables are read back by implementations that are not ours: hyparquet,
# under Node.js, and pyarrow; the notebook is run; the pages are walked through
# in Chromium and looked over by axe-core. Without npm, Python or Chromium these
# tests are skipped by name; with CI set they fail.
test: lint venv chromium
	@if command -v npm >/dev/null; then for d in $(NODE); do npm ci --prefix $$d --no-audit --no-fund --loglevel=error || exit 1; done; \
	else echo 'make test: npm is not here, reading the tables back with hyparquet and axe-core are skipped'; fi
	$(GO) test -race ./...

kill:
	JIANBAO_TEST_KILLS=200 $(GO) test -count=1 -v -run TestKilledAtAnyMoment ./cmd/internal/cli

# What the notebook needs, in an environment of its own; made anew when the pins
# have changed.
venv:
	@if cmp -s $(PINS) $(VENV)/pins; then :; \
	elif python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		rm -rf $(VENV) && python3 -m venv $(VENV) && \
		$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $(PINS) && cp $(PINS) $(VENV)/pins; \
	else echo 'make test: python3 (3.11 or later, with venv) is not here, the notebook and pyarrow are skipped'; fi

# The browser is installed where that is possible: on Debian, as root.
chromium:
	@if command -v chromium >/dev/null; then :; \
	elif command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends chromium >/dev/null; then :; \
	else echo 'make test: chromium is not here and cannot be installed, the pages are not looked at in a browser'; fi

lint:
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# A million take about half an hour on two idle cores, and 8 GB of disk below TMPDIR.
# SCALE='-cpuprofile cpu.prof' adds flags; -max-rss and -min-rate are its limits.
N     ?= 1000000
scale:
	$(GO) run ./cmd/internal/scale -n $(N) $(SCALE)

# docs/performance.md has the table of N=100000: some minutes, 1 GB below TMPDIR.
bench-search:
	$(GO) run ./cmd/internal/scale -n $(N) -min-rate 0 -search $(SCALE)

bench-serve:
	$(GO) run ./cmd/internal/scale -n $(N) -min-rate 0 -serve 30s $(SCALE)

generate:
	$(GO) generate ./...

eval:
	@test -d $(SHARED)/gold || { echo 'make eval: no development data at $(SHARED)'; exit 1; }
	@$(GO) build -o bin/jianbao ./cmd/jianbao
	@printf '%-10s  %s\n' gold figure
	@for what in 'mentions sentences_dev.jsonl' 'seeds seeds_mentions.jsonl $(SHARED)/seeds' \
		'negatives seeds_negatives.jsonl $(SHARED)/seeds' 'dirt dirt_dev.jsonl' 'meta meta_dev.jsonl'; do \
		set -- $$what; \
		figure=$$($(SCORE) $$1 $(SHARED)/gold/$$2 $$3 -- bin/jianbao extract --format jsonl - | tail -n 1) || exit 1; \
		printf '%-10s  %s\n' "$$1" "$$figure"; \
	done
