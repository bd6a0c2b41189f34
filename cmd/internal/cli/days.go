package cli

import (
	"fmt"

	"jianbao/corpus"
)

// parseDays reads --since and --until; nil is one that was not given.
func parseDays(since, until string) (from, to *corpus.Date, err error) {
	for _, bound := range []struct {
		flag, text string
		day        **corpus.Date
	}{{"since", since, &from}, {"until", until, &to}} {
		if bound.text == "" {
			continue
		}
		var day corpus.Date
		if err := day.UnmarshalText([]byte(bound.text)); err != nil {
			return nil, nil, fmt.Errorf("--%s %q is not a day like 2020-03-20", bound.flag, bound.text)
		}
		*bound.day = &day
	}
	if from != nil && to != nil && *from > *to {
		return nil, nil, fmt.Errorf("--since %s is after --until %s", since, until)
	}
	return from, to, nil
}
