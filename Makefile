# Few targets; `make` alone lists them.
GO     ?= go
SHARED ?= ../shared
NODE   := corpus/table/testdata/hyparquet
SCORE   = python3 $(SHARED)/tools/score.py

.PHONY: help demo test kill lint bench generate eval

help:
	@echo 'make demo      ingest the sample articles, show counts, searches and tables'
	@echo 'make test      everything that must pass, with its own set-up'
	@echo 'make kill      kill the program 200 times amid its work; JIANBAO_TEST_KILL_SEED repeats a run'
	@echo 'make lint      formatting, vet and staticcheck'
	@echo 'make bench     all benchmarks; compare runs with benchstat'
	@echo 'make generate  rebuild the generated tables'
	@echo 'make eval      score the extractor on the development data in $(SHARED), where it is'

demo:
	$(GO) run ./cmd/jianbao demo

# The tables are read back by an implementation that is not ours: hyparquet,
# under Node.js. Without npm that test is skipped by name; with CI set it fails.
test: lint
	@if command -v npm >/dev/null; then npm ci --prefix $(NODE) --no-audit --no-fund --loglevel=error; \
	else echo 'make test: npm is not here, reading the tables back with hyparquet is skipped'; fi
	$(GO) test -race ./...

kill:
	JIANBAO_TEST_KILLS=200 $(GO) test -count=1 -v -run TestKilledAtAnyMoment ./cmd/internal/cli

lint:
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

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
