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
	inFolded, inText := corpus.NewCodePoints(folded), corpus.NewCodePoints(text)
	var out []term
	for _, t := range terms {
		from, to := inFolded.Range(t.span)
		form := normal(inText.Bytes(from, to).Of(text))
		if form != t.text && 2*len(form) < maxTermBytes {
			out = append(out, term{t.text + keySeparator + form, t.pos, t.span})
		}
	}
	return out
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
	typed = strings.Map(narrow, typed)
	folded := l.Fold(typed)
	words := terms(folded, l.Segment(nil, folded), nil)
	if len(words) == 0 {
		return part{}, false
	}
	p := newPart(field, words)
	inFolded, inTyped := corpus.NewCodePoints(folded), corpus.NewCodePoints(typed)
	for i, w := range words {
		from, to := inFolded.Range(w.span)
		form := normal(inTyped.Bytes(from, to).Of(typed))
		s := &p.slots[i]
		if key := w.text + keySeparator; form != w.text {
			s.field, s.text = printedField(field), key+form
		} else {
			s.not = &slot{field: printedField(field), text: key}
		}
	}
	return p, true
}
