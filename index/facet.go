package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"jianbao/index/query"
)

// FacetCount is one value of a facet and how many hits have it.
type FacetCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// The facets that are no fields.
const (
	FacetYear  = "year"
	FacetMonth = "month"
	FacetPlace = "place" // province, city and county
)

// FacetNames are the names that a facet can have.
func FacetNames() []string {
	return []string{
		query.Source, FacetPlace, query.Province, query.City, query.County, FacetYear, FacetMonth, query.Category, query.Script,
	}
}

// ParseFacets checks names and writes place as the three levels that it is.
func ParseFacets(names []string) ([]string, error) {
	var out []string
	add := func(names ...string) {
		for _, n := range names {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	for _, name := range names {
		switch name = strings.ToLower(strings.TrimSpace(name)); {
		case !slices.Contains(FacetNames(), name):
			return nil, fmt.Errorf("unknown facet %q (%s)", name, strings.Join(FacetNames(), ", "))
		case name == FacetPlace:
			add(query.Province, query.City, query.County)
		default:
			add(name)
		}
	}
	return out, nil
}

// facets counts the values of hits, of one facet a processor.
func (r *Reader) facets(ctx context.Context, v *view, names []string, found []ranked) (map[string][]FacetCount, error) {
	counts := make([][]FacetCount, len(names))
	err := inParallel(ctx, r.path, len(names), func(ctx context.Context, n int) error {
		field, length := facetField(names[n])
		col, err := r.column(ctx, v, field)
		if err == nil {
			counts[n] = countValues(col, length, found)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make(map[string][]FacetCount, len(names))
	for n, name := range names {
		out[name] = counts[n]
	}
	return out, nil
}

// facetField is the field that a facet counts, and how many bytes of its values.
func facetField(name string) (field string, length int) {
	switch name {
	case query.Source:
		return sourceField, maxTermBytes
	case FacetYear:
		return query.Published, len("2006")
	case FacetMonth:
		return query.Published, len("2006-01")
	}
	return name, maxTermBytes
}

// countValues counts by the first bytes of values: times in their order, others
// with the most frequent first.
func countValues(col *column, length int, found []ranked) []FacetCount {
	counts := make([]int, len(col.values))
	col.count(found, counts)
	out := []FacetCount{}
	for n, count := range counts {
		value := col.values[n]
		value = value[:min(length, len(value))]
		switch end := len(out) - 1; {
		case count == 0:
		case end >= 0 && out[end].Value == value:
			out[end].Count += count
		default:
			out = append(out, FacetCount{value, count})
		}
	}
	if length == maxTermBytes {
		slices.SortStableFunc(out, func(a, b FacetCount) int { return cmp.Compare(b.Count, a.Count) })
	}
	return out
}
