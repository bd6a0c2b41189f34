package pipeline

import (
	"cmp"
	"slices"
	"strings"
)

// partOf is a part with its articles.
type partOf struct {
	Part
	articles []scored
}

// partition parts the articles; each part has at least one.
func partition(all []scored, by Parting) []partOf {
	switch by {
	case ByYear:
		return named(byDay(all), func(a scored) string { return a.day.Time().Format("2006") })
	case BySource:
		return largest(named(all, func(a scored) string { return a.source }), sourceParts)
	}
	return equalParts(byDay(all), timeParts)
}

// byDay are the articles that have a day, in the order of days.
func byDay(all []scored) []scored {
	out := slices.DeleteFunc(slices.Clone(all), func(a scored) bool { return a.day == nil })
	slices.SortFunc(out, func(a, b scored) int { return cmp.Or(cmp.Compare(*a.day, *b.day), strings.Compare(a.docID, b.docID)) })
	return out
}

// equalParts cuts articles into at most n runs, whose lengths differ by at most one.
func equalParts(all []scored, n int) []partOf {
	parts := make([]partOf, min(n, len(all)))
	for i := range parts {
		p := partOf{articles: all[i*len(all)/len(parts) : (i+1)*len(all)/len(parts)]}
		p.First = p.articles[0].day.Time().Format("2006-01-02")
		p.Last = p.articles[len(p.articles)-1].day.Time().Format("2006-01-02")
		parts[i] = p.summed()
	}
	return parts
}

// named groups articles by name, in the order of names.
func named(all []scored, name func(scored) string) []partOf {
	groups := map[string]*partOf{}
	var out []partOf
	for _, a := range all {
		g := groups[name(a)]
		if g == nil {
			g = &partOf{Part: Part{Name: name(a)}}
			groups[g.Name] = g
		}
		g.articles = append(g.articles, a)
	}
	for _, g := range groups {
		out = append(out, g.summed())
	}
	slices.SortFunc(out, func(a, b partOf) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// largest keeps n named parts, the largest first, and makes one of all others and
// of those without a name.
func largest(parts []partOf, n int) []partOf {
	slices.SortStableFunc(parts, func(a, b partOf) int { return cmp.Compare(b.Total, a.Total) })
	var kept []partOf
	var others partOf
	for _, p := range parts {
		if p.Name != "" && len(kept) < n {
			kept = append(kept, p)
		} else {
			others.articles = append(others.articles, p.articles...)
		}
	}
	if len(others.articles) == 0 {
		return kept
	}
	return append(kept, others.summed())
}

func (p partOf) summed() partOf {
	p.Articles, p.Total = int64(len(p.articles)), 0
	for _, a := range p.articles {
		p.Total += a.size
	}
	return p
}
