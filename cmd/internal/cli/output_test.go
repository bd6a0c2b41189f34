package cli

import (
	"bytes"
	"testing"
)

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"党支部12个\n\t":     "党支部12个\n\t",
		"\x1b[31mred":    "<001B>[31mred",
		"a\u202eb\u0007": "a<202E>b<0007>",
		"\u009b2J":       "<009B>2J",
	} {
		if got := printable(in); got != want {
			t.Errorf("printable(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTableAlignsByCells(t *testing.T) {
	columns := []column[[2]string]{
		{name: "x", value: func(r [2]string) string { return r[0] }},
		{name: "n", right: true, value: func(r [2]string) string { return r[1] }},
	}
	var b bytes.Buffer
	if err := writeTable(&b, columns, [][2]string{{"党支部", "7"}, {"abc\x1b", "12"}}); err != nil {
		t.Fatal(err)
	}
	want := "x           n\n党支部      7\nabc<001B>  12\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"党支部", 6, "党支部"}, {"党支部书记", 6, "党支…"}, {"abc", 2, "a…"}} {
		if got := shorten(c.in, c.n); got != c.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}
