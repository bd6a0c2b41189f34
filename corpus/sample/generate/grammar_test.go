package generate

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestGrammarIsRefusedWithItsLine(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"alternative of no rule", "走访", "a.txt:1: 走访: belongs to no rule"},
		{"a rule twice", "verb: 走访\n\nverb: 排查", "a.txt:3: verb: is there already"},
		{"open bracket", "# x\nverb: 走{noun", "a.txt:2: {noun: is not closed"},
		{"no range", "verb: [branch:12-3]", "a.txt:1: [branch:12-3]: no range"},
		{"no number", "verb: [x]", "a.txt:1: [x]: no range"},
		{"unknown rule", "verb: {noun}", "a.txt:1: rule noun has no alternative"},
		{"rule of itself", "verb: 走{noun}\nnoun: 访{verb}", "a.txt:1: rule verb contains itself"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := loadGrammar(fstest.MapFS{"grammar/a.txt": {Data: []byte(tt.text)}}, nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// TestKeptText: what is chosen once an article is the same in every sentence and in
// both scripts, whichever sentence is written first.
func TestKeptText(t *testing.T) {
	g := newGenerator(t)
	county, talk := g.grammar.kept["county!"], g.common.talk
	kept := func(s script, before ...int) string {
		w := g.writer(7, s)
		for _, n := range before {
			w.r = newRandom(1, 2)
			w.rule(n)
		}
		w.buf = w.buf[:0]
		w.once(&part{rule: g.grammar.names["county"], kept: county})
		return string(w.buf)
	}
	if a, b := kept(hans), kept(hans, talk, g.subjects[0].open); a != b {
		t.Errorf("%q, and after other sentences %q", a, b)
	}
	if a, b := unfold(kept(hans)), kept(hant); a != b {
		t.Errorf("%q in traditional script is %q", a, b)
	}
}
