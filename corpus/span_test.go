package corpus

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/quick"
)

// randomText mixes ASCII, Chinese, characters beyond the BMP and stray bytes.
func randomText(r *rand.Rand, n int) string {
	pieces := []string{"a", "7", "党", "支", "𠮷", "é", "\n", "\xff", "\xe5", "，"}
	var b strings.Builder
	for range n {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func TestCodePointsAgreeWithRange(t *testing.T) {
	property := func(seed uint64) bool {
		r := rand.New(rand.NewPCG(seed, 1))
		text := randomText(r, r.IntN(1500))
		if seed%2 == 0 {
			text = strings.ToValidUTF8(text, "部")
		}
		at := NewCodePoints(text)
		n := 0
		for i := range text {
			if at.At(i) != n || at.Byte(n) != i {
				t.Logf("text %q: byte %d is code point %d, got %d and back %d", text, i, n, at.At(i), at.Byte(n))
				return false
			}
			n++
		}
		return at.At(len(text)) == n && at.Byte(n) == len(text) && at.At(len(text)+9) == n && at.Byte(n+9) == len(text)
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 400}); err != nil {
		t.Error(err)
	}
}

func TestCodePointsRangeOfText(t *testing.T) {
	text := strings.Repeat("全县设检查站12处。", 80)
	at := NewCodePoints(text)
	runes := []rune(text)
	for i := range text {
		start, end := at.Range(Span{i, len(text)})
		if got := string(runes[start:end]); got != text[i:] {
			t.Fatalf("from byte %d: %q", i, got)
		}
	}
}

func FuzzCodePoints(f *testing.F) {
	f.Add("党支部12个", 3)
	f.Add("a\xff𠮷", 2)
	f.Add(strings.Repeat("党支部12个", 30), 97)
	f.Fuzz(func(t *testing.T, text string, off int) {
		at := NewCodePoints(text)
		want := 0
		for i := range text {
			if i < off {
				want++
			}
		}
		if got := at.At(off); got != want {
			t.Fatalf("At(%d) = %d, want %d", off, got, want)
		}
		if b := at.Byte(off); b < 0 || b > len(text) {
			t.Fatalf("Byte(%d) = %d of %d", off, b, len(text))
		}
	})
}

// BenchmarkCodePoints asks for each place of a text, as tokens do.
func BenchmarkCodePoints(b *testing.B) {
	text := strings.Repeat("全县设立临时党支部36个，1200余名党员干部下沉一线。", 40)
	var places []int
	for i := range text {
		places = append(places, i)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		at := NewCodePoints(text)
		for n, off := range places {
			if at.At(off) != n {
				b.Fatalf("byte %d", off)
			}
		}
	}
}
