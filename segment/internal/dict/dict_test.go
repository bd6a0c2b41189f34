package dict_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/segment/internal/dat"
	"jianbao/segment/internal/dict"
)

var entries = []dict.Entry{{"党支部", 12}, {"党", 25}, {"IC卡", 24}, {"C++", 23}, {"χ²检验", 22}}

func open(t *testing.T) *dict.Dict {
	t.Helper()
	image, err := dict.Encode(entries)
	if err != nil {
		t.Fatal(err)
	}
	d, err := dict.Open(string(image))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEncodeOpen(t *testing.T) {
	d := open(t)
	for _, e := range entries {
		if got, ok := d.Frequency(e.Text); !ok || got != e.Value {
			t.Errorf("%s: %v %v, want %v", e.Text, got, ok, e.Value)
		}
	}
	if got, ok := d.Frequency("ic卡"); !ok || got != 24 {
		t.Errorf("ic卡: %v %v, want 24 as IC卡", got, ok)
	}
	for _, text := range []string{"党支", "支部", "I卡", "Χ²检验", "\xff"} {
		if _, ok := d.Frequency(text); ok {
			t.Errorf("%q is a word", text)
		}
	}
}

// The costs are those of the dictionary's own total, or of another.
func TestCosts(t *testing.T) {
	d := open(t)
	if d.Total != 12+25+24+23+22 {
		t.Errorf("total %v, want the sum of the frequencies", d.Total)
	}
	for _, total := range []float64{d.Total, 800} {
		costs := d.Costs(total)
		for _, e := range entries {
			node, ok := d.Alphabet.Walk(&costs, e.Text)
			bits, word := costs.Word(node)
			want := float32(math.Log2(total / float64(e.Value)))
			if got := math.Float32frombits(bits); !ok || !word || math.Abs(float64(got-want)) > 1e-5 {
				t.Errorf("%s among %v: %v, want %v", e.Text, total, got, want)
			}
		}
	}
}

func TestReplace(t *testing.T) {
	d := open(t)
	replaced, err := d.Alphabet.Replace(&d.Trie, []dict.Entry{{"ic卡", 99}})
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]uint32{"IC卡": 99, "党支部": 12} {
		node, _ := d.Alphabet.Walk(&replaced, word)
		if got, ok := replaced.Word(node); !ok || got != want {
			t.Errorf("%s: %v %v, want %v", word, got, ok, want)
		}
	}
	if _, err := d.Alphabet.Replace(&d.Trie, []dict.Entry{{"党支", 1}}); !errors.Is(err, dat.ErrKey) {
		t.Errorf("error %v for a word that is not there, want ErrKey", err)
	}
}

func TestEncodeOrder(t *testing.T) {
	first, err := dict.Encode(entries)
	if err != nil {
		t.Fatal(err)
	}
	reversed := slices.Clone(entries)
	slices.Reverse(reversed)
	second, err := dict.Encode(reversed)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(first, second) {
		t.Error("another order gives another image")
	}
}

func TestEncodeTwice(t *testing.T) {
	if _, err := dict.Encode([]dict.Entry{{"T恤", 1}, {"t恤", 2}}); err == nil {
		t.Error("no error for a word that is there twice")
	}
}

func TestOpenDamaged(t *testing.T) {
	image, err := dict.Encode(entries)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(image)
	for name, damaged := range map[string]string{
		"empty":    "",
		"magic":    "X" + whole[1:],
		"cut":      whole[:len(whole)-1],
		"cut head": whole[:10],
		"alphabet": whole[:16] + "\xff\xff\xff\x7f" + whole[20:],
		"nothing":  whole[:16] + "\x00\x00\x00\x00",
	} {
		if _, err := dict.Open(damaged); err == nil {
			t.Errorf("%s: no error", name)
		} else if !errors.Is(err, dict.ErrImage) {
			t.Errorf("%s: error %v, want ErrImage", name, err)
		}
	}
}

func TestNext(t *testing.T) {
	d := open(t)
	for _, tt := range []struct{ text, want string }{
		{"党支部12个", "党 支 部 12 个"},
		{"IC卡abc", "IC 卡 abc"},
		{"x", "x"},
		{"a\xffb\xe5\x85", "a \xff b \xe5 \x85"},
		{"χ²é½+", "χ²é½ +"},
		{"Ａ１", "Ａ １"},
	} {
		var got []string
		for i := 0; i < len(tt.text); {
			end, _ := d.Alphabet.Next(tt.text, i)
			got = append(got, tt.text[i:end])
			i = end
		}
		if diff := cmp.Diff(strings.Fields(tt.want), got); diff != "" {
			t.Errorf("%q: %s", tt.text, diff)
		}
	}
}

func TestWith(t *testing.T) {
	a := open(t).Alphabet
	b := a.With([]string{"镇ABC党"})
	for _, unit := range []string{"镇", "abc", "Abc"} {
		if _, symbol := a.Next(unit, 0); symbol != 0 {
			t.Errorf("%s has the number %d before it was added", unit, symbol)
		}
		if _, symbol := b.Next(unit, 0); symbol == 0 {
			t.Errorf("%s has no number", unit)
		}
	}
	_, before := a.Next("党", 0)
	if _, after := b.Next("党", 0); before != after {
		t.Errorf("党 has the number %d, before %d", after, before)
	}
}
