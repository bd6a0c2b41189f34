// Package sample holds a few articles for demonstrations, tests and the
// documentation, with what a careful reader finds in them.
//
// All of it was written for this project. The places, people, organisations
// and figures are invented; no sentence was taken from a published page. Only
// the voice and the dirt are real: half-converted script, pinyin glosses, a
// GBK frame shift, masked figures, page furniture and control characters.
//
//	articles := sample.FS()         // 01-epidemic-bulletin.txt and its like
//	gold, err := sample.Gold()      // what should come out of each
package sample

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"jianbao/corpus"
)

//go:embed articles
var articles embed.FS

//go:embed gold.jsonl
var gold string

// Article is what should be known of one article once it is cleaned and read.
type Article struct {
	File  string   `json:"file"`  // its name in [FS]
	Kinds []string `json:"kinds"` // what it shows: its dirt and its subject

	Title     string        `json:"title"`     // cleaned, as printed; null when there is none
	Source    string        `json:"source"`    // null when there is none
	Published string        `json:"published"` // 2021-03-14 or 2021-03-14T09:30:00+08:00; null when unknown
	Authors   []string      `json:"authors"`
	Editors   []string      `json:"editors"`
	Script    corpus.Script `json:"script"`

	FirstSentence string    `json:"first_sentence"` // of the cleaned body, in the script in which it was printed
	LastSentence  string    `json:"last_sentence"`
	Mentions      []Mention `json:"mentions"` // in the order in which their numbers stand in the body
}

// Mention is one count, with the bounds and flags that package corpus defines.
type Mention struct {
	Category   string          `json:"category"`
	NumberText string          `json:"number_text"` // as printed, with the hedges that touch it: 近40
	Value      *int64          `json:"value"`       // null when unknown, as are Lo and Hi
	Lo         *int64          `json:"lo"`
	Hi         *int64          `json:"hi"`
	Modifier   corpus.Modifier `json:"modifier"`
	Unit       string          `json:"unit"` // the classifier; empty when there is none
	Head       string          `json:"head"` // with the modifiers that belong to it; of a headless count its antecedent
	Flags      []corpus.Flag   `json:"flags"`
}

// FS is the folder of the articles: text and HTML files in UTF-8, named NN-slug.
func FS() fs.FS {
	// Sub fails for an invalid path only, and this one is constant.
	sub, _ := fs.Sub(articles, "articles")
	return sub
}

// Gold is what should come out of every article of [FS], in the order of the
// file names. It fails on an unknown field, so that the file cannot say more
// than the types do.
func Gold() ([]Article, error) { return decode(strings.NewReader(gold)) }

func decode(r io.Reader) ([]Article, error) {
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	var all []Article
	for {
		var a Article
		err := dec.Decode(&a)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("decode gold of article %d: %w", len(all)+1, err)
		}
		all = append(all, a)
	}
}
