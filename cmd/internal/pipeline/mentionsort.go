package pipeline

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// MentionOrder is by what counts are sorted: one of [MentionOrders], with a
// minus in front for the greatest first. What is not known comes last either
// way.
type MentionOrder string

// MentionOrders are the orders: by value, by the day of which it counts or else
// that of its article, by the code and name of the place.
func MentionOrders() []string { return []string{"value", "date", "place"} }

// ParseMentionOrder reads an order.
func ParseMentionOrder(s string) (MentionOrder, error) {
	if !slices.Contains(MentionOrders(), strings.TrimPrefix(s, "-")) {
		return "", fmt.Errorf("unknown order %q (one of %v, with - in front for the greatest first)", s, MentionOrders())
	}
	return MentionOrder(s), nil
}

// compare is the order; the order of the tables where it says nothing.
func (o MentionOrder) compare(a, b *table.Mention) int {
	by, falling := strings.CutPrefix(string(o), "-")
	c := 0
	switch by {
	case "value":
		c = compareKnown(valueOf(a), valueOf(b), falling)
	case "date":
		c = compareKnown(dayOf(a), dayOf(b), falling)
	case "place":
		c = compareKnown(placeOf(a), placeOf(b), falling)
	}
	return cmp.Or(c, table.Compare(*a, *b))
}

// compareKnown has nil last.
func compareKnown[T cmp.Ordered](a, b *T, falling bool) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	case falling:
		return cmp.Compare(*b, *a)
	}
	return cmp.Compare(*a, *b)
}

// valueOf is the value, or what is nearest to one.
func valueOf(m *table.Mention) *int64 {
	for _, n := range []*int64{m.Value, m.Lo, m.Hi} {
		if n != nil {
			return n
		}
	}
	return nil
}

func dayOf(m *table.Mention) *corpus.Date {
	if m.AsOf != nil {
		return m.AsOf
	}
	return m.Published
}

func placeOf(m *table.Mention) *string {
	if m.Place == "" {
		return nil
	}
	key := m.Adcode + m.Place
	if m.Adcode == "" {
		key = "~" + m.Place // behind all codes
	}
	return &key
}

// sortBuffer is how many counts wait in memory, about 1 kB each.
const sortBuffer = 50_000

// mentionSorter sorts any number of counts. What does not fit in memory waits
// in sorted runs, as JSON lines in temporary files.
type mentionSorter struct {
	order  MentionOrder
	limit  int // negative: all are wanted
	room   int
	buffer []table.Mention
	runs   []*os.File
}

func newMentionSorter(order MentionOrder, limit int) *mentionSorter {
	return &mentionSorter{order: order, limit: limit, room: sortBuffer}
}

// add takes a count.
func (s *mentionSorter) add(m *table.Mention) error {
	s.buffer = append(s.buffer, *m)
	if len(s.buffer) < s.room {
		return nil
	}
	s.sort()
	if s.limit >= 0 && s.limit <= s.room/2 {
		s.buffer = s.buffer[:s.limit] // the others never come to be shown
		return nil
	}
	return s.spill()
}

func (s *mentionSorter) sort() {
	slices.SortFunc(s.buffer, func(a, b table.Mention) int { return s.order.compare(&a, &b) })
}

// spill makes a run of what is in memory.
func (s *mentionSorter) spill() error {
	f, err := os.CreateTemp("", "jianbao-sort-")
	if err != nil {
		return fmt.Errorf("sort counts: %w", err)
	}
	s.runs = append(s.runs, f)
	out := bufio.NewWriter(f)
	for e, i := json.NewEncoder(out), 0; err == nil && i < len(s.buffer); i++ {
		err = e.Encode(s.buffer[i])
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return fmt.Errorf("sort counts: %w", err)
	}
	s.buffer = s.buffer[:0]
	_, err = f.Seek(0, io.SeekStart)
	return err
}

// each calls emit with the counts in their order, up to the limit.
func (s *mentionSorter) each(emit func(*table.Mention) error) error {
	s.sort()
	heads := []*mentionRun{{buffer: s.buffer}}
	for _, f := range s.runs {
		heads = append(heads, &mentionRun{in: json.NewDecoder(bufio.NewReader(f))})
	}
	for _, h := range heads {
		if err := h.next(); err != nil {
			return err
		}
	}
	for n := 0; s.limit < 0 || n < s.limit; n++ {
		var least *mentionRun
		for _, h := range heads {
			if h.head != nil && (least == nil || s.order.compare(h.head, least.head) < 0) {
				least = h
			}
		}
		if least == nil {
			return nil
		}
		if err := emit(least.head); err != nil {
			return err
		}
		if err := least.next(); err != nil {
			return err
		}
	}
	return nil
}

// mentionRun is sorted counts: in memory, or in a file.
type mentionRun struct {
	buffer []table.Mention
	in     *json.Decoder
	head   *table.Mention // nil at the end
}

// next makes the next count the head.
func (r *mentionRun) next() error {
	r.head = nil
	if r.in == nil {
		if len(r.buffer) > 0 {
			r.head, r.buffer = &r.buffer[0], r.buffer[1:]
		}
		return nil
	}
	var m table.Mention
	err := r.in.Decode(&m)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sort counts: %w", err)
	}
	r.head = &m
	return nil
}

// close removes the temporary files.
func (s *mentionSorter) close() error {
	var errs []error
	for _, f := range s.runs {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	return errors.Join(errs...)
}
