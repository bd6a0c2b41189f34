package recode

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Whatever the text: no panic, spans in order, in bounds and on boundaries of
// characters, marks without a replacement, replacements in valid UTF-8.
func FuzzRepairs(f *testing.F) {
	m := model(f)
	for _, odd := range oddities {
		f.Add("他说" + odd + "吗")
	}
	for _, s := range []string{"", "\xff?\xff", "?", "? ！", "?！袄先讼绒D移", "！婺\ue2daL", "æ\u009d\u0091æ°‘", "´åÃñ", "涓€锟", "浜\uFFFD", "?/p>", "?a)b", "\xc3", "é\xc3é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, r := range Repairs(text, m, anyReading) {
			if r.Span.Start < at || r.Span.End <= r.Span.Start || r.Span.End > len(text) {
				t.Fatalf("%q: %+v is out of order", text, r)
			}
			at = r.Span.End
			if !r.Applied && r.After != "" || r.Kind == "" || r.Confidence <= 0 || r.Confidence > 1 {
				t.Errorf("%q: %+v", text, r)
			}
			if utf8.ValidString(text) && !(utf8.ValidString(r.After) && utf8.ValidString(r.Span.Of(text))) {
				t.Errorf("%q: %+v splits a character", text, r)
			}
		}
	})
}

// Text that looks damaged everywhere takes a moment, not hours: the work on one
// place is bounded, and so is the number of searches in vain.
func TestLongTexts(t *testing.T) {
	m := model(t)
	korean, _ := asGBK(m, []byte(strings.Repeat("안내하다", 200)))
	for _, piece := range []string{
		"?！袄", "??", "? ", "，\ue010", "甲A", "é", "é ", "éé ", "Ã©à la ", "½K", "鍏", "浜\uFFFD", "\uFFFD", "锟斤拷", "?a)", "！婺钏L", "“", "\xff", korean,
	} {
		text := strings.Repeat(piece, 1+(1<<16)/len(piece))
		start := time.Now()
		Repairs(text, m, nil)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%.20q: %v", piece, took)
		} else {
			t.Logf("%.20q: %v", piece, took)
		}
	}
}

func TestOpenModelRefusesOthers(t *testing.T) {
	for _, data := range []string{"", "JBRC", image[:len(image)-1], image + "x", "X" + image[1:]} {
		if _, err := openModel(data); !errors.Is(err, ErrModel) {
			t.Errorf("%d bytes: %v", len(data), err)
		}
	}
}

func TestModelPrefersChinese(t *testing.T) {
	s := scorer{m: model(t)}
	for _, c := range []struct{ good, bad string }{
		{"支部", "支咔"}, {"幹部", "部幹"}, {"困難群眾", "困難群囿"}, {"大家。", "大家γ"},
	} {
		if s.total('\n', c.good) >= s.total('\n', c.bad) {
			t.Errorf("%s is no likelier than %s", c.good, c.bad)
		}
	}
	if hant, hans := s.total('\n', "黨員幹部"), s.total('\n', "党员干部"); hant != hans {
		t.Errorf("traditional %.1f, simplified %.1f", hant, hans)
	}
}
