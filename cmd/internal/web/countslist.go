package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/table"
)

// maxEvidence is how many characters of a sentence are shown on either side of a
// count.
const maxEvidence = 60

// mentionRow is a count as the list shows it.
type mentionRow struct {
	pipeline.ListedMention
	Number   int
	Amount   string
	Hedge    string // the modifier, unless the number is exact
	Day      string
	AsOf     bool // the text names the day
	Evidence []evidencePiece
	Title    string
	Origin   string // the source
	Address  string // of the count in its article
	Marks    []string
}

// list fills in the counts one by one.
func (v *countsView) list(o pipeline.OverviewOptions) {
	for i, m := range v.Answer.Listed {
		v.Mentions = append(v.Mentions, v.mention(m, o.From+i+1))
	}
	v.First, v.Last = o.From+1, o.From+len(v.Mentions)
	if v.Number > 1 {
		v.Newer = withParams(v.address, "page", pageParam(v.Number-1), "lang", "")
	}
	if v.Answer.More && v.Number < maxPage {
		v.Older = withParams(v.address, "page", pageParam(v.Number+1), "lang", "")
	}
}

func (v *countsView) mention(m pipeline.ListedMention, number int) mentionRow {
	row := mentionRow{
		ListedMention: m, Number: number, Amount: amount(m.Mention), Evidence: evidence(&m.Mention),
		Title: shorten(m.Article.Title, 60), Origin: shorten(m.Source, 40), Address: mentionAddress(&m.Mention, v.Form.Q),
	}
	if strings.TrimSpace(m.Article.Title) == "" {
		row.Title = v.T("untitled")
	}
	if m.Modifier != "exact" {
		row.Hedge = v.named("hedge", m.Modifier)
	}
	switch {
	case m.AsOf != nil:
		row.Day, row.AsOf = m.AsOf.String(), true
	case m.Published != nil:
		row.Day = m.Published.String()
	}
	for _, f := range m.Flags {
		row.Marks = append(row.Marks, v.named("flag", f))
	}
	if !m.Counted {
		row.Marks = append(row.Marks, v.T("uncounted"))
	}
	if m.Reprint {
		row.Marks = append(row.Marks, v.T("counts.reprint"))
	}
	return row
}

// mentionAddress is where a count stands in its article, with what a query
// finds there.
func mentionAddress(m *table.Mention, q string) string {
	values := url.Values{"at": {fmt.Sprintf("%d-%d", m.Start, m.End)}}
	if q != "" {
		values.Set("q", q)
	}
	address := url.URL{Path: "/articles/" + m.DocID, RawQuery: values.Encode(), Fragment: "at"}
	return address.String()
}

// evidencePiece is a piece of a sentence: of its number, of what it counts, or
// of neither.
type evidencePiece struct{ Text, Class string }

// evidence is the sentence of a count, or as much of it around as is shown.
func evidence(m *table.Mention) []evidencePiece {
	text := []rune(m.Sentence)
	within := func(at int32) int { return max(0, min(int(at-m.SentenceStart), len(text))) }
	from, to := max(0, within(m.Start)-maxEvidence), min(len(text), within(m.End)+maxEvidence)
	number, head := [2]int{within(m.NumberStart), within(m.NumberEnd)}, [2]int{within(m.HeadStart), within(m.HeadEnd)}
	cuts := []int{from, to}
	for _, at := range []int{number[0], number[1], head[0], head[1]} {
		if at > from && at < to {
			cuts = append(cuts, at)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []evidencePiece
	if from > 0 {
		out = append(out, evidencePiece{Text: "…"})
	}
	for i := 1; i < len(cuts); i++ {
		piece := evidencePiece{Text: visible(string(text[cuts[i-1]:cuts[i]]))}
		switch at := cuts[i-1]; {
		case number[0] <= at && at < number[1]:
			piece.Class = "number"
		case head[0] <= at && at < head[1]:
			piece.Class = "head"
		}
		out = append(out, piece)
	}
	if to < len(text) {
		out = append(out, evidencePiece{Text: "…"})
	}
	return out
}
