package release

import (
	"jianbao/corpus/sheet"
	"jianbao/corpus/table"
)

// writeCSV adds rows to the table's CSV file, whose last column is the
// partition.
func (p *Partitioned[T]) writeCSV(y Year, rows []T) error {
	if err := p.openCSV(); err != nil {
		return err
	}
	for _, row := range rows {
		cells, err := table.Texts(row)
		if err != nil {
			return err
		}
		if err := p.sheet.Write(append(cells, y.cell())); err != nil {
			return err
		}
	}
	return nil
}

func (p *Partitioned[T]) openCSV() error {
	if p.csv != nil {
		return nil
	}
	f, err := p.dir.create("csv/" + p.about.Name + ".csv")
	if err != nil {
		return err
	}
	p.csv, p.sheet = f, sheet.NewWriter(f)
	header := make([]string, 0, len(p.about.Columns)+1)
	for _, c := range p.about.Columns {
		header = append(header, c.Name)
	}
	return p.sheet.Write(append(header, Partition))
}

func (p *Partitioned[T]) closeCSV() error {
	if err := p.sheet.Flush(); err != nil {
		return err
	}
	p.csv.Rows = p.about.Rows
	f, err := p.csv.close()
	p.about.CSV = &f
	return err
}
