package frequency

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The example of Gries 2008: five parts of 9, 10, 10, 10 and 11 words, with a word
// 1, 2, 3, 4 and 5 times. Its D is 0.785, its DP 0.18, the norm of that 0.22.
func TestDispersionOfGries(t *testing.T) {
	var p Parts
	for i, size := range []int64{9, 10, 10, 10, 11} {
		p.Add(size, int64(i)+1)
	}
	d, ok := p.Juilland()
	if !ok || !near(d, 0.785, 3) {
		t.Errorf("D = %.4f, want 0.785", d)
	}
	dp, norm, ok := p.DP()
	if !ok || !near(dp, 0.18, 9) || !near(norm, 0.18/0.82, 9) {
		t.Errorf("DP = %.4f, norm %.4f, want 0.18 and 0.22", dp, norm)
	}
}

// whole computes both measures from all parts at once, as the formulas stand.
func whole(sizes, freqs []int64) (d, dp float64) {
	n := float64(len(sizes))
	var size, freq, sum, squares float64
	for i := range sizes {
		size, freq = size+float64(sizes[i]), freq+float64(freqs[i])
		sum += float64(freqs[i]) / float64(sizes[i])
	}
	for i := range sizes {
		squares += math.Pow(float64(freqs[i])/float64(sizes[i])-sum/n, 2)
		dp += math.Abs(float64(freqs[i])/freq-float64(sizes[i])/size) / 2
	}
	return 1 - math.Sqrt(squares/n)/(sum/n)/math.Sqrt(n-1), dp
}

func TestDispersionProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var p Parts
		var sizes, freqs []int64
		for range 2 + r.IntN(40) {
			size := 1 + r.Int64N(1000)
			freq := max(0, r.Int64N(size+1)-size/2)
			sizes, freqs = append(sizes, size), append(freqs, freq)
			p.Add(size, freq)
			p.Add(0, 0) // no part
		}
		sizes, freqs = append(sizes, 10), append(freqs, 1)
		p.Add(10, 1)
		wantD, wantDP := whole(sizes, freqs)
		d, _ := p.Juilland()
		dp, norm, _ := p.DP()
		if !near(d, wantD, 9) || !near(dp, wantDP, 9) {
			t.Fatalf("%v of %v: D %g and DP %g, want %g and %g", freqs, sizes, d, dp, wantD, wantDP)
		}
		if dp < 0 || norm < dp || norm > 1+1e-9 {
			t.Fatalf("%v of %v: DP %g, norm %g", freqs, sizes, dp, norm)
		}
	}
}

func TestDispersionAtItsEnds(t *testing.T) {
	even, alone := Parts{}, Parts{}
	for i := range int64(4) {
		even.Add(100, 5)
		alone.Add(100, max(0, i-2)*7)
	}
	if d, _ := even.Juilland(); !near(d, 1, 9) {
		t.Errorf("even: D = %g", d)
	}
	if d, _ := alone.Juilland(); !near(d, 0, 9) {
		t.Errorf("in one part: D = %g", d)
	}
	if dp, norm, _ := even.DP(); !near(dp, 0, 9) || !near(norm, 0, 9) {
		t.Errorf("even: DP = %g, %g", dp, norm)
	}
	if dp, norm, _ := alone.DP(); !near(dp, 0.75, 9) || !near(norm, 1, 9) {
		t.Errorf("in one part: DP = %g, %g", dp, norm)
	}
	var one, none Parts
	one.Add(10, 3)
	none.Add(10, 0)
	none.Add(10, 0)
	for _, p := range []*Parts{{}, &one, &none} {
		_, okD := p.Juilland()
		_, _, okDP := p.DP()
		if okD || okDP {
			t.Errorf("%+v has a dispersion", *p)
		}
	}
}
