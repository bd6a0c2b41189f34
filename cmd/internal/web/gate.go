package web

import (
	"context"
	"errors"
)

// errBusy is a gate where too many wait already.
var errBusy = errors.New("too many queries at once")

// gate bounds how many heavy queries run, and how many wait for that. Beyond
// both it says no at once, so that a rush does not become a collapse.
type gate struct{ running, inside chan struct{} }

func newGate(running, waiting int) *gate {
	return &gate{make(chan struct{}, running), make(chan struct{}, running+waiting)}
}

// enter takes a place; leave gives it back. It fails with errBusy or the
// error of ctx.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.inside <- struct{}{}:
	default:
		return nil, errBusy
	}
	select {
	case g.running <- struct{}{}:
		return func() { <-g.running; <-g.inside }, nil
	case <-ctx.Done():
		<-g.inside
		return nil, ctx.Err()
	}
}
