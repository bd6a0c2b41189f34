package segment_test

import (
	"fmt"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/go-ego/gse"
	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/segment"
)

// loadGse takes more than a second: the tests share one.
var loadGse = sync.OnceValues(func() (*gse.Segmenter, error) {
	seg := &gse.Segmenter{NotLoadHMM: true, SkipLog: true}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, fmt.Errorf("load gse: %w", err)
	}
	return seg, nil
})

func oracle(t testing.TB) *gse.Segmenter {
	t.Helper()
	seg, err := loadGse()
	if err != nil {
		t.Fatal(err)
	}
	return seg
}

func open(t testing.TB) *segment.Segmenter {
	t.Helper()
	s, err := segment.Open()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func withWords(t testing.TB, words ...string) *segment.Segmenter {
	t.Helper()
	s, err := open(t).WithWords(words)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func gseTokens(g *gse.Segmenter, text string) []corpus.Token {
	var out []corpus.Token
	for _, s := range g.Segment([]byte(text)) {
		out = append(out, corpus.Token{Start: s.Start(), End: s.End()})
	}
	return out
}

// checkEqual holds the tokens of text against gse's.
func checkEqual(t *testing.T, s *segment.Segmenter, g *gse.Segmenter, text string) {
	t.Helper()
	got, want := s.Append(nil, text), gseTokens(g, text)
	if !cmp.Equal(want, got) {
		if len(text) > 2000 {
			t.Fatalf("%d bytes: tokens differ from gse's (%d, gse %d)", len(text), len(got), len(want))
		}
		t.Fatalf("%q: %s", text, cmp.Diff(split(text, want), split(text, got)))
	}
}

func checkTiles(t *testing.T, text string, tokens []corpus.Token) {
	t.Helper()
	at := 0
	for _, k := range tokens {
		if k.Start != at || k.End <= k.Start {
			t.Fatalf("token %v does not follow byte %d", k, at)
		}
		for i := k.Start; i < k.End; {
			_, size := utf8.DecodeRuneInString(text[i:])
			if i += size; i > k.End {
				t.Fatalf("token %v ends inside a character of %q", k, text)
			}
		}
		at = k.End
	}
	if at != len(text) {
		t.Fatalf("tokens end at %d of %d bytes", at, len(text))
	}
}

func split(text string, tokens []corpus.Token) []string {
	out := make([]string, len(tokens))
	for i, k := range tokens {
		out[i] = text[k.Start:k.End]
	}
	return out
}
