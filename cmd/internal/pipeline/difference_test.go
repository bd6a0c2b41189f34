package pipeline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNumbersThatDiffer(t *testing.T) {
	p := newPipeline(t)
	for _, c := range []struct {
		name, a, b string
		numbers    []Change
		words      int
	}{
		{"the same in two scripts", "全县设检查站12处。", "全縣設檢查站12處。", nil, 0},
		{"a figure", "全县设检查站12处。", "全縣設檢查站17處。", []Change{{"12", "17", "全县设检查站", "处。"}}, 0},
		{"white space", "全县设\n检查站12处。", "全县设检查站 12处。", nil, 0},
		{"the same number", "建立临时党支部十二个", "建立临时党支部12个", nil, 1},
		{"a hedge", "劝返点近20个", "劝返点20个", []Change{{"近20", "20", "劝返点", "个"}}, 0},
		{"a word beside a number", "劝返点20个", "劝返点共20个", nil, 1},
		{"a number of more words", "设检查站5处。", "设检查站5处，劝返点3处。", []Change{{"", "3", "查站5处，劝返点", "处。"}}, 1},
		{"a name", "第一书记到岗", "干部到岗", nil, 1},
	} {
		numbers, words := p.changes(p.parts(c.a, c.b))
		if diff := cmp.Diff(append([]Change{}, c.numbers...), numbers); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if len(words) != c.words {
			t.Errorf("%s: %d words, not %d: %+v", c.name, len(words), c.words, words)
		}
	}
}

// The parts of a comparison are both texts, white space aside, and what is
// equal is equal when folded; of a text and its folded form nothing
// differs.
func TestDiffHasBothTexts(t *testing.T) {
	p := newPipeline(t)
	var texts []string
	for _, raw := range samples(t) {
		doc, err := p.Document(raw)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, doc.Text)
	}
	bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for i, a := range texts {
		b := texts[(i+1)%len(texts)]
		var left, right string
		for _, part := range p.parts(a, b) {
			left, right = left+part.A, right+part.B
			if part.Equal && bare(fold(part.A)) != bare(fold(part.B)) {
				t.Errorf("equal: %q and %q", part.A, part.B)
			}
		}
		if bare(left) != bare(a) || bare(right) != bare(b) {
			t.Errorf("the parts of texts %d and %d are not these texts", i, i+1)
		}
		for _, part := range p.parts(a, fold(a)) {
			if !part.Equal {
				t.Errorf("text %d folded: %q for %q", i, part.B, part.A)
			}
		}
	}
}
