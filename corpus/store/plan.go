package store

import (
	"cmp"
	"math"
	"slices"
)

// CompactOptions says which batches are merged. The zero value merges all that
// can be.
type CompactOptions struct {
	// Fan merges only where so many batches of about one size are there: within a
	// factor of Fan. Then each row is written anew once for each time that the corpus grows
	// by Fan, and the manifest stays short. 0 merges whatever is small.
	Fan int

	MaxBytes int64 // of a merged batch, about; 0 means 512 MB
}

// maxParts bounds the files that are open at a time, and with them memory: some
// megabytes each.
const maxParts = 32

func (o CompactOptions) withDefaults() CompactOptions {
	o.MaxBytes = cmp.Or(o.MaxBytes, 512<<20)
	return o
}

// plan is the sets of batches that become one batch each. Those of one set were
// made by one pipeline, so that a batch has one fingerprint.
func (o CompactOptions) plan(batches []Batch) [][]Batch {
	type maker struct{ version, fingerprint string }
	var makers []maker
	groups := make(map[maker][]Batch)
	for _, b := range batches {
		m := maker{b.PipelineVersion, b.Fingerprint}
		if groups[m] == nil {
			makers = append(makers, m)
		}
		groups[m] = append(groups[m], b)
	}
	var sets [][]Batch
	for _, m := range makers {
		for _, tier := range o.tiers(groups[m]) {
			sets = append(sets, o.pack(tier)...)
		}
	}
	return sets
}

// tiers are the batches that are to be merged, by their size.
func (o CompactOptions) tiers(batches []Batch) [][]Batch {
	if o.Fan <= 1 {
		return [][]Batch{batches}
	}
	tiers := make(map[int][]Batch)
	for _, b := range batches {
		if b.Bytes() <= o.MaxBytes/2 {
			tier := int(math.Log(float64(b.Bytes()+1)) / math.Log(float64(o.Fan)))
			tiers[tier] = append(tiers[tier], b)
		}
	}
	var full [][]Batch
	for _, tier := range tiers {
		if len(tier) >= o.Fan {
			full = append(full, tier)
		}
	}
	slices.SortFunc(full, func(a, b []Batch) int { return cmp.Compare(a[0].ID, b[0].ID) })
	return full
}

// pack fills sets up to MaxBytes, the smallest batches first. What is alone
// stays as it is.
func (o CompactOptions) pack(batches []Batch) (sets [][]Batch) {
	batches = slices.Clone(batches)
	slices.SortStableFunc(batches, func(a, b Batch) int { return cmp.Compare(a.Bytes(), b.Bytes()) })
	for len(batches) > 0 {
		n, size := 0, int64(0)
		for n < len(batches) && n < maxParts && (n == 0 || size+batches[n].Bytes() <= o.MaxBytes) {
			size += batches[n].Bytes()
			n++
		}
		if n > 1 {
			sets = append(sets, batches[:n:n])
		}
		batches = batches[n:]
	}
	return sets
}
