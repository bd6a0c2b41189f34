package table

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// The keys of a file's metadata.
const (
	KeyTable           = "table"
	KeyOffsets         = "offsets" // always "code points"
	KeyUnits           = "units"   // a JSON object: the units of the columns that have one
	KeyPipelineVersion = "pipeline_version"
	KeyFingerprint     = "fingerprint"
	KeyBatchID         = "batch_id"
	KeyManifest        = "manifest" // of a derived or a released table
)

const (
	defaultRowGroupBytes = 64 << 20
	pageBytes            = 1 << 20
	bloomBitsPerValue    = 10 // one false answer in a hundred
	maxDictionaryBytes   = 4 << 20
)

// Options of a [Writer].
type Options struct {
	RowGroupBytes   int64  // about how much memory a row group takes; 0 means 64 MB
	PipelineVersion string // these three go to the file's metadata
	Fingerprint     string
	BatchID         string
	Manifest        int64 // of a derived or a released table: the manifest that it was made from
}

// Writer writes one Parquet file: zstd, a page index, a bloom filter on
// doc_id, row groups bounded by bytes.
type Writer[T Row[T]] struct {
	out   *parquet.GenericWriter[T]
	limit int64
	group int64 // estimated bytes of the row group so far
	rows  int64
	last  T
}

// NewWriter returns a writer to w. The file is complete only after Close,
// which leaves w open.
func NewWriter[T Row[T]](w io.Writer, opts Options) *Writer[T] {
	limit := opts.RowGroupBytes
	if limit <= 0 {
		limit = defaultRowGroupBytes
	}
	var row T
	options := append(writerOptions(row.layout(), opts), parquet.KeyValueMetadata(KeyUnits, units(Columns[T]())))
	return &Writer[T]{out: parquet.NewGenericWriter[T](w, options...), limit: limit}
}

func writerOptions(l layout, opts Options) []parquet.WriterOption {
	options := []parquet.WriterOption{
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}),
		parquet.PageBufferSize(pageBytes),
		parquet.DictionaryMaxBytes(maxDictionaryBytes),
		parquet.SortingWriterConfig(parquet.SortingColumns(l.sorting()...)),
		parquet.KeyValueMetadata(KeyTable, l.name),
		parquet.KeyValueMetadata(KeyOffsets, "code points"),
		parquet.KeyValueMetadata(KeyPipelineVersion, opts.PipelineVersion),
		parquet.KeyValueMetadata(KeyFingerprint, opts.Fingerprint),
	}
	if opts.BatchID != "" {
		options = append(options, parquet.KeyValueMetadata(KeyBatchID, opts.BatchID))
	}
	if opts.Manifest > 0 {
		options = append(options, parquet.KeyValueMetadata(KeyManifest, strconv.FormatInt(opts.Manifest, 10)))
	}
	if slices.Contains(l.sorted, "doc_id") {
		options = append(options, parquet.BloomFilters(parquet.SplitBlockFilter(bloomBitsPerValue, "doc_id")))
	}
	for _, column := range l.blobs {
		options = append(options, parquet.SkipPageBounds(column), parquet.SkipPageStatistics(column))
	}
	return options
}

// Write adds rows. They must come in the order of [Sort], over all calls.
func (w *Writer[T]) Write(rows []T) error {
	for len(rows) > 0 {
		n, size, err := w.chunk(rows)
		if err != nil {
			return err
		}
		if _, err := w.out.Write(rows[:n]); err != nil {
			return fmt.Errorf("write rows: %w", err)
		}
		w.rows += int64(n)
		w.group += size
		if err := w.endGroup(); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// chunk is how many of rows make about one page; parquet-go closes a page only
// between two calls. It checks their order.
func (w *Writer[T]) chunk(rows []T) (n int, size int64, err error) {
	for n < len(rows) && size < pageBytes {
		if w.rows+int64(n) > 0 && w.last.compare(rows[n]) > 0 {
			return 0, 0, fmt.Errorf("write rows: row %d of %s is out of order", w.rows+int64(n), Name[T]())
		}
		w.last = rows[n]
		size += rows[n].size()
		n++
	}
	return n, size, nil
}

func (w *Writer[T]) endGroup() error {
	if w.group < w.limit {
		return nil
	}
	w.group = 0
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("write row group: %w", err)
	}
	return nil
}

// Rows is how many rows were written.
func (w *Writer[T]) Rows() int64 { return w.rows }

// Close writes what is left and the footer.
func (w *Writer[T]) Close() error {
	if err := w.out.Close(); err != nil {
		return fmt.Errorf("close table: %w", err)
	}
	return nil
}
