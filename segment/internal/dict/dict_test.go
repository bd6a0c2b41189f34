package dict_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

func distance(d *dict.Dict, text string) (float32, bool) {
	node := d.Trie.Root()
	for i := 0; i < len(text); {
		end, symbol := d.Alphabet.Next(text, i)
		next, ok := d.Trie.Step(node, symbol)
		if !ok {
			return 0, false
		}
		node, i = next, end
	}
	return d.Trie.Word(node)
}

func TestEncodeOpen(t *testing.T) {
	d := open(t)
	for _, e := range entries {
		if got, ok := distance(d, e.Text); !ok || got != e.Distance {
			t.Errorf("%s: %v %v, want %v", e.Text, got, ok, e.Distance)
		}
	}
	if got, ok := distance(d, "ic卡"); !ok || got != 24 {
		t.Errorf("ic卡: %v %v, want 24 as IC卡", got, ok)
	}
	for _, text := range []string{"党支", "支部", "I卡", "Χ²检验", "\xff"} {
		if _, ok := distance(d, text); ok {
			t.Errorf("%q is a word", text)
		}
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
		"alphabet": whole[:8] + "\xff\xff\xff\x7f" + whole[12:],
		"nothing":  whole[:8] + "\x00\x00\x00\x00",
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
