package release

import (
	"encoding/json"
	"io"
	"time"
)

// Format is the version of the layout of a release.
const Format = 1

// About is what a release says of itself: the shape of export.json.
type About struct {
	Format      int       `json:"format"`
	Manifest    int64     `json:"manifest"`     // state of the corpus that was exported
	CommittedAt time.Time `json:"committed_at"` // when that state was committed

	// Of the program that exported: it folded the texts and parsed the query.
	PipelineVersion string `json:"pipeline_version"`
	Fingerprint     string `json:"fingerprint"`
	// Of the runs that made the rows, each once.
	Pipelines []Pipeline `json:"pipelines"`

	Query *Query  `json:"query"` // null: every article
	Since *string `json:"since"` // first day, inclusive; null: no bound
	Until *string `json:"until"` // last day, inclusive; null: no bound

	// Manifest that the clusters were made from; 0 when nothing was grouped.
	ClustersManifest int64 `json:"clusters_manifest"`
	// Articles that are not grouped yet: each is its own cluster, of kind "".
	Ungrouped int64 `json:"ungrouped"`

	Tables []Table `json:"tables"` // filled by Publish
}

// Pipeline names the stages and rules that made rows.
type Pipeline struct {
	Version     string `json:"version"`
	Fingerprint string `json:"fingerprint"`
	Batches     int64  `json:"batches"`
}

// Query is what was asked for.
type Query struct {
	Typed         string `json:"typed"`
	Parsed        string `json:"parsed"`
	IndexManifest int64  `json:"index_manifest"` // state that the index was of
}

// aboutFile is where About is.
const aboutFile = "export.json"

func (d *Dir) writeAbout(about About) error {
	return d.writeText(aboutFile, func(w io.Writer) error { return writeJSON(w, about) })
}

// writeJSON writes v for people too, Chinese and brackets as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
