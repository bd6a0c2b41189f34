package table

import (
	"fmt"
	"time"
)

// Timestamp is a moment as Parquet's TIMESTAMP writes it: microseconds since
// 1970-01-01 UTC. It is not a time.Time because parquet-go takes these through
// nanoseconds, which overflow before 1678 and after 2262: a page that claims
// the year 9999 would come back as another year.
type Timestamp int64

// TimestampOf is t, cut to the microsecond.
func TimestampOf(t time.Time) Timestamp { return Timestamp(t.UnixMicro()) }

// knownTime is t, or nil for the zero time.
func knownTime(t time.Time) *Timestamp {
	if t.IsZero() {
		return nil
	}
	at := TimestampOf(t)
	return &at
}

// Time is the moment in UTC.
func (t Timestamp) Time() time.Time { return time.UnixMicro(int64(t)).UTC() }

// String is the moment as RFC 3339 writes it, in UTC.
func (t Timestamp) String() string { return t.Time().Format(time.RFC3339Nano) }

// MarshalText writes the moment as RFC 3339, in UTC.
func (t Timestamp) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a moment written as RFC 3339, in any zone.
func (t *Timestamp) UnmarshalText(b []byte) error {
	at, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		return fmt.Errorf("read moment: %w", err)
	}
	*t = TimestampOf(at)
	return nil
}
