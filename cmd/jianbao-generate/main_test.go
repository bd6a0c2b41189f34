package main

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestWriteRange(t *testing.T) {
	var all, some strings.Builder
	if err := errors.Join(write(&all, 1, 0, 8), write(&some, 1, 5, 3)); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(all.String(), some.String()) || strings.Count(some.String(), "\n") != 3 {
		t.Errorf("articles 5 to 7 are\n%s of\n%s", some.String(), all.String())
	}
	var first struct{ ID, URL, Title, Date, Source, Text string }
	if err := json.NewDecoder(strings.NewReader(some.String())).Decode(&first); err != nil {
		t.Fatal(err)
	}
	if first.ID != "1-5" || first.URL == "" || first.Title == "" || first.Date == "" || first.Source == "" || first.Text == "" {
		t.Errorf("%+v", first)
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no room")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteFails(t *testing.T) {
	for _, n := range []uint64{1, 200} { // at the end, and on the way
		if err := write(full{}, 1, 0, n); !errors.Is(err, errFull) {
			t.Errorf("%d articles: %v", n, err)
		}
	}
}
