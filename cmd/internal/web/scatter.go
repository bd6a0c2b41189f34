package web

import (
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/frequency"
	"jianbao/index"
	"jianbao/index/query"
)

// The size of a strip of a dispersion plot in its own units; the page stretches it.
const (
	stripWidth  = 720
	stripHeight = 56
	widestBar   = 48
)

// scatterView is where words stand in the parts of a corpus: a strip for each
// word, and the figures.
type scatterView struct {
	Words       []stripView
	Parts       []partView
	First, Last string // below the strips
	Numbered    bool   // parts are named in the table alone, by their numbers
	Undated     string
	Head        string // of the column of parts
}

// stripView is the plot of a word.
type stripView struct {
	Word, Address string
	Frequency     string
	PerMillion    string
	Summary       string // how often, and how high the highest bar is
	Articles      string // in how many, of how many
	D, DP, DPNorm string // over articles
	Bars          []stripBar
}

// stripBar is a part that has the word.
type stripBar struct {
	X, Y, Width, Height int
	SlotX, SlotWidth    int
	Label, Address      string
}

// partView is a row of the figures.
type partView struct {
	Number          int
	Name            string
	Articles, Total string
	Counts          []string // of each word, and per million
}

func newScatterView(v view, s pipeline.Scatter, within query.Node) *scatterView {
	out := &scatterView{Numbered: s.By == pipeline.BySource, Head: v.T("col.parts." + string(s.By))}
	if s.Undated > 0 && s.By != pipeline.BySource {
		out.Undated = v.N("scatter.undated", int(s.Undated))
	}
	for i, p := range s.Parts {
		row := partView{Number: i + 1, Name: nameOf(v, p), Articles: grouped(p.Articles), Total: grouped(p.Total)}
		for _, w := range s.Words {
			row.Counts = append(row.Counts, grouped(w.Parts[i]), decimal(frequency.PerMillion(w.Parts[i], p.Total), 1))
		}
		out.Parts = append(out.Parts, row)
	}
	for _, w := range s.Words {
		out.Words = append(out.Words, newStrip(v, s, w, within))
	}
	out.showEnds(s)
	return out
}

// showEnds names the first part and the last below the strips.
func (out *scatterView) showEnds(s pipeline.Scatter) {
	if len(s.Parts) == 0 {
		return
	}
	last := len(s.Parts) - 1
	switch s.By {
	case pipeline.BySource:
		out.First, out.Last = "1", strconv.Itoa(last+1)
	case pipeline.ByYear:
		out.First, out.Last = s.Parts[0].Name, s.Parts[last].Name
	default:
		out.First, out.Last = s.Parts[0].First, s.Parts[last].Last
	}
	if last == 0 {
		out.Last = ""
	}
}

// nameOf is a part as the page names it.
func nameOf(v view, p pipeline.Part) string {
	switch {
	case p.First != "" && p.First == p.Last:
		return p.First
	case p.First != "":
		return p.First + " – " + p.Last
	case p.Name == "":
		return v.T("parts.others")
	}
	return shorten(p.Name, 40)
}

func newStrip(v view, s pipeline.Scatter, w pipeline.ScatteredWord, q query.Node) stripView {
	out := stripView{
		Word: visible(w.Word), Address: linesFor(within(q, w.Word)),
		Frequency: grouped(w.Frequency), PerMillion: decimal(w.PerMillion, 1),
	}
	over := w.Over[0] // articles
	out.Articles = grouped(over.With) + " / " + grouped(over.Number)
	out.D, out.DP, out.DPNorm = measure(over.Juilland), measure(over.DP), measure(over.DPNorm)
	most := 0.0
	for i, n := range w.Parts {
		most = max(most, frequency.PerMillion(n, s.Parts[i].Total))
	}
	out.Summary = v.T("scatter.nowhere")
	if w.Frequency > 0 {
		out.Summary = strings.NewReplacer("{n}", out.Frequency, "{m}", out.PerMillion, "{most}", decimal(most, 1)).Replace(v.T("scatter.summary"))
	}
	for i, n := range w.Parts {
		if n > 0 {
			bar := placed(i, len(s.Parts), frequency.PerMillion(n, s.Parts[i].Total)/most)
			bar.Label = nameOf(v, s.Parts[i]) + ": " + grouped(n) + ", " + v.perMillion(frequency.PerMillion(n, s.Parts[i].Total))
			bar.Address = linesFor(inPart(q, w.Word, s.By, s.Parts[i]))
			out.Bars = append(out.Bars, bar)
		}
	}
	return out
}

// placed is bar i of n, as high as its share of the highest.
func placed(i, n int, share float64) stripBar {
	x, next := i*stripWidth/n, (i+1)*stripWidth/n
	width := min(max(1, (next-x)*4/5), widestBar)
	height := max(3, int(share*stripHeight))
	return stripBar{X: x + (next-x-width)/2, Y: stripHeight - height, Width: width, Height: height, SlotX: x, SlotWidth: next - x}
}

// inPart asks for a word in a part of the articles of a query.
func inPart(q query.Node, word string, by pipeline.Parting, p pipeline.Part) string {
	asked := beside(q, word)
	switch {
	case by == pipeline.ByYear:
		return plus(asked, clauseOf(index.FacetYear, p.Name))
	case by == pipeline.BySource && p.Name != "":
		return plus(asked, clauseOf(query.Source, p.Name))
	case by == pipeline.ByTime:
		if days, err := query.Parse(query.Published + ":[" + p.First + " TO " + p.Last + "]"); err == nil {
			return plus(asked, days)
		}
	}
	return asked.String()
}

// measure is a number between 0 and 1; a dash when it is not defined.
func measure(x *float64) string {
	if x == nil {
		return "–"
	}
	return decimal(*x, 3)
}

// perMillion is a relative frequency with its unit.
func (v view) perMillion(x float64) string { return decimal(x, 1) + " " + v.T("unit.permillion") }

// Width is that of a strip.
func (s scatterView) Width() int { return stripWidth }

// Height is that of a strip.
func (s scatterView) Height() int { return stripHeight }
