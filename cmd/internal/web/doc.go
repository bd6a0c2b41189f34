// Package web shows a corpus in a browser and answers the same questions as
// JSON. Pages are made on the server, need no script, and keep all of their state
// in the URL.
//
//	s, err := web.New(web.Options{Pipeline: p, Dir: "corpus"})
//	err = s.Serve(ctx, listener) // until ctx ends; then what runs is finished
//
// # The life of a request
//
//  1. secure sets the headers that tell a browser what not to do, and refuses
//     foreign hosts and writes from other sites.
//  2. admit wants the token, as a bearer or as the cookie of the login page.
//  3. heavy waits for one of a few places; when too many wait it answers 503.
//  4. library.borrow hands out the newest state of the corpus.
//  5. A handler fills a view; render and send write it as a whole.
package web
