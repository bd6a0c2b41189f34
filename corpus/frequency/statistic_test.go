package frequency

import (
	"math"
	"math/rand/v2"
	"testing"
)

// near reports whether two numbers agree to so many digits behind the point.
func near(a, b float64, digits int) bool {
	return math.Abs(a-b) <= 0.5*math.Pow10(-digits)
}

func equal(a, b float64) bool { return near(a, b, 9) }

// The table of Dunning 1993, section 7.1: bigrams of a text of 31777 words.
func TestLogLikelihoodOfDunning(t *testing.T) {
	for _, c := range []struct {
		bigram         string
		ab, aNotB      int64
		notAB, notANot int64
		want           float64
	}{
		{"the swiss", 110, 2442, 111, 29114, 270.72},
		{"can be", 29, 13, 123, 31612, 263.90},
		{"previous year", 31, 23, 139, 31584, 256.84},
		{"mineral water", 10, 0, 3, 31764, 167.23},
	} {
		if got := LogLikelihood(c.ab, c.ab+c.aNotB, c.notAB, c.notAB+c.notANot); !near(got, c.want, 2) {
			t.Errorf("%s: %.2f, want %.2f", c.bigram, got, c.want)
		}
	}
}

// entropyG2 is G2 by another formula: 2 (Σ O ln O - Σ row ln row - Σ column ln
// column + N ln N).
func entropyG2(a, sizeA, b, sizeB int64) float64 {
	f := func(n int64) float64 {
		if n == 0 {
			return 0
		}
		return float64(n) * math.Log(float64(n))
	}
	return 2 * (f(a) + f(sizeA-a) + f(b) + f(sizeB-b) - f(sizeA) - f(sizeB) - f(a+b) - f(sizeA+sizeB-a-b) + f(sizeA+sizeB))
}

func TestLogLikelihoodProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		sizeA, sizeB := 1+r.Int64N(1e6), 1+r.Int64N(1e6)
		a, b := r.Int64N(sizeA+1), r.Int64N(sizeB+1)
		got, other := LogLikelihood(a, sizeA, b, sizeB), entropyG2(a, sizeA, b, sizeB)
		if math.Abs(math.Abs(got)-other) > 1e-6*float64(sizeA+sizeB) {
			t.Fatalf("%d/%d against %d/%d: %g, by entropies %g", a, sizeA, b, sizeB, got, other)
		}
		if back := LogLikelihood(b, sizeB, a, sizeA); math.Abs(got+back) > 1e-6*(1+math.Abs(got)) {
			t.Fatalf("%d/%d against %d/%d: %g, the other way round %g", a, sizeA, b, sizeB, got, back)
		}
	}
	for _, c := range [][4]int64{{0, 10, 0, 10}, {5, 100, 5, 100}, {3, 3, 7, 7}, {1, 0, 1, 10}, {1, 10, 0, 0}} {
		if got := LogLikelihood(c[0], c[1], c[2], c[3]); math.Abs(got) > 1e-9 {
			t.Errorf("%v: %g, want 0", c, got)
		}
	}
}

func TestLogDice(t *testing.T) {
	for _, c := range []struct {
		together, x, y int64
		want           float64
	}{
		{7, 7, 7, 14},       // never without each other
		{1, 16, 16, 10},     // 2/32 is 2 to the -4
		{2, 16, 16, 11},     // twice as often: one more
		{100, 300, 500, 12}, // 200/800
		{0, 3, 4, math.Inf(-1)},
	} {
		if got := LogDice(c.together, c.x, c.y); got != c.want {
			t.Errorf("LogDice(%d, %d, %d) = %g, want %g", c.together, c.x, c.y, got, c.want)
		}
	}
}

func TestLogRatio(t *testing.T) {
	for _, c := range []struct {
		a, sizeA, b, sizeB int64
		want               float64
	}{
		{10, 1000, 10, 1000, 0},
		{40, 1000, 10, 1000, 2}, // four times as frequent
		{10, 2000, 40, 1000, -3},
		{8, 1000, 0, 1000, 4}, // 8 against 0.5
		{0, 500, 1, 1000, 0},  // 0.5/500 against 1/1000
	} {
		if got := LogRatio(c.a, c.sizeA, c.b, c.sizeB); !near(got, c.want, 9) {
			t.Errorf("LogRatio(%d/%d, %d/%d) = %g, want %g", c.a, c.sizeA, c.b, c.sizeB, got, c.want)
		}
	}
}
