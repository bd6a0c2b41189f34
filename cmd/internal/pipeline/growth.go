package pipeline

import (
	"slices"
	"time"

	"jianbao/corpus/store"
)

// Growth is a commit and what the corpus held after it.
type Growth struct {
	At        time.Time
	Added     int64 // articles of the batch
	Documents int64 // in all, after it
}

// GrowthOf is how the corpus of a manifest grew, the oldest commit first. A batch
// that was made of others is of the moment at which it was made.
func GrowthOf(m store.Manifest) []Growth {
	batches := slices.Clone(m.Batches)
	slices.SortStableFunc(batches, func(a, b store.Batch) int { return a.CommittedAt.Compare(b.CommittedAt) })
	var out []Growth
	var total int64
	for _, b := range batches {
		added := b.Counts().Documents
		total += added
		out = append(out, Growth{b.CommittedAt, added, total})
	}
	return out
}

// Period are the commits of some time together.
type Period struct {
	Label     string // 2020, 2020-03, 2020-03-20, 2020-03-20 10h or 2020-03-20 10:52, in UTC
	Batches   int
	Added     int64
	Documents int64 // at its end
}

// periodLabels are the steps of periods, the finest first.
var periodLabels = []string{"2006-01-02 15:04", "2006-01-02 15h", time.DateOnly, "2006-01", "2006"}

// Periods joins commits to at most most periods, each as short as that allows;
// of years there may be more.
func Periods(growth []Growth, most int) []Period {
	var out []Period
	for _, layout := range periodLabels {
		out = out[:0]
		for _, g := range growth {
			label := g.At.UTC().Format(layout)
			if len(out) == 0 || out[len(out)-1].Label != label {
				out = append(out, Period{Label: label})
			}
			p := &out[len(out)-1]
			p.Batches++
			p.Added += g.Added
			p.Documents = g.Documents
		}
		if len(out) <= most {
			break
		}
	}
	return out
}
