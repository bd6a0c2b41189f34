package release

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"jianbao/corpus/sheet"
	"jianbao/corpus/table"
)

// Partition is the key of the folders that part a table.
const Partition = "published_year"

const (
	defaultPartBytes = 64 << 20
	defaultBudget    = 128 << 20
)

// Year is the year in which an article was published; 0 is an unknown one.
type Year int

// folder is the name of a year's partition. An unknown year is 0, not Hive's null partition, which pandas cannot read
// unless it is told how.
func (y Year) folder() string {
	if y == 0 {
		return Partition + "=0"
	}
	return fmt.Sprintf("%s=%04d", Partition, int(y))
}

func (y Year) cell() string {
	if y == 0 {
		return ""
	}
	return fmt.Sprintf("%04d", int(y))
}

// Options of a [Partitioned] table.
type Options struct {
	Table     table.Options // what its files say of themselves
	CSV       bool          // write csv/<table>.csv too
	PartBytes int64         // about how many bytes of rows make a part; 0 means 64 MB
	Budget    int64         // about how many bytes of rows may wait; 0 means 128 MB
}

// Table is what a release says of one of its tables.
type Table struct {
	Name    string         `json:"name"`
	Rows    int64          `json:"rows"`
	Bytes   int64          `json:"bytes"`
	Parts   []File         `json:"parts"`
	CSV     *File          `json:"csv,omitempty"`
	Columns []table.Column `json:"-"`
}

// Partitioned writes one table, parted by the year of the article.
type Partitioned[T table.Row[T]] struct {
	dir     *Dir
	opts    Options
	about   Table
	shelves map[Year]*shelf[T]
	waiting int64 // bytes of rows on all shelves
	csv     *file
	sheet   *sheet.Writer
}

// shelf holds the rows of a year that wait for their part.
type shelf[T table.Row[T]] struct {
	rows  []T
	bytes int64
	parts int
}

// NewTable begins a table of d.
func NewTable[T table.Row[T]](d *Dir, opts Options) *Partitioned[T] {
	opts.PartBytes = cmp.Or(opts.PartBytes, defaultPartBytes)
	opts.Budget = cmp.Or(opts.Budget, defaultBudget)
	opts.Table.RowGroupBytes = 2 * opts.PartBytes // never reached: a part is one row group
	return &Partitioned[T]{
		dir: d, opts: opts, shelves: map[Year]*shelf[T]{},
		about: Table{Name: table.Name[T](), Columns: table.Columns[T](), Parts: []File{}},
	}
}

// Add adds a row, in any order.
func (p *Partitioned[T]) Add(year Year, row T) error {
	s := p.shelves[year]
	if s == nil {
		s = &shelf[T]{}
		p.shelves[year] = s
	}
	size := table.Size(row)
	if s.bytes > 0 && s.bytes+size > p.opts.PartBytes {
		if err := p.write(year); err != nil {
			return err
		}
	}
	s.rows = append(s.rows, row)
	s.bytes += size
	p.waiting += size
	if p.waiting > p.opts.Budget {
		return p.write(p.fullest())
	}
	return nil
}

// fullest is the year with the most bytes waiting; the earliest of equals.
func (p *Partitioned[T]) fullest() Year {
	years := p.years()
	return slices.MaxFunc(years, func(a, b Year) int {
		return cmp.Or(cmp.Compare(p.shelves[a].bytes, p.shelves[b].bytes), cmp.Compare(b, a))
	})
}

// years are those that have rows, in their order.
func (p *Partitioned[T]) years() []Year {
	years := make([]Year, 0, len(p.shelves))
	for y := range p.shelves {
		years = append(years, y)
	}
	slices.Sort(years)
	return years
}

// Close writes what waits. A table without rows gets an empty part, so that
// its columns are known.
func (p *Partitioned[T]) Close() error {
	if len(p.shelves) == 0 {
		p.shelves[0] = &shelf[T]{}
	}
	for _, y := range p.years() {
		if s := p.shelves[y]; len(s.rows) > 0 || s.parts == 0 {
			if err := p.write(y); err != nil {
				return err
			}
		}
	}
	if p.opts.CSV {
		if err := p.closeCSV(); err != nil {
			return err
		}
	}
	slices.SortFunc(p.about.Parts, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	p.dir.tables = append(p.dir.tables, p.about)
	return nil
}

// write makes a part of the rows of a year.
func (p *Partitioned[T]) write(y Year) error {
	s := p.shelves[y]
	table.Sort(s.rows)
	name := fmt.Sprintf("%s/%s/part-%05d.parquet", p.about.Name, y.folder(), s.parts)
	part, err := p.writePart(name, s.rows)
	if err != nil {
		return fmt.Errorf("export %s: %w", p.about.Name, err)
	}
	if p.opts.CSV {
		if err := p.writeCSV(y, s.rows); err != nil {
			return fmt.Errorf("export %s: %w", p.about.Name, err)
		}
	}
	p.about.Parts = append(p.about.Parts, part)
	p.about.Rows += part.Rows
	p.about.Bytes += part.Bytes
	p.waiting -= s.bytes
	// Its room goes too: that of all years together would be beyond the budget.
	s.rows, s.bytes, s.parts = nil, 0, s.parts+1
	return nil
}

func (p *Partitioned[T]) writePart(name string, rows []T) (File, error) {
	f, err := p.dir.create(name)
	if err != nil {
		return File{}, err
	}
	w := table.NewWriter[T](f, p.opts.Table)
	f.Rows = int64(len(rows))
	err = errors.Join(w.Write(rows), w.Close())
	part, closing := f.close()
	return part, errors.Join(err, closing)
}
