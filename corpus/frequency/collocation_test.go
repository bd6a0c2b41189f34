package frequency

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/words"
)

func collocatesOf(t *testing.T, node []string, left, right int, o Options, texts ...string) (*Collocations, []Collocate) {
	t.Helper()
	c := NewCollocations(node, left, right, o)
	for _, s := range texts {
		if err := c.Add(text(s)); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := Top(c.Rows(), 100, ByLogDice)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return c, rows
}

// Two sentences and another text: 甲 occurs twice; near it, two words to either
// side within the sentence, are 上 乙 乙 丙, 乙 丁: 上 1, 乙 3, 丙 1, 丁 1. There are 10
// words beside 甲, of which 乙 is 4.
func TestCollocations(t *testing.T) {
	c, rows := collocatesOf(t, []string{"甲"}, 2, 2, Options{}, "下 上 乙 甲 乙 ， 丙 戊 。 乙 己", "乙 甲 丁 。")
	nodes, near, others := c.Total()
	if nodes != 2 || near != 6 || others != 10 {
		t.Errorf("%d nodes, %d words near, %d others, want 2, 6 and 10", nodes, near, others)
	}
	want := []Collocate{
		{Word: "乙", Together: 3, Documents: 2, Frequency: 4, Expected: 6 * 4 / 10., LogDice: 14, G2: entropyG2(3, 6, 1, 4)}, // 6/6
		{Word: "丁", Together: 1, Documents: 1, Frequency: 1, Expected: 6 / 10., LogDice: LogDice(1, 2, 1), G2: entropyG2(1, 6, 0, 4)},
		{Word: "上", Together: 1, Documents: 1, Frequency: 1, Expected: 6 / 10., LogDice: LogDice(1, 2, 1), G2: entropyG2(1, 6, 0, 4)},
		{Word: "丙", Together: 1, Documents: 1, Frequency: 1, Expected: 6 / 10., LogDice: LogDice(1, 2, 1), G2: entropyG2(1, 6, 0, 4)},
	}
	same := cmp.Comparer(equal)
	if diff := cmp.Diff(want, rows, same); diff != "" {
		t.Error(diff)
	}
}

func TestCollocationWindows(t *testing.T) {
	const s = "一 二 三 甲 四 甲 五 六 七"
	for _, c := range []struct {
		left, right int
		want        string
		near        int64
	}{
		{1, 0, "三 四", 2},
		{0, 2, "四 五 六", 3}, // 四 once: near both
		{2, 2, "二 三 四 五 六", 5},
	} {
		got, rows := collocatesOf(t, []string{"甲"}, c.left, c.right, Options{}, s)
		if _, near, _ := got.Total(); near != c.near {
			t.Errorf("%d,%d: %d words near, want %d", c.left, c.right, near, c.near)
		}
		for _, r := range rows {
			if r.Together != 1 {
				t.Errorf("%d,%d: %s %d times", c.left, c.right, r.Word, r.Together)
			}
		}
		if int64(len(rows)) != c.near {
			t.Errorf("%d,%d: %v, want %s", c.left, c.right, rows, c.want)
		}
	}
}

// A node of two words stands side by side, not across a mark; stop words count and
// are not listed.
func TestNodeOfTwoWords(t *testing.T) {
	c, rows := collocatesOf(t, []string{"甲", "乙"}, 1, 1, Options{Stop: stop}, "丙 甲 乙 的", "甲 ， 乙 丁", "甲 乙 / 丁")
	nodes, near, others := c.Total()
	if nodes != 2 || near != 2 || others != 6 {
		t.Errorf("%d nodes, %d near, %d others, want 2, 2 and 6", nodes, near, others)
	}
	if len(rows) != 1 || rows[0].Word != "丙" {
		t.Errorf("collocates %v, want 丙", rows)
	}
}

func TestOccurrences(t *testing.T) {
	for _, c := range []struct {
		text    string
		node    []string
		size, n int64
	}{
		{"甲 乙 ， 甲 。 乙", []string{"甲"}, 4, 2},
		{"甲 乙 ， 甲 。 乙", []string{"甲", "乙"}, 4, 1},
		{"甲 甲 甲", []string{"甲", "甲"}, 3, 1}, // they do not overlap
		{"", []string{"甲"}, 0, 0},
		{"甲", nil, 1, 0},
	} {
		if size, n := Occurrences(text(c.text), c.node); size != c.size || n != c.n {
			t.Errorf("%v in %q: %d of %d, want %d of %d", c.node, c.text, n, size, c.n, c.size)
		}
	}
}

// Over any texts, what stands near the node and what is counted add up.
func TestCollocationsAddUp(t *testing.T) {
	for _, memory := range []int64{0, 10 << 10} {
		c := NewCollocations([]string{"w3"}, 3, 3, Options{Memory: memory, Dir: t.TempDir()})
		var plain int64
		for _, s := range invented(200) {
			seq := text(s)
			for _, w := range seq {
				if w.Kind == words.Plain {
					plain++
				}
			}
			if err := c.Add(seq); err != nil {
				t.Fatal(err)
			}
		}
		nodes, near, others := c.Total()
		if nodes == 0 || nodes+others != plain {
			t.Fatalf("%d nodes and %d others of %d words", nodes, others, plain)
		}
		rows, err := Top(c.Rows(), 1<<20, ByG2)
		if err != nil {
			t.Fatal(err)
		}
		var together int64
		for _, r := range rows {
			together += r.Together
		}
		if together != near {
			t.Errorf("the collocates stand near %d times, want %d", together, near)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}
