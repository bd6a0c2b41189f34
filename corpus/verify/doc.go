// Package verify looks a corpus over and says what is wrong with it and how to
// mend it. It changes nothing and takes no lock.
//
//	c := verify.New(r, verify.Options{Fold: fold, Report: print})
//	err := c.Tables(ctx)
//	err = c.Clusters(ctx, f)
//	err = c.Quarantine(ctx, identity)
//	sum := c.Close()
//
// What is wrong with a corpus is a [Problem], never an error: these are for what
// keeps the check itself from going on.
//
// # What is checked
//
//  1. Files: each that the manifest lists is there, with its size, its SHA-256, the
//     columns and the metadata of its table, and as many rows as the manifest says.
//     The rows of a file that fails are not looked at.
//  2. Documents: no doc_id twice in the corpus.
//  3. Rows by themselves: the order of the table, bounds.
//  4. Documents with their edits, sentences and mentions: hashes, offsets, and that the edits
//     alone turn raw_text into text.
//  5. Sightings: of documents that are there, and one at least of each.
//  6. What is derived holds exactly the documents.
//
// # Memory
//
// Some 40 bytes a document, and one part of a batch: the rows that belong to a
// few thousand documents. The tables of a batch are sorted each in its own
// way, so those rows are dealt out to temporary files first.
package verify
