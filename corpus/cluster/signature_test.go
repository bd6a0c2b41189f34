package cluster

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestSignIgnoresWhatDoesNotCount(t *testing.T) {
	const text = "全县共设立检查站12个，由党员干部轮流值守。"
	want := Sign(text)
	for name, same := range map[string]string{
		"rewrapped":        "全县共设立\n检查站 12个，由党员　　干部轮流值守。",
		"other marks":      "全县共设立检查站12个,由“党员干部”轮流值守！",
		"invalid bytes":    "全县共设立\xff检查站12个，由党员干部轮流值守。\xe5",
		"control":          "\x00全县共设立检查站12个，由党员\x0b干部轮流值守。",
		"zero-width space": "全县共设立\u200b检查站12个，由党员干部轮流值守。",
	} {
		if got := Sign(same); got != want {
			t.Errorf("%s: another signature, similarity %v", name, got.Similarity(want))
		}
		if j := Jaccard(text, same); j != 1 {
			t.Errorf("%s: Jaccard %v", name, j)
		}
	}
	other := Sign("全县共设立检查站13个，由党员干部轮流值守。")
	if other == want {
		t.Error("another number gave the same signature")
	}
}

func TestSignOfShortTexts(t *testing.T) {
	for _, s := range []string{"", "好", "四个字。", "，。！？——…", " a b c d "} {
		sig := Sign(s)
		if !sig.Empty() || sig.Similarity(sig) != 0 || Jaccard(s, s) != 0 {
			t.Errorf("%q has grams", s)
		}
	}
	five := Sign("五个字才够")
	if five.Empty() || five.Similarity(five) != 1 || Jaccard("五个字才够", "五个字才够") != 1 {
		t.Error("five characters have no gram")
	}
}

// Values must be those of today: signatures are stored.
func TestSignIsStable(t *testing.T) {
	for _, c := range []struct {
		text string
		want uint64
	}{
		{"五个字才够", 0x5fc69398eb6ef9bc},
		{strings.Repeat("村设立检查站，共有干部若干名轮流值守；", 3), 0x11777ca7424d69fa},
		{"Party branch 12, checkpoint 𠮷", 0x07024f699323d63f},
	} {
		s := Sign(c.text)
		var got uint64
		for i := range Bands {
			got = fold(got^s.band(i), gramKey1)
		}
		if got != c.want {
			t.Errorf("%q: bands are %#x, were %#x: raise SignatureVersion", c.text, got, c.want)
		}
	}
}

func TestFromBytes(t *testing.T) {
	s := Sign("县委组织部设立临时党支部")
	b := s.Bytes()
	if len(b) != SignatureBytes {
		t.Fatalf("%d bytes", len(b))
	}
	if back, err := FromBytes(b); err != nil || back != s {
		t.Errorf("came back as %v, %v", back, err)
	}
	for _, bad := range [][]byte{nil, {}, b[1:], append(b, 0)} {
		if _, err := FromBytes(bad); !errors.Is(err, ErrSignature) {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
}

// overlapping makes two texts of n characters with about the given similarity.
func overlapping(r *rand.Rand, n int, j float64) (a, b string) {
	shared := int(float64(n) * 2 * j / (1 + j))
	common := string(prose(r, shared))
	return string(prose(r, n-shared)) + common, common + string(prose(r, n-shared))
}

// The estimate must be unbiased, and no worse than 112 independent functions, for
// texts on both sides of the second round.
func TestSimilarityEstimatesJaccard(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{12, 50, 112, 300, 1200} {
		for _, j := range []float64{0.3, 0.72, 0.9} {
			const pairs = 250
			var bias, square, allowed float64
			for range pairs {
				a, b := overlapping(r, n, j)
				x, y := Sign(a), Sign(b)
				exact := Jaccard(a, b)
				d := x.Similarity(y) - exact
				bias += d / pairs
				square += d * d / pairs
				allowed += exact * (1 - exact) / (Bands * Rows) / pairs
			}
			if limit := 4.5 * math.Sqrt(allowed/pairs); math.Abs(bias) > limit {
				t.Errorf("%d characters, J %.2f: bias %.4f beyond %.4f", n, j, bias, limit)
			}
			if square > 1.35*allowed {
				t.Errorf("%d characters, J %.2f: error² %.6f, that of MinHash is %.6f", n, j, square, allowed)
			}
			t.Logf("%4d characters, J %.2f: bias %+.4f, error %.4f (MinHash %.4f)", n, j, bias, math.Sqrt(square), math.Sqrt(allowed))
		}
	}
}

// A pair must share a band as often as theory says, in short texts too.
func TestRecallOfBands(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{40, 150, 800} {
		for _, j := range []float64{0.5, 0.72, 0.8, 0.9} {
			const pairs = 400
			var met, want float64
			for range pairs {
				a, b := overlapping(r, n, j)
				x, y := Sign(a), Sign(b)
				if shareBand(&x, &y) {
					met += 1. / pairs
				}
				want += (1 - math.Pow(1-math.Pow(Jaccard(a, b), Rows), Bands)) / pairs
			}
			if limit := 4.5*math.Sqrt(want*(1-want)/pairs) + 0.005; math.Abs(met-want) > limit {
				t.Errorf("%d characters, J %.2f: %.3f share a band, theory says %.3f ± %.3f", n, j, met, want, limit)
			}
			t.Logf("%4d characters, J %.2f: %.3f share a band, theory %.3f", n, j, met, want)
		}
	}
}

func shareBand(x, y *Signature) bool {
	for i := range Bands {
		if x.band(i) == y.band(i) {
			return true
		}
	}
	return false
}

func TestSignAllocatesNothing(t *testing.T) {
	long := string(prose(rand.New(rand.NewPCG(5, 6)), 1500))
	for _, s := range []string{"", "五个字才够", long} {
		if n := testing.AllocsPerRun(20, func() {
			sig := Sign(s)
			_ = sig.Similarity(sig)
		}); n != 0 {
			t.Errorf("%d bytes: %v allocations", len(s), n)
		}
	}
}

func FuzzSign(f *testing.F) {
	f.Add("全县共设立检查站12个", "由党员干部轮流值守")
	f.Add("", "\xff𠮷")
	f.Add("aaaaaaaaaaaa", "12345")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := Sign(a), Sign(b)
		if x.Empty() != (len(gramStrings(a)) == 0) {
			t.Fatalf("%q: empty is %v", a, x.Empty())
		}
		if got, want := Jaccard(a, b), exactJaccard(a, b); got != want {
			t.Fatalf("Jaccard(%q, %q) = %v, not %v", a, b, got, want)
		}
		if both := x.Similarity(y); both != y.Similarity(x) || both < 0 || both > 1 || Jaccard(a, b) == 0 && both != 0 {
			t.Fatalf("similarity of %q and %q: %v", a, b, both)
		}
		if ab := Sign(a + a); len(gramStrings(a+a)) == len(gramStrings(a)) && ab != x {
			t.Fatalf("%q twice has the same grams and another signature", a)
		}
	})
}

func FuzzFromBytes(f *testing.F) {
	s := Sign("县委组织部设立临时党支部")
	f.Add(s.Bytes())
	f.Add([]byte("short"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := FromBytes(b)
		if (err == nil) != (len(b) == SignatureBytes) {
			t.Fatalf("%d bytes: %v", len(b), err)
		}
		if err == nil && !bytes.Equal(s.Bytes(), b) {
			t.Fatal("other bytes came back")
		}
	})
}

func BenchmarkSign(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, c := range []struct {
		name string
		text string
	}{
		{"10", string(prose(r, 10))},
		{"100", string(prose(r, 100))},
		{"300", string(prose(r, 300))},
		{"1500", string(prose(r, 1500))},
		{"30000", string(prose(r, 30000))},
		{"one_character_30000", strings.Repeat("的", 30000)},
		{"cycle_30000", strings.Repeat(string(prose(r, 100)), 300)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				s := Sign(c.text)
				_ = s
			}
		})
	}
}

func BenchmarkJaccard(b *testing.B) {
	x, y := overlapping(rand.New(rand.NewPCG(9, 10)), 1500, 0.8)
	b.SetBytes(int64(len(x) + len(y)))
	for b.Loop() {
		Jaccard(x, y)
	}
}
