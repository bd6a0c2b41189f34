// Package release is the layout of a release: a directory of Parquet tables
// that is handed to others, with all that they need to read it.
//
//	d, err := release.Create(dir)
//	defer d.Discard() // nothing once it is published
//
//	mentions := release.NewTable[table.Mention](d, release.Options{})
//	err = mentions.Add(2021, row)
//	err = mentions.Close()
//
//	err = d.Publish(release.About{Manifest: 7})
//
// # What is in it
//
//	<table>/published_year=2021/part-00000.parquet   Hive partitions, as pandas, Polars, DuckDB and Spark know them
//	csv/<table>.csv       if asked for
//	README.md             a dataset card, as dataset hubs show it
//	croissant.json        the same for machines: MLCommons Croissant 1.0
//	export.json           what was exported, of which state of which corpus
//	SHA256SUMS            of all other files
//
// # How it comes to be
//
// Everything is written to <dir>.tmp and synced; then that is renamed. A release
// is there as a whole or not at all. It holds no clock's time but those of the
// corpus: the same state and the same query make the same bytes.
//
// # Memory
//
// Rows wait in memory, by year, until a year has a part of them or all years
// together reach the budget. A part is one row group, sorted, and is written at
// once: one file is open at a time.
package release
