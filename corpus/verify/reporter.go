package verify

import (
	"fmt"
	"slices"
	"strings"
)

// reporter hands problems on. Of each check in each file it hands on a few and
// counts the rest, so that a corpus with a million wrong rows can be checked.
type reporter struct {
	put   func(Problem)
	limit int64
	count map[kind]int64
	first map[kind]Problem // of those over the limit
	sum   *Summary
}

type kind struct {
	severity Severity
	check    Check
	file     string
}

func (r *reporter) add(p Problem) {
	switch p.Severity {
	case Error:
		r.sum.Errors++
	case Warning:
		r.sum.Warnings++
	default:
		r.sum.Notes++
	}
	k := kind{p.Severity, p.Check, p.File}
	r.count[k]++
	if r.count[k] <= r.limit {
		r.put(p)
	} else if r.count[k] == r.limit+1 {
		r.first[k] = p
	}
}

// flush says how many problems were left out.
func (r *reporter) flush() {
	var left []Problem
	for k, p := range r.first {
		p.Row, p.DocID = nil, ""
		p.Message = fmt.Sprintf("%d more, the first: %s", r.count[k]-r.limit, p.Message)
		left = append(left, p)
	}
	slices.SortFunc(left, func(a, b Problem) int {
		return strings.Compare(a.File+"\x00"+string(a.Check), b.File+"\x00"+string(b.Check))
	})
	for _, p := range left {
		r.put(p)
	}
	clear(r.first)
}
