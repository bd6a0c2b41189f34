package place

import (
	"testing"
	"unicode/utf8"
)

// The lists hold what they are said to hold, each once.
func TestWords(t *testing.T) {
	g, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]string{ordinaryNames, notNames, falseNames} {
		seen := map[string]bool{}
		for _, w := range list {
			if seen[w] {
				t.Errorf("%s stands twice", w)
			}
			seen[w] = true
		}
	}
	for _, w := range ordinaryNames {
		if _, n := g.names.longest(w); n != len(w) {
			t.Errorf("%s is no division's name", w)
		}
	}
	for _, w := range notNames {
		if utf8.RuneCountInString(w) != 2 {
			t.Errorf("%s has not two characters", w)
		}
	}
	for _, w := range falseNames {
		if n, _ := g.form(w); n > 0 {
			t.Errorf("%s is read as a name", w)
		}
	}
}

func TestShortName(t *testing.T) {
	for name, want := range map[string]string{
		"湘潭市": "湘潭", "内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "新疆维吾尔自治区": "新疆", "通道侗族自治县": "通道",
		"恩施土家族苗族自治州": "恩施", "鄂伦春自治旗": "鄂伦春", "东乡族自治县": "东乡", "神农架林区": "神农架", "香港特别行政区": "香港",
		"忠县": "", "城区": "", "大兴安岭地区": "大兴安岭", "兴安盟": "兴安", "龙胜各族自治县": "龙胜", "积石山保安族东乡族撒拉族自治县": "积石山",
	} {
		if got := shortName(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestParseDivisions(t *testing.T) {
	for _, text := range []string{"61000 某省\n", "610000\n", "6100x0 某省\n", "610000 某\n", "610100 某市\n610000 某省\n"} {
		if got, err := parseDivisions(text); err == nil {
			t.Errorf("%q: no error, %v", text, got)
		}
	}
}

// Find looks for names by their form only near what nextKind finds.
func TestNextKind(t *testing.T) {
	for _, k := range kinds {
		if r, _ := utf8.DecodeRuneInString(k.word); nextKind("青"+string(r), 0) != len("青") {
			t.Errorf("nextKind passes over %s", k.word)
		}
	}
}
