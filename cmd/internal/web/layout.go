package web

import (
	"fmt"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/corpus/table"
)

// layOut is an article in one of its forms, with the marks in bytes of that. The
// place, if it is not empty, is a span of the printed text that is marked too.
func layOut(a pipeline.Marked, form string, place corpus.Span) (string, []mark, error) {
	if form == asCrawled {
		return layOutSource(a, place)
	}
	text := a.Document.Text
	marks := printedMarks(a)
	if !place.Empty() {
		marks = append(marks, mark{kind: isPlace, span: place})
	}
	if form == asPrinted {
		return text, marks, nil
	}
	convert, err := pipeline.Converter(form)
	if err != nil {
		return "", nil, err
	}
	// Rune i of what is converted is rune i of what was printed.
	converted := convert(text)
	from, to := corpus.NewCodePoints(text), corpus.NewCodePoints(converted)
	for i := range marks {
		marks[i].span = to.Bytes(from.Range(marks[i].span))
	}
	return converted, marks, nil
}

// printedMarks are the marks of the printed text.
func printedMarks(a pipeline.Marked) []mark {
	at := corpus.NewCodePoints(a.Document.Text)
	var marks []mark
	for _, h := range a.Hits {
		marks = append(marks, mark{kind: isHit, span: h})
	}
	for i, m := range a.Mentions {
		marks = append(marks, mark{kind: isMention, span: at.Bytes(int(m.Start), int(m.End)), mention: i + 1, note: noteOf(m)})
	}
	shift := 0 // from the source to the text, in code points
	for _, e := range a.Edits {
		if !e.Applied {
			continue // where a doubt stands in the text is not told; the source shows it
		}
		start := int(e.RawStart) + shift
		end := start + len([]rune(e.After))
		shift += len([]rune(e.After)) - int(e.RawEnd-e.RawStart)
		marks = append(marks, mark{kind: isRepair, span: at.Bytes(start, end), note: noteOfEdit(e)})
	}
	return marks
}

// layOutSource is an article as it was crawled.
func layOutSource(a pipeline.Marked, place corpus.Span) (string, []mark, error) {
	doc, err := table.ToDocument(&a.Document, a.Edits)
	if err != nil {
		return "", nil, err
	}
	at, back := corpus.NewCodePoints(a.Document.RawText), corpus.NewRawMap(doc.Edits)
	var marks []mark
	if !place.Empty() {
		marks = append(marks, mark{kind: isPlace, span: back.Span(place)})
	}
	for _, h := range a.Hits {
		marks = append(marks, mark{kind: isHit, span: back.Span(h)})
	}
	for i, m := range a.Mentions {
		marks = append(marks, mark{kind: isMention, span: at.Bytes(int(m.RawStart), int(m.RawEnd)), mention: i + 1, note: noteOf(m)})
	}
	for _, e := range a.Edits {
		k := isRepair
		if !e.Applied {
			k = isDoubt
		}
		marks = append(marks, mark{kind: k, span: at.Bytes(int(e.RawStart), int(e.RawEnd)), note: noteOfEdit(e)})
	}
	return a.Document.RawText, marks, nil
}

func noteOf(m table.Mention) string {
	return fmt.Sprintf("%s: %s (%s)", m.Category, amount(m), m.RuleID)
}

// noteOfEdit says what a repair did.
func noteOfEdit(e table.Edit) string {
	note := strings.Join(e.Kinds, ", ")
	if e.Applied {
		note += ": " + quoteShort(e.Before) + " → " + quoteShort(e.After)
	}
	if e.Note != "" {
		note += " (" + e.Note + ")"
	}
	return note
}

func quoteShort(s string) string {
	if s == "" {
		return "∅"
	}
	return "“" + shorten(s, 40) + "”"
}
