package web

import (
	"testing"
	"time"

	"jianbao/cmd/internal/pipeline"
)

func TestGrowthChart(t *testing.T) {
	start := time.Date(2020, 3, 20, 0, 0, 0, 0, time.UTC)
	at := func(hours, n int) pipeline.Growth {
		return pipeline.Growth{At: start.Add(time.Duration(hours) * time.Hour), Documents: int64(n)}
	}
	tests := []struct {
		name   string
		growth []pipeline.Growth
		line   string
	}{
		{"nothing", nil, ""},
		{"one commit", []pipeline.Growth{at(0, 5)}, "M0 140H0V0H720"},
		{"steps", []pipeline.Growth{at(0, 10), at(12, 20), at(24, 40)}, "M0 140H0V105H360V70H720V0H720"},
		{"many at once", []pipeline.Growth{at(0, 10), at(0, 20), at(24, 40)}, "M0 140H0V70H720V0H720"},
		{"no articles", []pipeline.Growth{at(0, 0), at(1, 0)}, "M0 140H0V140H720V140H720"},
	}
	for _, tt := range tests {
		if got := newGrowthChart(tt.growth); got.Line != tt.line {
			t.Errorf("%s: %q, want %q", tt.name, got.Line, tt.line)
		}
	}
}
