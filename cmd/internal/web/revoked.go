package web

import (
	"maps"
	"sync"
	"time"
)

// maxRevoked bounds how many sessions that were logged out are remembered.
const maxRevoked = 10_000

// revoked are the sessions that were logged out before their time, until that
// time comes. When there are too many, all sessions that began until then end:
// none that was logged out is ever taken again.
type revoked struct {
	mu     sync.Mutex
	ends   map[string]time.Time // by the id of the session
	before time.Time            // sessions that end until then are over
	limit  int
}

func newRevoked(limit int) *revoked {
	return &revoked{ends: map[string]time.Time{}, limit: limit}
}

// add ends the session with an id, which would have lasted until end.
func (r *revoked) add(id string, end, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.ends) >= r.limit {
		maps.DeleteFunc(r.ends, func(_ string, end time.Time) bool { return !now.Before(end) })
	}
	if len(r.ends) >= r.limit {
		clear(r.ends)
		r.before = now.Add(sessionLife)
	}
	r.ends[id] = end
}

// has reports whether a session that lasts until end was logged out.
func (r *revoked) has(id string, end time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ended := r.ends[id]
	return ended || !end.After(r.before)
}
