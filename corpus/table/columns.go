package table

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"github.com/parquet-go/parquet-go"
)

// Column is one column of a table, as readers should know it.
type Column struct {
	Name     string
	Type     string // of a value, or of the elements of a list: STRING, INT32, DATE …
	List     bool
	Nullable bool
	Unit     string // "code points of text"; empty when a value has none
	Meaning  string
}

// Columns are the columns of the table whose rows are T, in their order.
func Columns[T Row[T]]() []Column {
	name := Name[T]()
	schema := parquet.SchemaOf(new(T))
	columns := make([]Column, 0, len(schema.Fields()))
	for _, field := range schema.Fields() {
		c := Column{Name: field.Name(), Nullable: field.Optional()}
		value := parquet.Node(field)
		if !field.Leaf() {
			c.List = true
			value = field.Fields()[0].Fields()[0]
		}
		c.Type = typeName(value)
		said := sayings()[name+"."+c.Name]
		c.Unit, c.Meaning = said.unit, said.meaning
		columns = append(columns, c)
	}
	return columns
}

// typeName is the logical type of a leaf without its parameters, of whole
// numbers the physical one.
func typeName(leaf parquet.Node) string {
	name, _, _ := strings.Cut(leaf.Type().String(), "(")
	if name == "INT" {
		return leaf.Type().Kind().String()
	}
	return name
}

// saying is what columns.txt says of a column.
type saying struct{ unit, meaning string }

//go:embed columns.txt
var columnsText string

// sayings are by table and column, as in "mentions.start".
var sayings = sync.OnceValue(func() map[string]saying {
	all := make(map[string]saying)
	for line := range strings.Lines(columnsText) {
		if fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(fields) == 3 && line[0] != '#' {
			all[fields[0]] = saying{fields[1], fields[2]}
		}
	}
	return all
})

// units is the JSON object of [KeyUnits].
func units(columns []Column) string {
	with := map[string]string{}
	for _, c := range columns {
		if c.Unit != "" {
			with[c.Name] = c.Unit
		}
	}
	text, err := json.Marshal(with)
	if err != nil {
		return "{}" // cannot happen: strings alone
	}
	return string(text)
}
