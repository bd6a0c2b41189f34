package ingest

import "io"

// maxPast is how far a history goes back at least; members of web archives are
// seldom longer.
const maxPast = 1 << 20

// history is a stream that can be read again from a place not long ago.
type history struct {
	in   io.Reader
	past []byte // the last bytes that came from in
	end  int64  // where in the stream past ends
	at   int64  // where in the stream the next Read begins
	cost int64  // bytes that were read again
}

func (h *history) Read(p []byte) (int, error) {
	if again := h.past[len(h.past)-int(h.end-h.at):]; len(again) > 0 {
		n := copy(p, again)
		h.at += int64(n)
		h.cost += int64(n)
		return n, nil
	}
	n, err := h.in.Read(p)
	if len(h.past) > 2*maxPast {
		h.past = append(h.past[:0], h.past[len(h.past)-maxPast:]...)
	}
	h.past = append(h.past, p[:n]...)
	h.end += int64(n)
	h.at = h.end
	return n, err
}

// rewind makes at the place of the next Read. It refuses when that is too long
// ago, or when a hostile stream has made it read again too much.
func (h *history) rewind(at int64) bool {
	if at < h.end-int64(len(h.past)) || at > h.end || h.cost > 4*h.end+64<<20 {
		return false
	}
	h.at = at
	return true
}
