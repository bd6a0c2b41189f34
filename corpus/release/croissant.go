package release

import (
	"fmt"
	"io"
	"time"

	"jianbao/corpus/table"
)

// croissantContext is the context that Croissant 1.0 prescribes, as far as it
// is used here.
var croissantContext = map[string]any{
	"@language":          "en",
	"@vocab":             "https://schema.org/",
	"sc":                 "https://schema.org/",
	"cr":                 "http://mlcommons.org/croissant/",
	"rai":                "http://mlcommons.org/croissant/RAI/",
	"dct":                "http://purl.org/dc/terms/",
	"citeAs":             "cr:citeAs",
	"column":             "cr:column",
	"conformsTo":         "dct:conformsTo",
	"data":               map[string]string{"@id": "cr:data", "@type": "@json"},
	"dataType":           map[string]string{"@id": "cr:dataType", "@type": "@vocab"},
	"equivalentProperty": "cr:equivalentProperty",
	"samplingRate":       "cr:samplingRate",
	"examples":           map[string]string{"@id": "cr:examples", "@type": "@json"},
	"extract":            "cr:extract",
	"field":              "cr:field",
	"fileObject":         "cr:fileObject",
	"fileProperty":       "cr:fileProperty",
	"fileSet":            "cr:fileSet",
	"format":             "cr:format",
	"includes":           "cr:includes",
	"isLiveDataset":      "cr:isLiveDataset",
	"jsonPath":           "cr:jsonPath",
	"key":                "cr:key",
	"md5":                "cr:md5",
	"parentField":        "cr:parentField",
	"path":               "cr:path",
	"recordSet":          "cr:recordSet",
	"references":         "cr:references",
	"regex":              "cr:regex",
	"repeated":           "cr:repeated",
	"replace":            "cr:replace",
	"separator":          "cr:separator",
	"source":             "cr:source",
	"subField":           "cr:subField",
	"transform":          "cr:transform",
}

// The shapes of croissant.json.
type (
	croissant struct {
		Context       map[string]any `json:"@context"`
		Type          string         `json:"@type"`
		ConformsTo    string         `json:"conformsTo"`
		Name          string         `json:"name"`
		Description   string         `json:"description"`
		InLanguage    string         `json:"inLanguage"`
		DatePublished string         `json:"datePublished"`
		Version       string         `json:"version"`
		Distribution  []any          `json:"distribution"`
		RecordSets    []recordSet    `json:"recordSet"`
	}
	fileSet struct {
		Type           string `json:"@type"`
		ID             string `json:"@id"`
		Name           string `json:"name"`
		EncodingFormat string `json:"encodingFormat"`
		Includes       string `json:"includes"`
	}
	fileObject struct {
		Type           string `json:"@type"`
		ID             string `json:"@id"`
		Name           string `json:"name"`
		ContentURL     string `json:"contentUrl"`
		ContentSize    string `json:"contentSize"`
		EncodingFormat string `json:"encodingFormat"`
		SHA256         string `json:"sha256"`
	}
	recordSet struct {
		Type        string  `json:"@type"`
		ID          string  `json:"@id"`
		Name        string  `json:"name"`
		Description string  `json:"description"`
		Key         *ref    `json:"key,omitempty"`
		Fields      []field `json:"field"`
	}
	field struct {
		Type        string `json:"@type"`
		ID          string `json:"@id"`
		Name        string `json:"name"`
		Description string `json:"description"`
		DataType    string `json:"dataType"`
		Repeated    bool   `json:"repeated,omitempty"`
		References  *of    `json:"references,omitempty"`
		Source      from   `json:"source"`
	}
	ref struct {
		ID string `json:"@id"`
	}
	of struct {
		Field ref `json:"field"`
	}
	from struct {
		FileSet ref     `json:"fileSet"`
		Extract extract `json:"extract"`
	}
	extract struct {
		Column string `json:"column"`
	}
)

// writeCroissant writes croissant.json: a file set and a record set for each
// table, a file object for each CSV file.
func (d *Dir) writeCroissant(about About) error {
	c := croissant{
		Context: croissantContext, Type: "sc:Dataset", ConformsTo: "http://mlcommons.org/croissant/1.0",
		Name:          "jianbao",
		Description:   "Crawled Chinese articles and every count of party branches, cadres and checkpoints in them.",
		InLanguage:    "zh",
		DatePublished: about.CommittedAt.UTC().Format(time.DateOnly),
		Version:       fmt.Sprintf("%d.0.0", about.Manifest),
		Distribution:  []any{},
	}
	for _, t := range about.Tables {
		c.Distribution = append(c.Distribution, fileSet{
			Type: "cr:FileSet", ID: t.files(), Name: t.files(), EncodingFormat: "application/x-parquet", Includes: t.Name + "/*/*.parquet",
		})
		if t.CSV != nil {
			c.Distribution = append(c.Distribution, fileObject{
				Type: "cr:FileObject", ID: t.CSV.Path, Name: t.CSV.Path, ContentURL: t.CSV.Path,
				ContentSize: fmt.Sprintf("%d B", t.CSV.Bytes), EncodingFormat: "text/csv", SHA256: t.CSV.SHA256,
			})
		}
		c.RecordSets = append(c.RecordSets, t.recordSet(hasTable(about.Tables, table.Documents)))
	}
	return d.writeText("croissant.json", func(w io.Writer) error { return writeJSON(w, c) })
}

// files is the name of the file set of t.
func (t Table) files() string { return t.Name + "-parquet" }

// recordSet is what the rows of t are. Its doc_id leads to the documents, if
// these are there.
func (t Table) recordSet(documents bool) recordSet {
	r := recordSet{Type: "cr:RecordSet", ID: t.Name, Name: t.Name, Description: fmt.Sprintf("The table %s: %d rows.", t.Name, t.Rows)}
	for _, c := range t.Columns {
		f := field{
			Type: "cr:Field", ID: t.Name + "/" + c.Name, Name: c.Name, Description: c.Meaning, DataType: croissantType(c), Repeated: c.List,
			Source: from{FileSet: ref{t.files()}, Extract: extract{c.Name}},
		}
		if c.Unit != "" {
			f.Description += " (" + c.Unit + ")"
		}
		if c.Name == "doc_id" && documents && t.Name != table.Documents {
			f.References = &of{ref{table.Documents + "/doc_id"}}
		}
		r.Fields = append(r.Fields, f)
	}
	if t.Name == table.Documents {
		r.Key = &ref{table.Documents + "/doc_id"}
	}
	return r
}

// croissantType is the data type of a column's values. Croissant knows no
// bytes: these are taken for text.
func croissantType(c table.Column) string {
	switch c.Type {
	case "INT32", "INT64":
		return "sc:Integer"
	case "DOUBLE":
		return "sc:Float"
	case "BOOLEAN":
		return "sc:Boolean"
	case "DATE":
		return "sc:Date"
	case "TIMESTAMP":
		return "sc:DateTime"
	}
	return "sc:Text"
}
