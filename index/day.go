package index

import (
	"context"
	"math"
	"time"

	"jianbao/corpus"
	"jianbao/index/query"
)

// fewDays is for how many documents of a generation the day is read of each,
// which takes some ten microseconds a document. More are left to the column of
// days, which takes some ten milliseconds to make and is kept: a process that
// searches once seldom needs it, one that goes on searching has it soon.
const fewDays = 200

// setDays gives documents their days, as ranked wants them.
func (r *Reader) setDays(ctx context.Context, v *view, found []ranked) error {
	if !r.columns.has(query.Published) && r.daysRead.Add(int64(len(found))) <= fewDays {
		for n := range found {
			hit, err := readHit(v, found[n])
			if err != nil {
				return err
			}
			found[n].day = storedDay(hit.Published)
		}
		return ctx.Err()
	}
	days, err := r.column(ctx, v, query.Published)
	if err != nil {
		return err
	}
	for n := range found {
		found[n].day = -days.at(found[n].doc)
	}
	return nil
}

// storedDay orders what is stored of a day as the column orders the days that
// are indexed: the later the less, and one that is not known last.
func storedDay(published string) int32 {
	var day corpus.Date
	if err := day.UnmarshalText([]byte(published[:min(len(published), len(time.DateOnly))])); err != nil {
		return math.MaxInt32
	}
	return -int32(day)
}
