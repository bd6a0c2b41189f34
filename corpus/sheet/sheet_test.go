package sheet

import (
	"strings"
	"testing"
)

func TestGuardedCells(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", " \u00a0@x": "' \u00a0@x", "-3": "'-3", "+": "'+", "党=支部": "党=支部", "": "", "\u3000=a": "'\u3000=a",
	} {
		if got := guard(in); got != want {
			t.Errorf("guard(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrite(t *testing.T) {
	var b strings.Builder
	w := NewWriter(&b)
	for _, line := range [][]string{{"标题", "n"}, {"=HYPERLINK(\"x\")", "a\nb"}} {
		if err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if want := "标题,n\n\"'=HYPERLINK(\"\"x\"\")\",\"a\nb\"\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
