package index

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestKept: a text and its mentions are read as they were written, and not read
// when anything is cut off.
func TestKept(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		mentions := someMentions(rnd)
		body := kept("卡\xff口", mentions)
		r := keptReader{rest: body}
		if text := r.text(); text != "卡\xff口" {
			t.Fatalf("text %q", text)
		}
		before := len(body) - len(r.rest)
		got, err := r.mentions()
		if diff := cmp.Diff(mentions, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Fatalf("mentions, %v (-want +got):\n%s", err, diff)
		}
		if len(mentions) == 0 {
			continue
		}
		cut := keptReader{rest: body[before : len(body)-1]}
		if got, err := cut.mentions(); err == nil {
			t.Fatalf("%d mentions without their last byte", len(got))
		}
	}
}

// FuzzKept: bytes that nobody wrote are mentions or an error.
func FuzzKept(f *testing.F) {
	rnd := rand.New(rand.NewPCG(9, 10))
	for range 5 {
		f.Add(kept("卡口", someMentions(rnd)))
	}
	f.Add([]byte("\x01a\x00\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := keptReader{rest: body}
		text := r.text()
		mentions, err := r.mentions()
		if len(text) > len(body) || len(mentions) > len(body) || err != nil && mentions != nil {
			t.Fatalf("a text of %d bytes and %d mentions of %d bytes, %v", len(text), len(mentions), len(body), err)
		}
		h := testHighlighter(t, "count(value:*)")
		h.Snippets(mentioningText, mentioningText, mentions)
	})
}
