package clean

import (
	"math/rand/v2"
	"slices"
	"testing"
	"testing/quick"

	"jianbao/corpus"
)

// randomPatches makes ordered patches without overlaps: insertions,
// deletions and replacements, touching ones among them.
func randomPatches(r *rand.Rand, text string, kind string) []patch {
	var out []patch
	for at := 0; at < len(text); {
		at += r.IntN(4)
		end := min(at+r.IntN(4), len(text))
		if at > len(text) {
			break
		}
		after := "甲乙丙丁"[:3*r.IntN(3)]
		if at == end && after == "" {
			at++
			continue
		}
		out = append(out, patch{span: corpus.Span{Start: at, End: end}, after: after, kind: kind, confidence: 1})
		at = end
		if r.IntN(2) == 0 || len(out) > 0 && out[len(out)-1].span.Empty() {
			at++
		}
	}
	return out
}

func TestComposeRebuildsText(t *testing.T) {
	property := func(seed1, seed2 uint64) bool {
		r := rand.New(rand.NewPCG(seed1, seed2))
		source := make([]byte, r.IntN(40))
		for i := range source {
			source[i] = byte('a' + r.IntN(26))
		}
		d := draft{source: string(source), text: string(source)}
		for _, kind := range []string{"one", "two", "three"} {
			d.apply(randomPatches(r, d.text, kind))
			got, err := corpus.Apply(d.source, d.edits)
			if err != nil || got != d.text {
				t.Logf("source %q: edits give %q (%v), the steps give %q\n%+v", source, got, err, d.text, d.edits)
				return false
			}
		}
		return true
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 20000}); err != nil {
		t.Error(err)
	}
}

func TestComposeCoalesces(t *testing.T) {
	d := draft{source: "個(gè)１２", text: "個(gè)１２"}
	gloss := corpus.Span{Start: 3, End: 8}
	d.apply([]patch{{span: gloss, kind: "gloss", confidence: 0.9}})
	d.apply([]patch{{span: corpus.Span{Start: 3, End: 9}, after: "12", kind: "fullwidth", confidence: 1}})
	if len(d.edits) != 2 || d.text != "個12" {
		t.Fatalf("touching edits must stay apart: %q %+v", d.text, d.edits)
	}
	d.apply([]patch{{span: corpus.Span{Start: 0, End: 5}, after: "", kind: "head", confidence: 1}})
	want := corpus.Edit{
		Kinds: []string{"gloss", "fullwidth", "head"}, Raw: corpus.Span{Start: 0, End: 14},
		Before: "個(gè)１２", Applied: true, Confidence: 0.9,
	}
	if len(d.edits) != 1 || !slices.Equal(d.edits[0].Kinds, want.Kinds) || d.edits[0].Before != want.Before ||
		d.edits[0].Confidence != want.Confidence || d.edits[0].Raw != want.Raw {
		t.Errorf("got %+v, want %+v", d.edits, want)
	}
}
