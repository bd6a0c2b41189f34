package segment_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/segment"
	"jianbao/segment/lexicon"
)

// nearTie has words beside each other that can be cut in two ways that are as good
// but for a thousandth of a bit: 松脱 下 and 松 脱下.
const nearTie = "护士阮芳松脱下防护服，一夜没合眼。"

// A part has the tokens of the whole text, or it is said that they are not known.
func TestAppendPart(t *testing.T) {
	user, err := open(t).With([]segment.Word{{Text: "秋水镇", Frequency: 900}})
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*segment.Segmenter{"general": open(t), "domain": withWords(t, lexicon.Words()...), "user": user} {
		rng, told, all := rand.New(rand.NewPCG(5, 6)), 0, 0
		for range 300 {
			text, parts := randomSentences(rng, 1+rng.IntN(60))
			whole := s.Append(nil, text)
			for _, part := range parts {
				all++
				got, ok := s.AppendPart(nil, text, part)
				if !ok {
					continue
				}
				told++
				if diff := cmp.Diff(within(whole, part), got); diff != "" {
					t.Fatalf("%s: %q in %q (-whole +part):\n%s", name, part.Of(text), text, diff)
				}
			}
		}
		if told < all*3/4 {
			t.Errorf("%s: only %d of %d parts could be told", name, told, all)
		}
	}
}

// Where it depends on the text before how a sentence is cut, nothing is told.
func TestAppendPartDoubts(t *testing.T) {
	s := withWords(t, lexicon.Words()...)
	text := strings.Repeat(sentences[0], 20) + nearTie
	if _, ok := s.AppendPart(nil, text, corpus.Span{Start: len(text) - len(nearTie), End: len(text)}); ok {
		t.Errorf("%s is told", nearTie)
	}
	if _, ok := s.AppendPart(nil, strings.Repeat("党", 1<<16), corpus.Span{End: 3}); ok {
		t.Error("a text whose sums begin anew is told")
	}
}

// randomSentences is a text, and where its sentences are.
func randomSentences(rng *rand.Rand, n int) (text string, parts []corpus.Span) {
	all := append([]string{nearTie}, sentences...)
	for range n {
		start := len(text)
		text += strings.TrimRight(all[rng.IntN(len(all))], "。") + "。"
		parts = append(parts, corpus.Span{Start: start, End: len(text)})
	}
	return text, parts
}

func within(tokens []corpus.Token, part corpus.Span) (out []corpus.Token) {
	for _, t := range tokens {
		if part.Contains(corpus.Span(t)) {
			out = append(out, t)
		}
	}
	return out
}

// No general word and none of ours reaches across a full stop or the end of a line.
func TestPieces(t *testing.T) {
	for _, token := range oracle(t).Dict.Tokens {
		if w := token.Text(); strings.ContainsAny(w, "。\n") && len(w) > len("。") {
			t.Errorf("the general word %q", w)
		}
	}
	for _, w := range lexicon.Words() {
		if strings.ContainsAny(w, "。\n") {
			t.Errorf("the word %q", w)
		}
	}
}
