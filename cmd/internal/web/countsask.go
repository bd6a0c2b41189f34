package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
)

// maxFilter is how many bytes a filter of counts may have.
const maxFilter = 200

// askCounts reads which counts are asked for, as `jianbao mentions` has its
// flags: q, category, min, max, place, flag, counted, rule, since, until, sort;
// and level of the places.
func askCounts(values url.Values, categories []string) (o pipeline.OverviewOptions, err error) {
	o.Query = strings.TrimSpace(values.Get("q"))
	if len(o.Query) > maxQuery {
		return o, requestError{fmt.Sprintf("the query has more than %d bytes", maxQuery)}
	}
	for _, name := range []string{"place", "rule"} {
		if len(values.Get(name)) > maxFilter {
			return o, requestError{fmt.Sprintf("%s has more than %d bytes", name, maxFilter)}
		}
	}
	o.Filter.Place, o.Filter.Rule = strings.TrimSpace(values.Get("place")), strings.TrimSpace(values.Get("rule"))
	o.Filter.Categories = listOf(values["category"])
	for _, name := range o.Filter.Categories {
		if !slices.Contains(categories, name) {
			return o, requestError{fmt.Sprintf("unknown category %q (one of %v)", name, categories)}
		}
	}
	for _, name := range listOf(values["flag"]) {
		if !slices.Contains(corpus.Flags(), corpus.Flag(name)) {
			return o, requestError{fmt.Sprintf("unknown flag %q (one of %v)", name, corpus.Flags())}
		}
		o.Filter.Flags = append(o.Filter.Flags, corpus.Flag(name))
	}
	switch counted := values.Get("counted"); counted {
	case "", "0", "false":
	case "1", "true":
		o.Filter.Counted = true
	default:
		return o, requestError{fmt.Sprintf("counted is true or false, not %q", counted)}
	}
	return o, askBounds(values, &o)
}

// askBounds reads the bounds of value and time, the order and the level.
func askBounds(values url.Values, o *pipeline.OverviewOptions) (err error) {
	if o.Filter.Min, err = numberOf(values, "min"); err != nil {
		return err
	}
	if o.Filter.Max, err = numberOf(values, "max"); err != nil {
		return err
	}
	if o.Since, err = dayOf(values, "since"); err != nil {
		return err
	}
	if o.Until, err = dayOf(values, "until"); err != nil {
		return err
	}
	if o.Since != nil && o.Until != nil && *o.Since > *o.Until {
		return requestError{fmt.Sprintf("since %s is after until %s", o.Since, o.Until)}
	}
	o.Order = "-value"
	if sort := values.Get("sort"); sort != "" {
		if o.Order, err = pipeline.ParseMentionOrder(sort); err != nil {
			return requestError{err.Error()}
		}
	}
	o.Level = values.Get("level")
	if err := pipeline.ParseLevel(o.Level); err != nil {
		return requestError{err.Error()}
	}
	return nil
}

// listOf are the values of a parameter that comes again or with commas.
func listOf(values []string) []string {
	var out []string
	for _, v := range values {
		for name := range strings.SplitSeq(v, ",") {
			if name = strings.TrimSpace(name); name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func numberOf(values url.Values, name string) (*int64, error) {
	text := strings.TrimSpace(values.Get(name))
	if text == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, requestError{fmt.Sprintf("%s %q is not a whole number", name, shorten(text, 40))}
	}
	return &n, nil
}

func dayOf(values url.Values, name string) (*corpus.Date, error) {
	text := strings.TrimSpace(values.Get(name))
	if text == "" {
		return nil, nil
	}
	var day corpus.Date
	if err := day.UnmarshalText([]byte(text)); err != nil {
		return nil, requestError{fmt.Sprintf("%s %q is not a day like 2020-03-20", name, shorten(text, 40))}
	}
	return &day, nil
}
