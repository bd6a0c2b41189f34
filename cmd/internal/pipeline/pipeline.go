package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/cluster"
	"jianbao/corpus/concordance"
	"jianbao/extract"
	"jianbao/extract/place"
	"jianbao/index"
	"jianbao/ingest"
	"jianbao/ingest/clean"
	"jianbao/ingest/clean/recode"
	"jianbao/segment"
	"jianbao/segment/lexicon"
	"jianbao/segment/script"
)

// Version names what the stages make of the same bytes. It changes when any
// of them does.
const Version = "2"

// Pipeline is the stages, ready for use by many goroutines.
type Pipeline struct {
	cleaner     *clean.Cleaner
	segmenter   *segment.Segmenter
	extractor   *extract.Extractor
	gazetteer   *place.Gazetteer
	categories  []string
	fingerprint string
	words       string // fingerprint of what cuts words
	inPieces    bool   // no word reaches across a full stop
}

// New prepares the stages with the given rules and a user's own words.
func New(rules extract.Rules, own ...segment.Word) (*Pipeline, error) {
	general, err := segment.Open()
	if err != nil {
		return nil, err
	}
	words := slices.Concat(lexicon.Words(), rules.Words())
	segmenter, err := general.WithWords(words)
	if err != nil {
		return nil, fmt.Errorf("words of the rules: %w", err)
	}
	if len(own) > 0 { // each set of words adds some milliseconds to the start of a search
		if segmenter, err = segmenter.With(own); err != nil {
			return nil, fmt.Errorf("words of the user: %w", err)
		}
	}
	cleaner, err := clean.New()
	if err != nil {
		return nil, err
	}
	gazetteer, err := place.Open()
	if err != nil {
		return nil, err
	}
	p := &Pipeline{cleaner: cleaner, segmenter: segmenter, extractor: extract.New(rules, lexicon.SynonymsOf), gazetteer: gazetteer}
	p.inPieces = !slices.ContainsFunc(own, func(w segment.Word) bool { return strings.Contains(w.Text, concordance.FullStop) }) &&
		!slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, concordance.FullStop) })
	if p.words, err = fingerprint(Version, words, own); err != nil {
		return nil, err
	}
	if p.fingerprint, err = fingerprint(Version, words, rules, own, lexicon.Synonyms()); err != nil {
		return nil, err
	}
	for _, pack := range rules.Packs {
		p.categories = append(p.categories, pack.Category)
	}
	return p, nil
}

// fingerprint is 16 hex digits over parts. They go through JSON: what is printed
// of a pointer differs from run to run.
func fingerprint(parts ...any) (string, error) {
	made, err := json.Marshal(parts)
	if err != nil {
		return "", fmt.Errorf("fingerprint: %w", err)
	}
	sum := sha256.Sum256(made)
	return hex.EncodeToString(sum[:8]), nil
}

// Fingerprint is 16 hex digits over the version, the rules and the words: two
// pipelines of one fingerprint make the same of the same bytes. Two of one Version
// differ in sentences and mentions only.
func (p *Pipeline) Fingerprint() string { return p.fingerprint }

// Categories are the ids of the rule packs, in their order.
func (p *Pipeline) Categories() []string { return p.categories }

// language is what the index must know of words.
func (p *Pipeline) language() index.Language {
	l := index.Language{
		Version:  p.words,
		Fold:     fold,
		Segment:  p.segmenter.Append,
		SubWords: p.segmenter.SubWords,
	}
	if p.inPieces {
		l.Piece, l.SegmentPieces = concordance.Piece, p.segmenter.AppendPart
	}
	return l
}

func fold(s string) string { return script.Fold(s).Text }

// Document takes a raw document through all stages. An error is of type
// *ingest.Bad.
func (p *Pipeline) Document(raw *corpus.Raw) (*corpus.Document, error) {
	doc := &corpus.Document{ID: corpus.DocID(raw.Bytes), Raw: raw.Bytes, Record: raw.Record, Input: raw.Input()}
	var err error
	if doc.RawText, doc.Charset, err = ingest.DecodeRaw(raw); err != nil {
		return nil, bad(raw, "decode", ingest.Undecodable, err)
	}
	// Text columns are UTF-8 for every reader; the bytes as crawled stay in Raw.
	doc.RawText = strings.ToValidUTF8(doc.RawText, "\uFFFD")
	page := p.cleaner.Clean(doc.RawText, raw.Media)
	if page.Text == "" {
		return nil, bad(raw, "clean", ingest.NothingLeft, errors.New("no body in the document"))
	}
	doc.Text, doc.Edits, doc.Marks = page.Text, page.Edits, page.Marks
	doc.Title, doc.TitleSpan = page.Title, page.TitleSpan
	doc.Source, doc.Authors, doc.Editors, doc.Published = page.Source, page.Authors, page.Editors, page.Published
	doc.Place = page.Place
	doc.Marks = append(doc.Marks, surrogates(doc.RawText, raw.Surrogates)...)
	takeHints(doc, raw.Hints)

	folded := script.Fold(doc.Text)
	sum := sha256.Sum256([]byte(folded.Text))
	doc.TextSHA256 = hex.EncodeToString(sum[:])
	signature := cluster.Sign(folded.Text)
	doc.MinHash = signature.Bytes()
	doc.Script = script.Detect(doc.Text)
	p.read(doc, folded)
	return doc, nil
}

// read cuts the words of a body and reads its counts.
func (p *Pipeline) read(doc *corpus.Document, folded script.Folded) {
	tokens := p.segmenter.Append(nil, folded.Text)
	spans := extract.Sentences(folded.Text)
	doc.Sentences = sentences(folded, spans, tokens)
	doc.Mentions = p.extractor.Extract(folded.Text, tokens)
	p.addPlaces(doc, folded.Text, spans)
	addDays(doc, folded.Text, spans)
	locate(doc, folded)
	doc.Mentions = slices.DeleteFunc(doc.Mentions, func(m corpus.Mention) bool { return isDamaged(doc, m.Raw) })
}

// readAgain reads the counts of a document that went through the stages under
// other rules. All else of it stays.
func (p *Pipeline) readAgain(doc *corpus.Document) {
	place, adcode := doc.Place, doc.Adcode
	p.read(doc, script.Fold(doc.Text))
	doc.Place, doc.Adcode = place, adcode
}

// surrogates marks where the input had half a character, which no text can
// hold: U+FFFD stands there.
func surrogates(source string, offsets []int) []corpus.Edit {
	var out []corpus.Edit
	for _, at := range offsets {
		span := corpus.Span{Start: at, End: at + len("\uFFFD")}
		out = append(out, corpus.Edit{
			Kinds: []string{"lone_surrogate"}, Raw: span, Before: span.Of(source), After: span.Of(source), Confidence: 1,
			Note: "half of a surrogate pair, escaped in the input",
		})
	}
	return out
}

// isDamaged reports whether a piece of the source holds damage that was left:
// what is read there is not what was written.
func isDamaged(doc *corpus.Document, raw corpus.Span) bool {
	return slices.ContainsFunc(doc.Marks, func(e corpus.Edit) bool {
		return e.Raw.Overlaps(raw) && slices.ContainsFunc(e.Kinds, recode.Is)
	})
}

func bad(raw *corpus.Raw, stage string, reason ingest.Reason, err error) *ingest.Bad {
	return &ingest.Bad{URI: raw.URI, Stage: stage, Reason: reason, Bytes: raw.Bytes, Err: err}
}

// takeHints lets what the input record says win over what the page says: a
// crawler knew the address, a page is often cut.
func takeHints(doc *corpus.Document, hints corpus.Hints) {
	if hints.Title != "" {
		doc.Title, doc.TitleSpan = hints.Title, corpus.Span{}
	}
	if hints.Source != "" {
		doc.Source = hints.Source
	}
	if at, ok := clean.ReadDate(hints.Published); ok {
		doc.Published = at
	}
}

// sentences gives every sentence its tokens. Spans are of the printed body.
func sentences(folded script.Folded, spans []corpus.Span, tokens []corpus.Token) []corpus.Sentence {
	var out []corpus.Sentence
	for _, span := range spans {
		first, _ := slices.BinarySearchFunc(tokens, span.Start, func(t corpus.Token, at int) int { return t.Start - at })
		end := first
		for end < len(tokens) && tokens[end].Start < span.End {
			end++
		}
		out = append(out, corpus.Sentence{Span: folded.SourceSpan(span), Tokens: tokens[first:end:end]})
		tokens = tokens[end:]
	}
	return out
}

// locate turns the offsets of mentions from the folded body to the printed
// one and finds where they stand in the source.
func locate(doc *corpus.Document, folded script.Folded) {
	source := corpus.NewRawMap(doc.Edits)
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		for _, span := range []*corpus.Span{&m.Span, &m.Number, &m.HeadSpan, &m.UnitSpan, &m.Sentence} {
			*span = folded.SourceSpan(*span)
		}
		m.Head, m.NumberText, m.Unit = m.HeadSpan.Of(doc.Text), m.Number.Of(doc.Text), m.UnitSpan.Of(doc.Text)
		m.Raw = source.Span(m.Span)
	}
}
