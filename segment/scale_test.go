package segment_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/segment"
	"jianbao/segment/lexicon"
)

func TestAppendAllocations(t *testing.T) {
	text := strings.Repeat(strings.Join(sentences, "\n"), 20)
	for name, s := range map[string]*segment.Segmenter{"general": open(t), "domain": withWords(t, lexicon.Words()...)} {
		dst := s.Append(nil, text)
		if n := testing.AllocsPerRun(20, func() { dst = s.Append(dst[:0], text) }); n != 0 {
			t.Errorf("%s words: %v allocations, want 0", name, n)
		}
	}
	s := open(t)
	sub := s.SubWords(nil, "中华人民共和国")
	if n := testing.AllocsPerRun(20, func() { sub = s.SubWords(sub[:0], "中华人民共和国") }); n != 0 {
		t.Errorf("sub-words: %v allocations, want 0", n)
	}
}

// None of these would end within the limit of a test run in anything but
// linear time.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	s := withWords(t, lexicon.Words()...)
	for _, tt := range []struct {
		name, piece string
		size        int
	}{
		{"ten megabytes without a space", "全县共设立临时党支部三十六个组织党员干部下沉一线", 10_000_000},
		{"one character a million times", "哈", 3_000_000},
		{"one character of long words", "一", 1_000_000},
		{"latin run", "a", 3_000_000},
		{"full stops", ".", 1_000_000},
		{"invalid bytes", "\xff", 1_000_000},
		{"overlapping words", "人民共和国中华", 1_000_000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Repeat(tt.piece, tt.size/len(tt.piece))
			checkTiles(t, text, s.Append(nil, text))
		})
	}
}

// Where no place is free of crossing words for long, the window grows and the
// tokens are gse's.
func TestLongTextsEqualGse(t *testing.T) {
	t.Parallel()
	s, g := open(t), oracle(t)
	checkEqual(t, s, g, strings.Repeat("哈", 20_000))
	checkEqual(t, s, g, strings.Repeat("人民共和国中华", 2_000))
	checkEqual(t, s, g, strings.Repeat(strings.Join(sentences, "\n"), 40))
}

// However long the text before it, a sentence is cut as it is alone.
func TestSentenceAfterLongText(t *testing.T) {
	s := open(t)
	text := strings.Repeat(strings.Join(sentences, "\n")+"\n", 300)
	var late []string
	all := text + strings.Join(sentences, "\n")
	for _, k := range s.Append(nil, all) {
		if k.Start >= len(text) {
			late = append(late, all[k.Start:k.End])
		}
	}
	var alone []string
	for i, sentence := range sentences {
		if i > 0 {
			alone = append(alone, "\n")
		}
		alone = append(alone, split(sentence, s.Append(nil, sentence))...)
	}
	if diff := cmp.Diff(alone, late); diff != "" {
		t.Error(diff)
	}
}

// Opening reads the dictionary where it is: what it allocates is the alphabet
// and the costs, far from the 60 MB that the program may take.
func TestOpenMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s := open(t)
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 1_000_000 {
		t.Errorf("opening allocates %d bytes", n)
	}
	if len(s.Append(nil, sentences[0])) == 0 {
		t.Error("no tokens")
	}
}

func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := segment.Open(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWithWords(b *testing.B) {
	s, words := open(b), lexicon.Words()
	for b.Loop() {
		if _, err := s.WithWords(words); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSegment(b *testing.B) {
	text := strings.Join(sentences, "\n")
	run := func(name string, s *segment.Segmenter) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			var dst []corpus.Token
			for b.Loop() {
				dst = s.Append(dst[:0], text)
			}
		})
	}
	run("ours", open(b))
	run("domain", withWords(b, lexicon.Words()...))
	b.Run("gse", func(b *testing.B) {
		g, bytes := oracle(b), []byte(text)
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			g.Segment(bytes)
		}
	})
}
