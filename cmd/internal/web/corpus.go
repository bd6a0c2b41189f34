package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/store"
)

// The bounds of the corpus page.
const (
	batchRows     = 20
	badRows       = 20
	maxQuarantine = 10_000 // entries that are looked at
)

// corpusView is the page about the corpus itself.
type corpusView struct {
	view
	Stats    pipeline.Stats
	Manifest store.Manifest
	Version  string
	Health   []check

	Batches     []batchView
	Newer       string
	Older       string
	BatchesFrom int
	BatchesTo   int

	Reasons []reasonCount
	Bad     []badView
	Looked  int  // entries of the quarantine that were looked at
	MoreBad bool // there are more than were looked at
}

// check is one line about the state of the corpus.
type check struct {
	Good bool
	Text string
}

type batchView struct {
	store.Batch
	Counts    store.Counts
	Megabytes string
	Other     bool // other rules or words made it
}

type reasonCount struct {
	Reason, Stage string
	Count         int
}

type badView struct {
	store.Bad
	URI, Message string
}

func (s *Server) corpusPage(w http.ResponseWriter, r *http.Request, c *volume) error {
	v := corpusView{view: s.newView(w, r, "corpus"), Manifest: c.Store().Manifest(), Version: pipeline.Version + " · " + s.opts.Pipeline.Fingerprint()}
	var err error
	if v.Stats, err = c.Stats(r.Context()); err != nil {
		return err
	}
	if err := v.checkHealth(c); err != nil {
		return err
	}
	v.showBatches(pageOf(r), s.opts.Pipeline.Fingerprint())
	if err := v.showQuarantine(r.Context(), c); err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "corpus", v)
	return nil
}

// checkHealth says what is well and what is not.
func (v *corpusView) checkHealth(c *volume) error {
	say := func(bad int, good, ill string) {
		if bad == 0 {
			v.Health = append(v.Health, check{true, v.T(good)})
			return
		}
		v.Health = append(v.Health, check{false, v.N(ill, bad)})
	}
	lag, err := c.Lag()
	if err != nil {
		return err
	}
	v.Lag = lag
	say(int(lag), "health.index", "health.lag")
	say(c.OtherRules(), "health.rules", "health.other")
	if err := c.Store().CheckFiles(); err != nil {
		v.Health = append(v.Health, check{false, visible(err.Error())})
	} else {
		v.Health = append(v.Health, check{true, v.T("health.files")})
	}
	say(int(v.Stats.Quarantined), "health.quarantine", "health.bad")
	return nil
}

// showBatches fills in a page of the batches, the newest first.
func (v *corpusView) showBatches(page int, fingerprint string) {
	all := slices.Clone(v.Manifest.Batches)
	slices.Reverse(all)
	last := max(1, (len(all)+batchRows-1)/batchRows)
	page = min(page, last)
	from := (page - 1) * batchRows
	for _, b := range all[from:min(len(all), from+batchRows)] {
		size := strconv.FormatFloat(float64(b.Bytes())/(1<<20), 'f', 1, 64)
		v.Batches = append(v.Batches, batchView{b, b.Counts(), size, b.Fingerprint != fingerprint})
	}
	v.BatchesFrom, v.BatchesTo = from+1, from+len(v.Batches)
	if page > 1 {
		v.Newer = withParams(v.address, "page", pageParam(page-1), "lang", "")
	}
	if page < last {
		v.Older = withParams(v.address, "page", pageParam(page+1), "lang", "")
	}
}

// showQuarantine counts the reasons and lists the newest entries.
func (v *corpusView) showQuarantine(ctx context.Context, c *volume) error {
	counts := map[[2]string]int{}
	var all []store.Bad
	for b, err := range c.Store().Quarantine(ctx) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if v.Looked == maxQuarantine {
			v.MoreBad = true
			break
		}
		v.Looked++
		if err != nil { // one entry is damaged; the others are not
			b.Reason, b.Message = "damaged entry", err.Error()
		}
		counts[[2]string{b.Reason, b.Stage}]++
		all = append(all, b)
	}
	for key, n := range counts {
		v.Reasons = append(v.Reasons, reasonCount{key[0], key[1], n})
	}
	slices.SortFunc(v.Reasons, func(a, b reasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Stage, b.Stage))
	})
	slices.SortStableFunc(all, func(a, b store.Bad) int { return b.At.Compare(a.At) })
	for _, b := range all[:min(len(all), badRows)] {
		v.Bad = append(v.Bad, badView{b, shorten(b.URI, 120), shorten(b.Message, 240)})
	}
	return nil
}

// Moment is a time as the page writes it.
func (v corpusView) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04") + " UTC"
}
