package corpus

import (
	"math/rand/v2"
	"testing"
	"testing/quick"
)

func TestApply(t *testing.T) {
	raw := "個(gè)支部"
	good := []Edit{{Raw: Span{3, 8}, Before: "(gè)", After: ""}}
	if got, err := Apply(raw, good); err != nil || got != "個支部" {
		t.Errorf("Apply = %q, %v", got, err)
	}
	for name, bad := range map[string][]Edit{
		"before differs": {{Raw: Span{3, 8}, Before: "(ge)"}},
		"beyond the end": {{Raw: Span{3, 80}}},
		"backwards":      {{Raw: Span{5, 3}}},
		"overlap":        {{Raw: Span{3, 8}, Before: "(gè)"}, {Raw: Span{3, 8}, Before: "(gè)"}},
	} {
		if got, err := Apply(raw, bad); err == nil {
			t.Errorf("%s: no error, %q", name, got)
		}
	}
}

// randomEdits makes ordered edits of raw that do not overlap.
func randomEdits(r *rand.Rand, raw string) []Edit {
	var out []Edit
	for at := r.IntN(4); at < len(raw); at += 1 + r.IntN(4) {
		end := min(at+r.IntN(4), len(raw))
		after := "WXYZ"[:r.IntN(4)]
		if at == end && after == "" {
			continue
		}
		out = append(out, Edit{Raw: Span{at, end}, Before: raw[at:end], After: after})
		at = end
	}
	return out
}

// A raw span must hold just what the edits turn into the cleaned span, with
// replaced pieces whole.
func TestRawMapSpan(t *testing.T) {
	property := func(seed uint64) bool {
		r := rand.New(rand.NewPCG(seed, 2))
		raw := "abcdefghijklmnopqrstuvw"[:r.IntN(24)]
		edits := randomEdits(r, raw)
		text, err := Apply(raw, edits)
		if err != nil {
			t.Fatal(err)
		}
		m := NewRawMap(edits)
		for start := range text {
			for end := start + 1; end <= len(text); end++ {
				got := m.Span(Span{start, end})
				if !covers(raw, text, edits, got, Span{start, end}) {
					t.Logf("raw %q edits %+v: text %q [%d,%d) gives raw [%d,%d)", raw, edits, text, start, end, got.Start, got.End)
					return false
				}
			}
		}
		return true
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

// covers checks a raw span by its definition: cleaning it alone gives a text
// that holds the cleaned span, and no smaller span of whole pieces does.
func covers(raw, text string, edits []Edit, got, want Span) bool {
	if got.Start < 0 || got.End > len(raw) || got.Start > got.End {
		return false
	}
	shift, first, last := 0, -1, -1
	for at, i := 0, 0; at <= len(raw); {
		if i < len(edits) && edits[i].Raw.Start == at {
			e := edits[i]
			clean := Span{at + shift, at + shift + len(e.After)}
			if clean.Overlaps(want) {
				if first < 0 {
					first = e.Raw.Start
				}
				last = e.Raw.End
			}
			shift += len(e.After) - e.Raw.Len()
			at = e.Raw.End
			i++
			continue
		}
		if at < len(raw) && want.Contains(Span{at + shift, at + shift + 1}) {
			if first < 0 {
				first = at
			}
			last = at + 1
		}
		at++
	}
	return got == Span{first, last}
}
