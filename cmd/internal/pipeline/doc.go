// Package pipeline knows the order of the stages and nothing else does. It
// takes one raw document through them ([Pipeline.Document]), a stream of them
// into a corpus ([Pipeline.Ingest]), a query to the articles that match it
// ([Corpus.Search]) or the places where it does ([Corpus.KWIC]), the texts to
// counts of words ([Corpus.Words]), and the tables to a release
// ([Corpus.Export]).
//
// The life of a document:
//
//  1. ingest reads and decodes it
//  2. ingest/clean repairs it and finds body and metadata
//  3. segment/script folds the body, rune for rune
//  4. segment cuts the folded body into words
//  5. extract reads the counts, in offsets of the folded body
//  6. here those offsets become offsets of the body and of the source
//  7. corpus/store commits a batch; then the index takes it and publishes a
//     generation
//
// [Pipeline.Compact], [Pipeline.Reprocess], [Pipeline.Forget] and
// [Pipeline.RebuildIndex] look after a corpus.
package pipeline
