// Package index keeps the searchable form of a corpus: words, their places,
// and the little that a list of hits shows. It is the only importer of bleve.
//
// The index is derived. Parquet is the truth: an index directory can be
// deleted at any time, and [Writer.LastManifest] tells the pipeline what the
// index does not know yet.
//
//	w, err := index.OpenWriter(dir, lang, index.Options{})
//	err = w.Index(ctx, docs)        // durable, but nobody sees it
//	err = w.Publish(ctx, manifest)  // readers that open from now on do
//	err = w.Close()
//
//	r, err := index.OpenReader(dir, lang)
//	q, err := query.Parse("临时党支部 -演练")
//	res, err := r.Search(ctx, q, index.SearchOptions{Size: 10})
//	snippets := r.Highlighter(q).Snippets(folded, printed, mentions)
//
// # Words and positions
//
// A text is folded, segmented once by the pipeline, and indexed with its words
// and the words inside them: 党员干部 is also found as 党员 and as 干部. The
// position of a word is the number of characters before it, not of words:
// inner words then have places of their own, and a phrase matches the string
// that was typed however the two segmentations fall. White space does not
// count; anything else between words (a comma, a full stop) counts as one, so
// that no phrase reaches across it unless it was typed with something there.
//
// # Mentions
//
// A mention has keys of its own in one field: its kind, its value and what that
// begins with, its place and the ends of it. A key has the set of an article's
// mentions that have it in place of a frequency, so that count( ) asks of one
// mention what stands within it. [query.Count.Matcher] says what is found. All
// mentions are also stored with the text, to be shown where they stand.
//
// # Generations
//
//	live/      the index that a writer works on; one writer at a time
//	gen-12/    what readers open: hard links to the files of live as manifest 12
//	gen-12.1/  found them; the same manifest published again
//
// A generation is complete before it gets its name and never changes, so a
// reader neither waits for a writer nor disturbs one. Those that are removed
// stay readable to who has them open.
//
// One file may join it later, and only spares time: [ReprintsFile], which
// articles are reprints. It names the clusters that it was made from and the
// segments by which documents are numbered; with others it is not read.
package index
