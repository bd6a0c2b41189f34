package number

import (
	"fmt"

	"jianbao/corpus"
)

// SyntaxError says where a string stopped being one quantity.
type SyntaxError struct {
	Text   string
	Offset int // byte offset of the first rune that does not belong
	Reason string
}

// Error quotes the text with the offset and the reason.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("parse quantity %q at offset %d: %s", e.Text, e.Offset, e.Reason)
}

// Parse reads s, which must be one quantity from end to end and nothing else:
// a numeral with its hedges, without a classifier. The error is a
// *[SyntaxError].
func Parse(s string) (corpus.Count, error) {
	r := reader{s: s}
	i := nextStart(s, 0)
	a, ok := r.alone(i)
	switch {
	case !ok:
		return corpus.Count{}, &SyntaxError{s, min(i, len(s)), "no numeral"}
	case a.from > 0:
		return corpus.Count{}, &SyntaxError{s, 0, "no hedge"}
	case a.to < len(s):
		return corpus.Count{}, &SyntaxError{s, a.to, "more behind the numeral"}
	case a.form.has(lost):
		return corpus.Count{}, &SyntaxError{s, a.start, "out of range"}
	}
	return a.count, nil
}

// alone reads the amount at i without asking what follows.
func (r *reader) alone(i int) (a amount, ok bool) {
	switch symbolAt(r.s, i).class {
	case none, half:
		return a, false
	case mask, someone:
		return r.maskAlone(i)
	}
	if a, ok = r.maskAlone(i); ok {
		return a, true
	}
	a, ok = r.amount(i, true)
	var q Quantity
	if ok && r.portion(&a, &q) {
		a.count, a.to = q.Count, q.Span.End
	}
	return a, ok
}
