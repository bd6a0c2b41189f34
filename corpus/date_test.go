package corpus

import (
	"encoding/json"
	"testing"
	"time"
)

func TestDate(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		ok      bool
	}{{2020, 2, 29, true}, {2021, 2, 29, false}, {1998, 12, 31, true}, {2020, 13, 1, false}, {2020, 0, 1, false}, {1949, 10, 1, true}} {
		day, ok := DateOf(c.y, c.m, c.d)
		if ok != c.ok {
			t.Errorf("DateOf(%d, %d, %d): %v", c.y, c.m, c.d, ok)
		}
		if !ok {
			continue
		}
		b, err := json.Marshal(day)
		if err != nil {
			t.Fatal(err)
		}
		var back Date
		if err := json.Unmarshal(b, &back); err != nil || back != day {
			t.Errorf("%s came back as %v (%v)", b, back, err)
		}
		if y, m, d := day.Midnight().Date(); y != c.y || int(m) != c.m || d != c.d {
			t.Errorf("midnight of %v is %v", day, day.Midnight())
		}
	}
}

func TestMomentIsOfBeijing(t *testing.T) {
	m := Moment{Time: time.Date(2020, 3, 19, 23, 30, 0, 0, time.UTC), Precision: ToMinute}
	if got := m.String(); got != "2020-03-20T07:30:00+08:00" {
		t.Errorf("String = %s", got)
	}
	if day, ok := m.Day(); !ok || day.String() != "2020-03-20" {
		t.Errorf("Day = %v %v", day, ok)
	}
	if _, ok := (Moment{}).Day(); ok || (Moment{}).String() != "" {
		t.Error("an unknown moment has a day")
	}
}
