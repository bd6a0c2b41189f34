package segment_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"jianbao/segment"
)

func TestReadDictionary(t *testing.T) {
	text := "\uFEFF# 青石镇的词\n\n青石镇\t1200\tns\n網格員 30.5\r\n  巡河队 \n#党 3\n党 900 n\nGPS围栏　7　n\n"
	got, err := segment.ReadDictionary(strings.NewReader(text), "user.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := []segment.Word{
		{Text: "青石镇", Frequency: 1200, Tag: "ns"},
		{Text: "网格员", Frequency: 30.5},
		{Text: "巡河队", Frequency: 2},
		{Text: "党", Frequency: 2, Tag: "n"},
		{Text: "GPS围栏", Frequency: 7, Tag: "n"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

var badDictionaries = []struct {
	name, text string
	line       int
	want       string
}{
	{"no number", "青石镇 10\n巡河队 n 10", 2, `the frequency "n" is not a number`},
	{"fields", "青石镇 10 ns x", 1, "4 fields"},
	{"rare", "# 词\n\n巡河队 1.5", 3, "the frequency 1.5, which is not between 2 and 1e+15"},
	{"rare character", "河 1", 1, "the frequency 1,"},
	{"negative", "巡河队 -3", 1, "the frequency -3,"},
	{"not a number", "巡河队 NaN", 1, "the frequency NaN,"},
	{"endless", "巡河队 Inf", 1, "the frequency +Inf,"},
	{"beyond a float", "巡河队 1e999", 1, "is not a number"},
	{"invalid", "青石镇\n巡\xff队 3", 2, "not valid UTF-8"},
	{"long word", strings.Repeat("河", 65), 1, "longer than 64 units"},
	{"long line", "青石镇\n" + strings.Repeat("河", 5000) + "\n巡河队", 2, "longer than 4096 bytes"},
}

func TestReadDictionaryErrors(t *testing.T) {
	for _, tt := range badDictionaries {
		t.Run(tt.name, func(t *testing.T) {
			_, err := segment.ReadDictionary(strings.NewReader(tt.text), "user.txt")
			var bad *segment.DictError
			if !errors.As(err, &bad) || !errors.Is(err, segment.ErrWord) {
				t.Fatalf("error %v, want a DictError of ErrWord", err)
			}
			if bad.File != "user.txt" || bad.Line != tt.line || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q, want user.txt:%d and %q", err, tt.line, tt.want)
			}
		})
	}
}

// An error of the reader is no bad line.
func TestReadDictionaryReader(t *testing.T) {
	broken := errors.New("disk on fire")
	_, err := segment.ReadDictionary(iotest.ErrReader(broken), "user.txt")
	var bad *segment.DictError
	if !errors.Is(err, broken) || errors.As(err, &bad) {
		t.Errorf("error %v, want the reader's", err)
	}
}

// What ReadDictionary accepts, With accepts, and its words stay words.
func FuzzReadDictionary(f *testing.F) {
	f.Add("青石镇 1200 ns\n# x\n\n网格员")
	for _, tt := range badDictionaries {
		f.Add(tt.text)
	}
	s := open(f)
	f.Fuzz(func(t *testing.T, text string) {
		words, err := segment.ReadDictionary(strings.NewReader(text), "user.txt")
		var bad *segment.DictError
		if err != nil {
			if !errors.As(err, &bad) || bad.Line < 1 || bad.Line > strings.Count(text, "\n")+1 {
				t.Fatalf("error %v", err)
			}
			return
		}
		with, err := s.With(words)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if !with.Has(w.Text) {
				t.Fatalf("%q is no word", w.Text)
			}
		}
		checkTiles(t, text, with.Append(nil, text))
	})
}
