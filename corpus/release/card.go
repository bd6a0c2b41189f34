package release

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"text/template"

	"jianbao/corpus/table"
)

//go:embed card.md.tmpl
var cardText string

// writeCard writes README.md: a dataset card as Hugging Face defines it, whose
// head names a configuration for each table.
func (d *Dir) writeCard(about About) error {
	card, err := template.New("card").Funcs(template.FuncMap{
		"code": code, "size": sizeCategory, "rows": rowsOf, "type": typeOf, "escape": escapeCell, "has": hasTable,
	}).Parse(cardText)
	if err != nil {
		return err
	}
	return d.writeText("README.md", func(w io.Writer) error { return card.Execute(w, about) })
}

// code is s as a code span in a Markdown table, whatever is in it.
func code(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + " " + escapeCell(strings.Join(strings.Fields(s), " ")) + " " + fence
}

// sizeCategory is how dataset hubs class a number of rows.
func sizeCategory(rows int64) string {
	classes := []string{"1K", "10K", "100K", "1M", "10M", "100M", "1B"}
	limit := int64(1000)
	for i, class := range classes {
		if rows < limit {
			if i == 0 {
				return "n<1K"
			}
			return classes[i-1] + "<n<" + class
		}
		limit *= 10
	}
	return "n>1B"
}

// rowsOf is how many rows the largest table has.
func rowsOf(tables []Table) int64 {
	var most int64
	for _, t := range tables {
		most = max(most, t.Rows)
	}
	return most
}

func hasTable(tables []Table, name string) bool {
	for _, t := range tables {
		if t.Name == name {
			return true
		}
	}
	return false
}

func typeOf(c table.Column) string {
	name := c.Type
	if c.List {
		name = fmt.Sprintf("LIST<%s>", name)
	}
	if c.Nullable {
		name += ", nullable"
	}
	return name
}

// escapeCell keeps a text within its cell of a Markdown table.
func escapeCell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
