package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/store"
	"jianbao/corpus/verify"
)

// The bounds of the corpus page.
const (
	batchRows   = 20
	badRows     = 20
	growthRows  = 40 // steps of time
	problemRows = 10 // of a check
)

// corpusView is the page about the corpus itself.
type corpusView struct {
	view
	Stats    pipeline.Stats
	Counted  bool // Stats could be read
	Manifest store.Manifest
	Version  string
	Health   []check
	Growth   growthChart

	Batches     []batchView
	Newer       string
	Older       string
	BatchesFrom int
	BatchesTo   int

	Quarantine quarantineView
}

// check is one line about the state of the corpus.
type check struct {
	Good bool
	Text string
	Lang string // of the text, when it is not that of the page
}

type batchView struct {
	store.Batch
	Counts    store.Counts
	Megabytes string
	Other     bool // other rules or words made it
}

// quarantineView is the part of the page about the quarantine.
type quarantineView struct {
	view
	pipeline.Quarantined
	Filter       string // what is shown of it; empty for all
	All          string // the address without the filter
	Rows         []reasonView
	Bad          []badView
	First, Last  int
	Newer, Older string
}

type reasonView struct {
	pipeline.ReasonCount
	Address string // of the entries with this reason
	Chosen  bool
}

type badView struct {
	store.Bad
	URI, Message string
}

func (s *Server) corpusPage(w http.ResponseWriter, r *http.Request, c *volume) error {
	v := corpusView{view: s.newView(w, r, "corpus"), Manifest: c.Store().Manifest(), Version: pipeline.Version + " · " + s.opts.Pipeline.Fingerprint()}
	var err error
	v.Stats, err = c.Stats(r.Context())
	if stop := r.Context().Err(); stop != nil {
		return stop
	}
	if v.Counted = err == nil; !v.Counted { // something is damaged: the check says what
		s.opts.Log.Error("count the corpus", "error", err)
	}
	if err := v.checkHealth(r.Context(), s, c); err != nil {
		return err
	}
	v.Growth = newGrowthChart(pipeline.GrowthOf(v.Manifest))
	v.showBatches(pageOf(r), s.opts.Pipeline.Fingerprint())
	if err := v.showQuarantine(r, c); err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "corpus", v)
	return nil
}

// checkHealth says what is well and what is not.
func (v *corpusView) checkHealth(ctx context.Context, s *Server, c *volume) error {
	say := func(bad int, good, ill string) {
		if bad == 0 {
			v.Health = append(v.Health, check{Good: true, Text: v.T(good)})
			return
		}
		v.Health = append(v.Health, check{Text: v.N(ill, bad)})
	}
	if lag, err := c.Lag(); err == nil {
		v.Lag = lag
		say(int(lag), "health.index", "health.lag")
	} // else the check below says why the index does not open
	say(c.OtherRules(), "health.rules", "health.other")
	if err := v.verify(ctx, s); err != nil {
		return err
	}
	if v.Counted {
		say(int(v.Stats.Quarantined), "health.quarantine", "health.bad")
	}
	return nil
}

// verify says what the quick check of `jianbao verify` finds.
func (v *corpusView) verify(ctx context.Context, s *Server) error {
	var problems []verify.Problem
	report := func(p verify.Problem) {
		if p.Severity != verify.Note && len(problems) < problemRows {
			problems = append(problems, p)
		}
	}
	sum, err := s.opts.Pipeline.Verify(ctx, s.opts.Dir, pipeline.VerifyOptions{Quick: true, Report: report})
	if err != nil {
		return err
	}
	if sum.Errors+sum.Warnings == 0 {
		v.Health = append(v.Health, check{Good: true, Text: v.N("health.files", int(sum.Files))})
		return nil
	}
	v.Health = append(v.Health, check{Text: v.N("health.problems", int(sum.Errors+sum.Warnings))})
	for _, p := range problems {
		text := shorten(p.File+": "+p.Message+"; "+p.Mend, 400)
		v.Health = append(v.Health, check{Text: text, Lang: english.Tag()})
	}
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
		v.Newer = withParams(v.address, "page", pageParam(page-1), "lang", "") + "#batches-title"
	}
	if page < last {
		v.Older = withParams(v.address, "page", pageParam(page+1), "lang", "") + "#batches-title"
	}
}

// The parameters of the quarantine on the page.
const (
	reasonParam  = "reason"
	stageParam   = "stage"
	badPageParam = "bad"
)

// showQuarantine counts the reasons and lists a page of the entries that are
// asked for, the newest first.
func (v *corpusView) showQuarantine(r *http.Request, c *volume) error {
	page, err := strconv.Atoi(r.FormValue(badPageParam))
	if err != nil {
		page = 1
	}
	page = max(1, min(page, maxPage))
	o := pipeline.QuarantineOptions{Reason: r.FormValue(reasonParam), Stage: r.FormValue(stageParam), From: (page - 1) * badRows, Limit: badRows}
	q := quarantineView{view: v.view}
	if q.Quarantined, err = c.Quarantined(r.Context(), o); err != nil {
		return err
	}
	q.fill(o, page)
	v.Quarantine = q
	return nil
}

// fill prepares what the page shows of the quarantine.
func (q *quarantineView) fill(o pipeline.QuarantineOptions, page int) {
	here := func(pairs ...string) string {
		return withParams(q.address, append(pairs, "lang", "")...) + "#bad-title"
	}
	for _, c := range q.Reasons {
		q.Rows = append(q.Rows, reasonView{c, here(reasonParam, c.Reason, stageParam, c.Stage, badPageParam, ""), c.Reason == o.Reason && (o.Stage == "" || c.Stage == o.Stage)})
	}
	for _, b := range q.Newest {
		q.Bad = append(q.Bad, badView{b, shorten(b.URI, 120), shorten(b.Message, 240)})
	}
	if o.Reason != "" || o.Stage != "" {
		q.Filter, q.All = shorten(strings.Trim(o.Reason+" · "+o.Stage, " ·"), 80), here(reasonParam, "", stageParam, "", badPageParam, "")
	}
	q.First, q.Last = o.From+1, o.From+len(q.Bad)
	if page > 1 {
		q.Newer = here(badPageParam, pageParam(page-1))
	}
	if q.Last < q.Total {
		q.Older = here(badPageParam, pageParam(page+1))
	}
}

// GrowthText says in words what the chart of growth shows.
func (v corpusView) GrowthText() string {
	g := v.Growth
	return strings.NewReplacer("{from}", v.Moment(g.From), "{to}", v.Moment(g.To), "{n}", grouped(g.Most)).Replace(v.T("growth.text"))
}

// Reason is why a document is in quarantine, as the interface names it.
func (q quarantineView) Reason(code string) string { return q.named("reason", code) }

// Moment is a time as the page writes it.
func (v view) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04") + " UTC"
}
