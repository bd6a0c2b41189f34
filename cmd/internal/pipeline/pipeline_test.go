package pipeline

import (
	"errors"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"

	"jianbao/corpus"
	"jianbao/corpus/sample"
	"jianbao/corpus/table"
	"jianbao/extract"
	"jianbao/ingest"
	"jianbao/segment"
	"jianbao/segment/script"
)

func newPipeline(t testing.TB) *Pipeline {
	t.Helper()
	rules, err := extract.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(rules)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The fingerprint says what the stages make of bytes: the same in every
// process, another for other words.
func TestFingerprint(t *testing.T) {
	a, b := newPipeline(t), newPipeline(t)
	if a.Fingerprint() != b.Fingerprint() {
		t.Errorf("%s and %s of the same rules", a.Fingerprint(), b.Fingerprint())
	}
	rules, err := extract.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	rules.Packs[0].Examples = nil
	c, err := New(rules)
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(rules, segment.Word{Text: "雾露崖村", Frequency: 100})
	if err != nil {
		t.Fatal(err)
	}
	if c.Fingerprint() == a.Fingerprint() || c.Fingerprint() == d.Fingerprint() {
		t.Error("other rules or words have the same fingerprint")
	}
}

// samples are the raw sample articles, in the order of their names.
func samples(t testing.TB) []*corpus.Raw {
	t.Helper()
	var out []*corpus.Raw
	for raw, err := range ingest.FS(t.Context(), ingest.Options{}, sample.FS()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, raw)
	}
	return out
}

// The counts of the samples are held to their gold; a change that finds fewer
// of them, or more that are none, fails here.
func TestSampleCounts(t *testing.T) {
	const floor = 0.97
	p := newPipeline(t)
	gold, err := sample.Gold()
	if err != nil {
		t.Fatal(err)
	}
	var right, wrong, missed int
	for i, raw := range samples(t) {
		doc, err := p.Document(raw)
		if err != nil {
			t.Fatal(err)
		}
		if g := gold[i]; g.File != raw.URI || g.Script != doc.Script {
			t.Errorf("%s: script %s, gold of %s says %s", raw.URI, doc.Script, g.File, g.Script)
		}
		got := core(doc.Mentions, func(m corpus.Mention) string { return m.Category })
		for _, want := range core(gold[i].Mentions, func(m sample.Mention) string { return m.Category }) {
			at := slices.IndexFunc(got, func(m corpus.Mention) bool { return agrees(m, want) })
			if at < 0 {
				missed++
				t.Logf("%s: missed %s %s %s", raw.URI, want.Category, want.NumberText, want.Head)
				continue
			}
			right++
			got = slices.Delete(got, at, at+1)
		}
		wrong += len(got)
		for _, m := range got {
			t.Logf("%s: wrong %s %s", raw.URI, m.Category, m.Span.Of(doc.Text))
		}
	}
	f1 := 2 * float64(right) / float64(2*right+wrong+missed)
	t.Logf("right %d, wrong %d, missed %d: F1 %.3f", right, wrong, missed, f1)
	if f1 < floor {
		t.Errorf("F1 %.3f is below %.2f", f1, floor)
	}
}

func core[T any](mentions []T, category func(T) string) []T {
	var out []T
	for _, m := range mentions {
		if slices.Contains([]string{"branch", "cadre", "checkpoint"}, category(m)) {
			out = append(out, m)
		}
	}
	return out
}

// agrees compares all that gold says of a count. Of a head that several share
// a number with, the mention names one.
func agrees(m corpus.Mention, want sample.Mention) bool {
	same := func(got corpus.Int64, want *int64) bool {
		return got.Valid == (want != nil) && (want == nil || got.N == *want)
	}
	headless := slices.Contains(want.Flags, corpus.Headless)
	return m.Category == want.Category && m.NumberText == want.NumberText && m.Unit == want.Unit &&
		m.Count.Modifier == want.Modifier && same(m.Count.Value, want.Value) && same(m.Count.Lo, want.Lo) && same(m.Count.Hi, want.Hi) &&
		(headless || strings.HasSuffix(m.Head, want.Head) || strings.HasSuffix(want.Head, m.Head) || strings.Contains(want.Head, m.Head))
}

// checkOffsets holds the promise of provenance for one document: as rows with
// code points, every mention leads to what was printed and to what was
// crawled.
func checkOffsets(t *testing.T, doc *corpus.Document) {
	t.Helper()
	row, mentions, edits, sentences := table.FromDocument(doc, table.Meta{Fold: fold})
	text, raw := []rune(row.Text), []rune(row.RawText)
	if got, err := corpus.Apply(doc.RawText, doc.Edits); err != nil || got != doc.Text {
		t.Fatalf("%s: edits do not rebuild the text: %v", doc.ID, err)
	}
	for i, m := range mentions {
		if got := string(text[m.NumberStart:m.NumberEnd]); got != m.NumberText {
			t.Errorf("%s: number %q at %q", doc.ID, m.NumberText, got)
		}
		if got := string(text[m.HeadStart:m.HeadEnd]); got != m.Head {
			t.Errorf("%s: head %q at %q", doc.ID, m.Head, got)
		}
		if !strings.Contains(m.Sentence, string(text[m.Start:m.End])) {
			t.Errorf("%s: span %q is not in its sentence %q", doc.ID, string(text[m.Start:m.End]), m.Sentence)
		}
		if m.NumberStart < m.Start || m.End < m.NumberEnd {
			t.Errorf("%s: span [%d,%d) without its number [%d,%d)", doc.ID, m.Start, m.End, m.NumberStart, m.NumberEnd)
		}
		crawled := doc.Mentions[i].Raw
		if got := recleaned(t, doc, crawled); got != string(text[m.Start:m.End]) {
			t.Errorf("%s: what was crawled at [%d,%d), %q, cleans to %q, printed was %q", doc.ID, m.RawStart, m.RawEnd,
				string(raw[m.RawStart:m.RawEnd]), got, string(text[m.Start:m.End]))
		}
		if got := string(raw[m.RawStart:m.RawEnd]); got != crawled.Of(doc.RawText) {
			t.Errorf("%s: raw span %q, in bytes %q", doc.ID, got, crawled.Of(doc.RawText))
		}
	}
	for _, e := range edits {
		if got := string(raw[e.RawStart:e.RawEnd]); got != e.Before {
			t.Errorf("%s: edit of %q at %q", doc.ID, e.Before, got)
		}
	}
	for _, s := range sentences {
		if n := len(s.TokenEnds); n == 0 || s.TokenEnds[n-1] < s.End || s.TokenEnds[0] <= s.Start {
			t.Errorf("%s: sentence [%d,%d) has tokens that end at %v", doc.ID, s.Start, s.End, s.TokenEnds)
		}
	}
}

// recleaned applies to a piece of the source the edits that lie in it. A span
// holds replaced pieces whole, so none may reach across its border.
func recleaned(t *testing.T, doc *corpus.Document, span corpus.Span) string {
	t.Helper()
	var inside []corpus.Edit
	for _, e := range doc.Edits {
		if !e.Raw.Empty() && span.Overlaps(e.Raw) || e.Raw.Empty() && span.Start < e.Raw.Start && e.Raw.Start < span.End {
			if !span.Contains(e.Raw) {
				t.Errorf("%s: edit %+v reaches across the border of %v", doc.ID, e, span)
				return ""
			}
			e.Raw = corpus.Span{Start: e.Raw.Start - span.Start, End: e.Raw.End - span.Start}
			inside = append(inside, e)
		}
	}
	got, err := corpus.Apply(span.Of(doc.RawText), inside)
	if err != nil {
		t.Errorf("%s: %v", doc.ID, err)
	}
	return got
}

func TestOffsetsOfSamples(t *testing.T) {
	p := newPipeline(t)
	for _, raw := range samples(t) {
		doc, err := p.Document(raw)
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Mentions) == 0 || len(doc.Edits) == 0 {
			t.Errorf("%s: %d mentions, %d edits: nothing to check", raw.URI, len(doc.Mentions), len(doc.Edits))
		}
		checkOffsets(t, doc)
	}
}

// The promise holds for whatever becomes of an article on its way.
func TestOffsetsOfMutatedSamples(t *testing.T) {
	p := newPipeline(t)
	r := rand.New(rand.NewPCG(3, 5))
	mentions := 0
	for _, raw := range samples(t) {
		for range 25 {
			doc, err := p.Document(&corpus.Raw{Bytes: mutate(r, raw.Bytes), UTF8: true, Media: raw.Media, URI: raw.URI})
			var bad *ingest.Bad
			if errors.As(err, &bad) && bad.Reason == ingest.NothingLeft {
				continue // a tag that hides the rest of the page
			}
			if err != nil {
				t.Fatalf("%s: %v", raw.URI, err)
			}
			mentions += len(doc.Mentions)
			checkOffsets(t, doc)
		}
	}
	if mentions < 1000 {
		t.Errorf("only %d mentions were checked", mentions)
	}
}

// mutate sprinkles dirt and characters of other widths over an article, and
// cuts it anywhere.
func mutate(r *rand.Rand, text []byte) []byte {
	dirt := []string{"\u200b", "\u00a0", "&nbsp;", "(gè)", "１２３个", "\xff", "<b>", "𠮷", "𨦫", "\ufeff", "３名干部", "\r\n", "\u202e", "党支部"}
	out := slices.Clone(text)
	for range 1 + r.IntN(30) {
		at := r.IntN(len(out) + 1)
		if r.IntN(6) == 0 {
			out = slices.Delete(out, at, min(len(out), at+1+r.IntN(9)))
			continue
		}
		out = slices.Insert(out, at, []byte(dirt[r.IntN(len(dirt))])...)
	}
	return out
}

// An article in the other script has the same counts at the same places.
func TestScriptDoesNotMatter(t *testing.T) {
	p := newPipeline(t)
	for _, raw := range samples(t) {
		if path.Ext(raw.URI) == ".html" {
			continue
		}
		printed, err := p.Document(raw)
		if err != nil {
			t.Fatal(err)
		}
		hans := script.Fold(printed.Text).Text
		folded, err := p.Document(&corpus.Raw{Bytes: []byte(hans), UTF8: true, Media: corpus.Text})
		if err != nil {
			t.Fatal(err)
		}
		if folded.Text != hans {
			continue // cleaning saw a title or a credit in the body alone
		}
		if printed.TextSHA256 != folded.TextSHA256 {
			t.Errorf("%s: the folded body has another hash", raw.URI)
		}
		if len(printed.Mentions) != len(folded.Mentions) {
			t.Errorf("%s: %d mentions as printed, %d folded", raw.URI, len(printed.Mentions), len(folded.Mentions))
			continue
		}
		for i, m := range printed.Mentions {
			if n := folded.Mentions[i]; m.Count != n.Count || m.Category != n.Category || m.Term != n.Term || fold(m.Head) != n.Head {
				t.Errorf("%s: %s as printed, %s folded", raw.URI, m.Span.Of(printed.Text), n.Span.Of(hans))
			}
		}
	}
}
