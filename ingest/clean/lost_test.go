package clean

import (
	"testing"

	"jianbao/corpus"
)

func TestLostDigitsAreMarked(t *testing.T) {
	for in, want := range map[string]string{
		"他于年6月至年8月蹲点。":            "年年",
		"检查车辆辆，劝返3辆。":             "辆",
		"2020年6月至2021年8月，检查车辆9辆。": "",
		"二〇二〇年6月，年末，去年8月。":        "",
		"明年3月和当年12月":              "",
	} {
		got := ""
		for _, m := range newCleaner(t).Clean(in, corpus.Text).Marks {
			if m.Applied || m.Before != m.After {
				t.Errorf("%q: a mark changes something: %+v", in, m)
			}
			got += m.Before
		}
		if got != want {
			t.Errorf("%q: marked %q, want %q", in, got, want)
		}
	}
}
