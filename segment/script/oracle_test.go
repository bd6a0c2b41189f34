package script_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/liuzl/gocc"
)

// oracle folds the slow way: by gocc itself, and by maps that hold gocc's
// dictionaries with the overrides on top.
type oracle struct {
	cc        *gocc.OpenCC
	chars     map[string]string
	phrases   map[string]string
	overrides []override
	changed   []string // every spelling of an override
	keys      []string // every key of gocc's dictionaries
}

type override struct{ from, to, example, folded string }

var loadOracle = sync.OnceValues(func() (*oracle, error) {
	cc, err := gocc.New("t2s")
	if err != nil {
		return nil, err
	}
	o := &oracle{cc: cc, chars: map[string]string{}, phrases: map[string]string{}}
	for i, into := range []map[string]string{o.phrases, o.chars} {
		words, err := dictionary(cc.DictChains[0], i)
		if err != nil {
			return nil, err
		}
		maps.Copy(into, words)
		o.keys = slices.AppendSeq(o.keys, maps.Keys(words))
	}
	slices.Sort(o.keys)
	return o, o.addOverrides()
})

// dictionary is one dictionary of a step of gocc: the first value of each key.
func dictionary(step *gocc.Group, number int) (map[string]string, error) {
	d, words := step.Dicts[number], map[string]string{}
	for _, id := range d.Trie.PrefixPredict(nil, 0) {
		key, err := d.Trie.Key(id)
		if err != nil {
			return nil, err
		}
		value, err := d.Trie.Value(id)
		if err != nil {
			return nil, err
		}
		words[string(key)] = d.Values[value][0]
	}
	return words, nil
}

func (o *oracle) addOverrides() error {
	text, err := os.ReadFile("overrides.txt")
	if err != nil {
		return err
	}
	goccChars := map[string]string{}
	for k, v := range o.chars {
		goccChars[k] = v
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 4 {
			continue
		}
		o.overrides = append(o.overrides, override{cells[0], cells[1], cells[2], cells[3]})
		if utf8.RuneCountInString(cells[0]) == 1 {
			o.chars[cells[0]] = cells[1]
			o.changed = append(o.changed, cells[0])
			continue
		}
		for _, mix := range mixes(cells[0], goccChars) {
			o.phrases[mix] = cells[1]
			o.changed = append(o.changed, mix)
		}
	}
	return nil
}

// mixes spells s in each mix of the two scripts.
func mixes(s string, chars map[string]string) []string {
	if s == "" {
		return []string{""}
	}
	_, size := utf8.DecodeRuneInString(s)
	var out []string
	for _, tail := range mixes(s[size:], chars) {
		out = append(out, s[:size]+tail)
		if to, ok := chars[s[:size]]; ok && to != s[:size] {
			out = append(out, to+tail)
		}
	}
	return out
}

// fold tries every length at every place, longest first. Invalid bytes stay.
func (o *oracle) fold(s string) string {
	const longest = 16 * utf8.UTFMax
	var b strings.Builder
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		from, to := s[i:i+size], s[i:i+size]
		if c, ok := o.chars[from]; ok {
			to = c
		}
		for end := min(len(s), i+longest); end > i+size; end-- {
			if p, ok := o.phrases[s[i:end]]; ok {
				from, to = s[i:end], p
				break
			}
		}
		b.WriteString(to)
		i += len(from)
	}
	return b.String()
}

// overridden reports whether one of our overrides may hold somewhere in s.
func (o *oracle) overridden(s string) bool {
	for _, key := range o.changed {
		if strings.Contains(s, key) {
			return true
		}
	}
	return false
}

func newOracle(t testing.TB) *oracle {
	t.Helper()
	o, err := loadOracle()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// check holds Fold against both oracles.
func (o *oracle) check(t *testing.T, s, got string) {
	t.Helper()
	if want := o.fold(s); got != want {
		t.Fatalf("Fold(%q) = %q, tables say %q", s, got, want)
	}
	if !utf8.ValidString(s) || o.overridden(s) {
		return
	}
	want, err := o.cc.Convert(s)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Fatalf("Fold(%q) = %q, gocc says %q", s, got, want)
	}
}
