package pipeline

import (
	"cmp"
	"context"
	"slices"

	"jianbao/corpus/store"
)

// QuarantineOptions say which entries of the quarantine to list.
type QuarantineOptions struct {
	Reason, Stage string // empty for any
	From, Limit   int    // of the newest
}

// Quarantined is an overview of the quarantine.
type Quarantined struct {
	Reasons []ReasonCount // of all entries, the most frequent first
	Total   int           // entries that were asked for
	Newest  []store.Bad   // those of the page
	Looked  int           // entries that were looked at
	More    bool          // there are others
}

// ReasonCount is how many entries have a reason at a stage.
type ReasonCount struct {
	Reason, Stage string
	Count         int
}

// maxLooked bounds the entries that an overview looks at: each is a file.
const maxLooked = 10_000

// Damaged is the reason of an entry that cannot be read.
const Damaged = "damaged entry"

// Quarantined counts the reasons why documents are in quarantine and lists the
// newest of those that o asks for.
func (c *Corpus) Quarantined(ctx context.Context, o QuarantineOptions) (Quarantined, error) {
	var out Quarantined
	counts := map[[2]string]int{}
	var wanted []store.Bad
	for b, err := range c.store.Quarantine(ctx) {
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if out.Looked == maxLooked {
			out.More = true
			break
		}
		out.Looked++
		if err != nil { // one entry is damaged; the others are not
			b.Reason, b.Message = Damaged, err.Error()
		}
		counts[[2]string{b.Reason, b.Stage}]++
		if (o.Reason == "" || b.Reason == o.Reason) && (o.Stage == "" || b.Stage == o.Stage) {
			wanted = append(wanted, b)
		}
	}
	for key, n := range counts {
		out.Reasons = append(out.Reasons, ReasonCount{key[0], key[1], n})
	}
	slices.SortFunc(out.Reasons, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Stage, b.Stage))
	})
	slices.SortStableFunc(wanted, func(a, b store.Bad) int { return b.At.Compare(a.At) })
	out.Total = len(wanted)
	from := min(max(0, o.From), len(wanted))
	out.Newest = wanted[from:min(len(wanted), from+o.Limit)]
	return out, nil
}
