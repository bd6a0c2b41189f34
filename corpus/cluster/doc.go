// Package cluster groups reprints: documents whose folded bodies are equal, or
// nearly so.
//
//	doc.MinHash = cluster.Sign(hans).Bytes() // once a document, at ingest
//
//	result, err := cluster.Group(ctx, items, texts, cluster.Options{Dir: dir})
//	for row := range result.Rows() { … }
//
// It works on folded bodies (hans) that the caller supplies, so that one
// article in two scripts is one text.
//
// # How documents are grouped
//
//  1. The documents are numbered by (published, nulls last; doc_id). All that
//     follows goes by these numbers, so the order of arrival leaves no trace.
//  2. Those with one text_sha256 are exact duplicates. From here on the least of
//     them stands for all.
//  3. Two texts are candidates when a band of their signatures is equal: all 8
//     values of one of the 14 bands. That finds a pair of exact Jaccard
//     similarity J with the chance 1-(1-J^8)^14: 0.65 at 0.72, 0.92 at 0.8 and
//     0.9996 at 0.9.
//  4. In the order of the numbers each text is compared, by exact Jaccard, with
//     the leaders of its candidates. It joins the most similar that reaches the
//     threshold (the earliest of equals), or else leads a cluster of its own.
//     Texts that say other numbers are not similar at all (figure.go).
//
// A cluster is thereby led by, and named for, its least document, and every
// member is as similar to the leader as the threshold says.
//
// # Chains
//
// The connected components of all verified pairs are as independent of the
// order of arrival, but they chain: a bulletin that appears daily differs little
// from yesterday's, so a year of them would be one cluster whose ends share
// nothing, and its counts would be those of one article. A leader bounds that.
// What components are good for is kept: a text is also compared with the leader
// of a candidate when it is no candidate of that leader itself.
//
// # Boilerplate
//
// A bucket (the texts that share one band) of m texts has m(m-1)/2 pairs. Beyond
// [Options].Neighbours only the pairs of each text with as many texts before it,
// and with the first of the bucket, are candidates: a number that grows with m.
// As numbers go by date, the neighbours are those printed about the same time.
//
// # Memory
//
// Bands and candidates are sorted on disk and bodies wait there. In memory stand
// about 60 bytes a document, [Options].Memory and, for each body that is asked for,
// 70 bytes. A million documents, 300,000 of them asked for, took 162 MB of heap with
// its garbage.
//
// # Growing corpora
//
// The result depends on the set of documents alone. What is slow to make can be
// kept from one grouping to the next without changing it:
//
//   - the sorted bands of a batch, which never change: [WriteRun] once a batch,
//     [MergeRuns] on compaction, and [GroupRuns] instead of [Group];
//   - the similarities found, by the hashes of both texts: [Result].Pairs, given
//     back as [Options].Known. Bodies are then asked for only where a new document
//     has candidates.
package cluster
