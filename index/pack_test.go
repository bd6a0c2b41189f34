package index

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestPack(t *testing.T) {
	texts := map[string]string{
		"nothing":   "",
		"one rune":  "卡",
		"short":     "卡口值守",
		"sampled":   article(1, 400),
		"other":     article(2, 3000),
		"repeated":  strings.Repeat("党员干部", 20_000),
		"not UTF-8": "卡\xff口",
	}
	for _, samples := range []string{"", "卡口", article(1, 400), article(3, 20_000)} {
		p, err := newPacker([]byte(samples))
		must(t, err)
		for name, text := range texts {
			if got, err := p.unpack(p.pack([]byte(text))); string(got) != text || err != nil {
				t.Errorf("%s with %d bytes of samples: %q, %v", name, len(samples), got, err)
			}
		}
	}
}

// TestPackSamples: samples save something, and what was packed with them is not
// read without them.
func TestPackSamples(t *testing.T) {
	with, err := newPacker([]byte(article(1, 4000)))
	must(t, err)
	without, err := newPacker(nil)
	must(t, err)
	text := []byte(article(2, 400))
	if a, b := len(with.pack(text)), len(without.pack(text)); 4*a > 3*b {
		t.Errorf("%d bytes with samples, %d without", a, b)
	}
	if _, err := without.unpack(with.pack(text)); err == nil {
		t.Error("a text was read without the samples that it was packed with")
	}
	if got, err := with.unpack(without.pack(text)); !bytes.Equal(got, text) || err != nil {
		t.Errorf("a text that was packed without samples: %q, %v", got, err)
	}
}

func TestSamplesOf(t *testing.T) {
	printed := func(texts ...string) (docs []Doc) {
		for _, s := range texts {
			docs = append(docs, Doc{Printed: s})
		}
		return docs
	}
	l := testLanguage()
	tests := []struct {
		name string
		docs []Doc
		max  int
		want string
	}{
		{"no documents", nil, 10, ""},
		{"no texts", printed("", ""), 1, "\x00"},
		{"all", printed("ab", "cd", "ef"), 10, "\x02ab\x02cd\x02ef"},
		{"every other", printed("ab", "cd", "ef", "gh"), 6, "\x02ab\x02ef"},
		{"none that fits", printed("abcdef"), 5, ""},
	}
	for _, tt := range tests {
		if got := string(l.samplesOf(tt.docs, tt.max)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestText: texts come back as printed, whichever of the writers of an index
// packed them.
func TestText(t *testing.T) {
	dir := t.TempDir()
	l := testLanguage()
	doc := func(i, version int) Doc {
		d := testDoc(l, fmt.Sprint(i), "", article(uint64(100*version+i), 300))
		d.Printed = "印 " + d.Text
		return d
	}
	want := map[string]string{"nobody": "", "deleted": ""}
	for version := range 3 {
		w := writer(t, dir, Options{BatchDocs: 2})
		var docs []Doc
		for i := version; i < 8; i++ {
			d := doc(i, version)
			docs, want[d.ID] = append(docs, d), d.Printed
		}
		gone := docs[0]
		gone.ID = "deleted"
		must(t, w.Index(t.Context(), append(docs, gone)), w.Delete(t.Context(), []string{gone.ID}))
		must(t, w.Publish(t.Context(), int64(version)+1), w.Close())
	}
	r := opened(t, dir)
	for id, text := range want {
		if got, err := r.Stored(t.Context(), id); got.Text != text || err != nil {
			t.Errorf("document %s: %.40q, %v, want %.40q", id, got.Text, err, text)
		}
	}
}

// TestTextOfNone: an index may have no texts.
func TestTextOfNone(t *testing.T) {
	dir := t.TempDir()
	w := writer(t, dir, Options{})
	must(t, w.Publish(t.Context(), 1))
	if got, err := opened(t, dir).Stored(t.Context(), "a"); got.Text != "" || err != nil {
		t.Errorf("an empty index: %q, %v", got.Text, err)
	}
	d := testDoc(testLanguage(), "a", "", "卡口")
	d.Printed = ""
	must(t, w.Index(t.Context(), []Doc{d}), w.Publish(t.Context(), 2), w.Close())
	if got, err := opened(t, dir).Stored(t.Context(), "a"); got.Text != "" || err != nil {
		t.Errorf("a document without a text: %q, %v", got.Text, err)
	}
}

// TestStaleGeneration: a generation of another format is not read.
func TestStaleGeneration(t *testing.T) {
	dir := t.TempDir()
	w := writer(t, dir, Options{})
	w.state.Format = format - 1
	must(t, w.Publish(t.Context(), 1), w.Close())
	if _, err := OpenReader(dir, testLanguage()); !errors.Is(err, ErrStale) {
		t.Errorf("a generation of format %d: %v, want ErrStale", format-1, err)
	}
}
