package script_test

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/liuzl/gocc"

	"jianbao/segment/script"
)

// convertOracle converts the slow way: by gocc itself, and by maps that hold
// gocc's dictionaries, which take invalid bytes too.
type convertOracle struct {
	cc    map[script.Variant]*gocc.OpenCC
	steps map[script.Variant][]map[string]string
	keys  []string
}

var loadConvertOracle = sync.OnceValues(func() (*convertOracle, error) {
	o := &convertOracle{cc: map[script.Variant]*gocc.OpenCC{}, steps: map[script.Variant][]map[string]string{}}
	keys := map[string]bool{}
	for v, name := range map[script.Variant]string{script.Hant: "s2t", script.TW: "s2tw", script.HK: "s2hk"} {
		cc, err := gocc.New(name)
		if err != nil {
			return nil, err
		}
		o.cc[v] = cc
		for _, group := range cc.DictChains {
			step := map[string]string{}
			for i := range group.Dicts {
				words, err := dictionary(group, i)
				if err != nil {
					return nil, err
				}
				maps.Copy(step, words)
				for key := range words {
					keys[key] = true
				}
			}
			o.steps[v] = append(o.steps[v], step)
		}
	}
	o.keys = slices.Sorted(maps.Keys(keys))
	return o, nil
})

func newConvertOracle(t testing.TB) *convertOracle {
	t.Helper()
	o, err := loadConvertOracle()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// convert tries every length at every place, longest first.
func (o *convertOracle) convert(s string, v script.Variant) string {
	const longest = 16 * utf8.UTFMax
	for _, step := range o.steps[v] {
		var b strings.Builder
		for i := 0; i < len(s); {
			_, size := utf8.DecodeRuneInString(s[i:])
			from, to := s[i:i+size], s[i:i+size]
			for end := min(len(s), i+longest); end > i; end-- {
				if p, ok := step[s[i:end]]; ok {
					from, to = s[i:end], p
					break
				}
			}
			b.WriteString(to)
			i += len(from)
		}
		s = b.String()
	}
	return s
}

// check holds Unfold of s, and Convert to every variant, against both.
func (o *convertOracle) check(t *testing.T, s string) {
	t.Helper()
	o.equal(t, "Unfold", s, script.Unfold(s), script.Hant)
	hans := script.Fold(s).Text
	if got := script.Convert(s, script.Hans); got != hans {
		t.Fatalf("Convert(%q, hans) = %q, Fold says %q", s, got, hans)
	}
	for v := range o.cc {
		o.equal(t, "Convert", hans, script.Convert(s, v), v)
	}
}

func (o *convertOracle) equal(t *testing.T, name, s, got string, v script.Variant) {
	t.Helper()
	if want := o.convert(s, v); got != want {
		t.Fatalf("%s(%q, %v) = %q, tables say %q", name, s, v, got, want)
	}
	if utf8.RuneCountInString(s) != utf8.RuneCountInString(got) {
		t.Fatalf("%s(%q, %v) = %q: another number of runes", name, s, v, got)
	}
	if !utf8.ValidString(s) {
		return
	}
	want, err := o.cc[v].Convert(s)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Fatalf("%s(%q, %v) = %q, gocc says %q", name, s, v, got, want)
	}
}
