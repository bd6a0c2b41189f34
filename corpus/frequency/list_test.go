package frequency

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/words"
)

// text is words with spaces between; a mark is a token of its own, / ends a line.
func text(s string) []words.Word {
	var seq []words.Word
	for _, token := range strings.Fields(s) {
		token = strings.ReplaceAll(token, "/", "\n")
		seq = append(seq, words.Word{Text: token, Kind: words.KindOf(token)})
	}
	return seq
}

func stop(w string) bool { return w == "的" }

// Three texts, of 14 words.
var small = []string{"党员 的 名单 ， 党员 来 了 。", "党员 来 了 / 名单 的", "群众 来 了"}

func rowsOf(t *testing.T, o Options, texts []string) (rows []Row, total int64) {
	t.Helper()
	l := NewList(o)
	for _, s := range texts {
		if err := l.Add(text(s), 0); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := Top(l.Rows(), 100, MostFrequent)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return rows, l.Total(0)
}

func TestList(t *testing.T) {
	for _, c := range []struct {
		name  string
		opts  Options
		want  string
		total int64
	}{
		{"words", Options{Stop: stop}, "了 3/3, 来 3/3, 党员 3/2, 名单 2/2, 群众 1/1", 14},
		{"stop words too", Options{}, "了 3/3, 来 3/3, 党员 3/2, 名单 2/2, 的 2/2, 群众 1/1", 14},
		{"marks too", Options{Marks: true, Least: 1}, "了 3/3, 来 3/3, 党员 3/2, 名单 2/2, 的 2/2, 。 1/1, 群众 1/1, ， 1/1", 16},
		{"a floor", Options{Least: 3}, "了 3/3, 来 3/3, 党员 3/2", 14},
		// Neither across the comma nor across the end of the line.
		{"bigrams", Options{N: 2}, "来 了 3/3, 党员 来 2/2, 党员 的 1/1, 名单 的 1/1, 的 名单 1/1, 群众 来 1/1", 9},
		{"bigrams without stop words at an end", Options{N: 2, Stop: stop}, "来 了 3/3, 党员 来 2/2, 群众 来 1/1", 9},
		{"trigrams hold stop words", Options{N: 3, Stop: stop}, "党员 来 了 2/2, 党员 的 名单 1/1, 群众 来 了 1/1", 4},
		{"longer than any", Options{N: 5}, "", 0},
	} {
		rows, total := rowsOf(t, c.opts, small)
		var got []string
		for _, r := range rows {
			got = append(got, fmt.Sprintf("%s %d/%d", r.Word, r.Frequency, r.Documents))
			if want := float64(r.Frequency) * 1e6 / float64(total); !near(r.PerMillion, want, 6) {
				t.Errorf("%s: %s: %g per million, want %g", c.name, r.Word, r.PerMillion, want)
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" || total != c.total {
			t.Errorf("%s: total %d, want %d: %s", c.name, total, c.total, diff)
		}
	}
}

// invented are texts over a few hundred words.
func invented(n int) []string {
	r := rand.New(rand.NewPCG(5, 6))
	texts := make([]string, n)
	for i := range texts {
		var b strings.Builder
		for range r.IntN(60) {
			fmt.Fprintf(&b, "w%d ", int(r.ExpFloat64()*60))
			if r.IntN(8) == 0 {
				b.WriteString("， ")
			}
		}
		texts[i] = b.String()
	}
	return texts
}

// What goes through files is what stays in memory, and frequencies add up to the
// total.
func TestSpill(t *testing.T) {
	texts := invented(400)
	for n := 1; n <= MaxN; n++ {
		inMemory, total := rowsOfAll(t, Options{N: n}, texts)
		dir := t.TempDir()
		onDisk, diskTotal := rowsOfAll(t, Options{N: n, Memory: 20 << 10, Dir: dir}, texts)
		if diff := cmp.Diff(inMemory, onDisk); diff != "" || total != diskTotal {
			t.Fatalf("n=%d: %d and %d in all; (-memory +disk):\n%.2000s", n, total, diskTotal, diff)
		}
		var sum int64
		for _, r := range inMemory {
			sum += r.Frequency
		}
		if sum != total || total == 0 {
			t.Errorf("n=%d: frequencies add up to %d, the total is %d", n, sum, total)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%d files are left, %v", len(left), err)
		}
	}
}

func rowsOfAll(t *testing.T, o Options, texts []string) ([]Row, int64) {
	t.Helper()
	l := NewList(o)
	defer l.Close()
	for _, s := range texts {
		if err := l.Add(text(s), 0); err != nil {
			t.Fatal(err)
		}
	}
	if spilled := len(l.counter.runs) > 1; spilled != (o.Memory > 0) {
		t.Fatalf("%d files with %d bytes of memory", len(l.counter.runs), o.Memory)
	}
	rows, err := Top(l.Rows(), 1<<20, MostFrequent)
	if err != nil {
		t.Fatal(err)
	}
	return rows, l.Total(0)
}

// A folder for the files that is not there is an error, not a wrong count.
func TestSpillFails(t *testing.T) {
	l := NewList(Options{Memory: 1, Dir: "/nowhere/at/all"})
	if err := l.Add(text("党员 来 了"), 0); err == nil || !strings.HasPrefix(err.Error(), "keep counts: ") {
		t.Errorf("error is %v", err)
	}
}

func TestKeys(t *testing.T) {
	l := NewList(Options{})
	for _, x := range []struct {
		text  string
		sides []int
	}{{"堤 堤 堤 人", []int{0}}, {"人 人 山", []int{1}}, {"人", []int{0, 1}}} {
		if err := l.Add(text(x.text), x.sides...); err != nil {
			t.Fatal(err)
		}
	}
	keys, err := Top(l.Keys(), 10, ByKeyness)
	if err != nil {
		t.Fatal(err)
	}
	want := []Key{
		{Word: "堤", Frequency: 3, Documents: 1, PerMillion: 6e5, LogRatio: 2.584962500721156, G2: entropyG2(3, 5, 0, 4)}, // 0.6 against 0.125
		{Word: "山", AgainstFrequency: 1, AgainstDocuments: 1, AgainstPerMillion: 25e4, G2: -entropyG2(0, 5, 1, 4)},
		{Word: "人", Frequency: 2, Documents: 2, PerMillion: 4e5, AgainstFrequency: 3, AgainstDocuments: 2, AgainstPerMillion: 75e4, G2: -entropyG2(2, 5, 3, 4)},
	}
	want[0].LogRatio = LogRatio(3, 5, 0, 4)
	want[1].LogRatio = LogRatio(0, 5, 1, 4)
	want[2].LogRatio = LogRatio(2, 5, 3, 4)
	same := cmp.Comparer(equal)
	if want[2].G2 > want[1].G2 {
		want[1], want[2] = want[2], want[1]
	}
	if diff := cmp.Diff(want, keys, same); diff != "" {
		t.Error(diff)
	}
}

func TestTop(t *testing.T) {
	l := NewList(Options{})
	if err := l.Add(text(strings.Join(invented(50), " ")), 0); err != nil {
		t.Fatal(err)
	}
	all, err := Top(l.Rows(), 1<<20, MostFrequent)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 7, len(all), len(all) + 1} {
		some, err := Top(l.Rows(), n, MostFrequent)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(all[:min(n, len(all))], append([]Row{}, some...)); diff != "" {
			t.Errorf("the first %d: %s", n, diff)
		}
	}
}
