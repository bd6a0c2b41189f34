package ingest

import "io"

// Options bounds what is read. The zero value has the defaults.
type Options struct {
	Format    Format    // of what is in files, archives and compressed streams; default Auto
	FilesFrom io.Reader // a list of further paths, one a line or, when it holds NULs, with a NUL behind each; default none

	MaxDocument  int64  // bytes of one document; default 20 MB
	MaxLine      int    // bytes of one line of JSON lines; default 4 MiB
	MaxExpansion int64  // bytes that one compressed byte may become, after the first MB; default 100
	MaxArchive   int64  // bytes that the members of one archive may expand to; default 2 GiB
	MaxEntries   int    // members of one archive; default 10,000
	MaxWindow    uint64 // bytes of memory that a zstd stream may ask for; default 128 MiB, as the zstd tool
}

// freeExpansion is how much a stream may expand to before MaxExpansion counts:
// short repetitive texts compress well.
const freeExpansion = 1_000_000

func (o Options) withDefaults() Options {
	if o.Format == "" {
		o.Format = Auto
	}
	if o.MaxDocument <= 0 {
		o.MaxDocument = 20_000_000
	}
	if o.MaxLine <= 0 {
		o.MaxLine = 4 << 20
	}
	if o.MaxExpansion <= 0 {
		o.MaxExpansion = 100
	}
	if o.MaxArchive <= 0 {
		o.MaxArchive = 2 << 30
	}
	if o.MaxEntries <= 0 {
		o.MaxEntries = 10_000
	}
	if o.MaxWindow == 0 {
		o.MaxWindow = 128 << 20
	}
	return o
}
