package web

import (
	"strconv"
	"strings"

	"jianbao/corpus"
)

// placeOf is the span of a printed text to which a link leads: at=START-END in
// code points, or at=START for one character. The link ends in #at, so that the
// browser scrolls there. An empty span is no place.
func placeOf(given, text string) (corpus.Span, error) {
	if given == "" {
		return corpus.Span{}, nil
	}
	from, to, ranged := strings.Cut(given, "-")
	start, err := strconv.Atoi(from)
	end := start + 1
	if err == nil && ranged {
		end, err = strconv.Atoi(to)
	}
	points := corpus.NewCodePoints(text)
	if _, n := points.Range(corpus.Span{End: len(text)}); err != nil || start < 0 || end <= start || end > n {
		return corpus.Span{}, requestError{"at must be START-END, in code points of the text"}
	}
	return points.Bytes(start, end), nil
}
