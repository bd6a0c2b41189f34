package index

import (
	"strings"
	"sync"

	"jianbao/corpus"
)

// printedField holds those words of a field that were printed otherwise than
// they are indexed, in traditional characters mostly: the word, a separator and
// the printed form, at the place of the word. A word that is not in there was
// printed as it is indexed, so that articles in simplified characters take no
// room.
func printedField(field string) string { return "_printed_" + field }

// printed are the terms of the printed field of a text. Printed has as many
// characters as the folded text.
func printed(terms []term, folded, text string) []term {
	if folded == text || text == "" {
		return nil
	}
	forms := newPrintedForms(folded, text)
	var out []term
	for _, t := range terms {
		if form := forms.of(t); form != t.text {
			out = append(out, term{t.text + keySeparator + form, t.pos, t.span})
		}
	}
	return out
}

// printedForms tells how the words of a text were printed.
type printedForms struct {
	text             string
	inFolded, inText *corpus.CodePoints
}

// newPrintedForms compares a folded text with the printed one, which has as many
// characters. It is nil, and that is of use, when they are the same.
func newPrintedForms(folded, text string) *printedForms {
	if folded == text || text == "" {
		return nil
	}
	return &printedForms{text, corpus.NewCodePoints(folded), corpus.NewCodePoints(text)}
}

// of is the printed form of a word, in small letters and narrow: the word itself
// when it was printed as it is indexed, or is too long to tell.
func (f *printedForms) of(t term) string {
	if f == nil {
		return t.text
	}
	from, to := f.inFolded.Range(t.span)
	form := normal(f.inText.Bytes(from, to).Of(f.text))
	if 2*len(form) >= maxTermBytes {
		return t.text
	}
	return form
}

// withPrinted is a field of words and the one of their printed forms.
func (l *Language) withPrinted(f *field, folded func() string, text string) []*field {
	words := sync.OnceValue(f.terms) // the library calls each once, in no set order
	forms := &field{name: printedField(f.name), options: wordsOptions, terms: func() []term {
		folded := folded()
		if folded == text {
			return nil
		}
		return printed(words(), folded, text)
	}}
	f.terms = words
	return []*field{f, forms}
}

// printedPart is what finds a typed text as it was printed; false when it has
// no word.
func (l *Language) printedPart(field, typed string) (part, bool) {
	words, forms := l.wordsAndForms(typed)
	if len(words) == 0 {
		return part{}, false
	}
	p := newPart(field, words)
	for i, w := range words {
		s := &p.slots[i]
		if key := w.text + keySeparator; forms[i] != w.text {
			s.field, s.text = printedField(field), key+forms[i]
		} else {
			s.not = &slot{field: printedField(field), text: key}
		}
	}
	return p, true
}

// wordsAndForms are the words of a text that was typed, and how each was typed.
func (l *Language) wordsAndForms(typed string) (words []term, forms []string) {
	typed = strings.Map(narrow, typed)
	folded := l.Fold(typed)
	words = terms(folded, l.Segment(nil, folded), nil)
	inFolded, inTyped := corpus.NewCodePoints(folded), corpus.NewCodePoints(typed)
	for _, w := range words {
		from, to := inFolded.Range(w.span)
		forms = append(forms, normal(inTyped.Bytes(from, to).Of(typed)))
	}
	return words, forms
}
