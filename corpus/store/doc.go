// Package store is the corpus directory: immutable batches of Parquet files,
// and one manifest that lists them.
//
//	w, err := store.OpenWriter(ctx, dir, store.WriterOptions{RunID: run})
//	if !w.Has(doc.ID) {
//		err = w.Add(ctx, doc, sighting)
//	}
//	err = w.Commit(ctx)
//	err = w.Close()
//
//	r, err := store.OpenReader(dir)
//	for doc, err := range r.Documents(ctx) { … }
//
// # How a batch is committed
//
//  1. Its tables are written to batches/<id>.tmp, each file is synced, then the
//     directory.
//  2. The directory is renamed to batches/<id>, and batches is synced.
//  3. The next manifest, which lists the batch, is written beside the old one,
//     synced and renamed over it. This is the only commit point.
//
// What the manifest does not list does not exist: the next writer sweeps it.
// What the manifest retired stays for a grace period, so that a reader which
// opened an older manifest never loses a file.
//
// # How batches are replaced
//
// [Writer.Compact] merges batches, [Writer.Rewrite] puts new rows in the place of
// old ones, [Writer.Forget] removes documents. Each writes batches beside the old
// ones; the manifest that lists them retires these. [Manifest.Since] tells what of it
// concerns those who derived something: nothing after a compaction.
//
// # Who may do what
//
// One writer at a time holds the lock. Readers open one manifest; they take no
// lock and wait for nobody. A writer that failed to commit refuses all further
// work: close it and open another, which sees the old or the new state.
package store
