package table

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// Info is what the footer of a table's file says.
type Info struct {
	Rows     int64
	Metadata map[string]string
}

// Inspect reads the footer of a file that [Writer] wrote. Its columns must be
// those that the writer writes now, in their order: one that differs is
// ErrForeign, and the error names it. ErrDamaged is a footer that does not
// decode.
func Inspect[T Row[T]](r io.ReaderAt, size int64) (Info, error) {
	file, err := open[struct{}](r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return Info{}, err
	}
	info := Info{Rows: file.NumRows(), Metadata: pairs(file)}
	return info, sameFields(parquet.SchemaOf(new(T)).Fields(), file.Schema().Fields())
}

// sameFields wants the columns of a file to be those of its table.
func sameFields(want, have []parquet.Field) error {
	for i, w := range want {
		if i >= len(have) || have[i].Name() != w.Name() {
			return fmt.Errorf("%w: column %d is not %q", ErrForeign, i, w.Name())
		}
		if !parquet.EqualNodes(w, have[i]) {
			return fmt.Errorf("%w: column %q is not of its type", ErrForeign, w.Name())
		}
	}
	if len(have) > len(want) {
		return fmt.Errorf("%w: unknown column %q", ErrForeign, have[len(want)].Name())
	}
	return nil
}

// pairs is the key-value metadata of a file.
func pairs(file *parquet.File) map[string]string {
	all := make(map[string]string)
	for _, kv := range file.Metadata().KeyValueMetadata {
		all[kv.Key] = kv.Value
	}
	return all
}
