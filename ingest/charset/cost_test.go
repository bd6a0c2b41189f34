package charset

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestCostLines(t *testing.T) {
	seen := make(map[rune]string)
	for line := range strings.Lines(costLines) {
		bits, chars, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if n, err := strconv.Atoi(bits); !ok || err != nil || n < 1 || n >= rareBits {
			t.Errorf("cost %q", bits)
		}
		for _, r := range chars {
			if !unicode.Is(unicode.Han, r) || r > 0xFFFF {
				t.Errorf("%c is no Han character of the first plane", r)
			}
			if before, twice := seen[r]; twice {
				t.Errorf("%c costs %s and %s", r, before, bits)
			}
			seen[r] = bits
		}
	}
	if len(seen) < 6000 {
		t.Errorf("only %d characters", len(seen))
	}
}

func TestCost(t *testing.T) {
	for _, c := range []struct{ common, rare string }{
		{"的", "猁"}, {"党支部", "ボボボ"}, {"縣", "髓"}, {"，", "※"}, {"a", "\x01"}, {"一", "\ue000"}, {"一", "𠮷"},
	} {
		if cost(c.common) >= cost(c.rare) {
			t.Errorf("%q costs %d bits, %q %d", c.common, cost(c.common), c.rare, cost(c.rare))
		}
	}
	if got := cost(strings.Repeat("\n", 10)); got != 10*asciiBits {
		t.Errorf("ten line ends cost %d bits", got)
	}
	if utf8.RuneCountInString(costLines) == 0 {
		t.Error("no model")
	}
}
