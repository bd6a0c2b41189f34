package clean

import (
	"slices"
	"strings"

	"jianbao/corpus"
)

// patch replaces one piece of a draft's current text.
type patch struct {
	span       corpus.Span
	after      string
	kind       string
	confidence float64
	note       string
}

// draft is a text on its way from the source to the body.
type draft struct {
	source string
	text   string
	edits  []corpus.Edit // source to text; ordered, no overlaps

	damaged []corpus.Span // of the source, where nothing is touched any more
}

// apply takes the patches of one step: ordered, without overlaps, in bytes of
// d.text.
func (d *draft) apply(patches []patch) {
	if len(d.damaged) > 0 {
		patches = d.sparing(patches)
	}
	if len(patches) == 0 {
		return
	}
	d.edits = compose(d.source, d.text, d.edits, patches)
	d.text = patched(d.text, 0, patches)
}

// sparing is the patches that touch no damaged piece.
func (d *draft) sparing(patches []patch) []patch {
	source := corpus.NewRawMap(d.edits)
	return slices.DeleteFunc(patches, func(p patch) bool {
		raw := source.Span(p.span)
		return slices.ContainsFunc(d.damaged, func(s corpus.Span) bool {
			return s.Overlaps(raw) && !raw.Contains(s) || s.Contains(raw) && !raw.Empty()
		})
	})
}

// patched is text, which begins at offset base, with the patches applied.
func patched(text string, base int, patches []patch) string {
	if kept, ok := rest(text, base, patches); ok {
		return kept
	}
	var b strings.Builder
	b.Grow(len(text))
	at := base
	for _, p := range patches {
		b.WriteString(text[at-base : p.span.Start-base])
		b.WriteString(p.after)
		at = p.span.End
	}
	b.WriteString(text[at-base:])
	return b.String()
}

// rest is what deletions leave of a text when that is one piece.
func rest(text string, base int, patches []patch) (string, bool) {
	var kept corpus.Span
	at := 0
	for i := 0; i <= len(patches); i++ {
		end := len(text)
		if i < len(patches) {
			if patches[i].after != "" {
				return "", false
			}
			end = patches[i].span.Start - base
		}
		if at < end {
			if !kept.Empty() {
				return "", false
			}
			kept = corpus.Span{Start: at, End: end}
		}
		if i < len(patches) {
			at = patches[i].span.End - base
		}
	}
	return kept.Of(text), true
}

// compose joins edits (source to mid) and patches (mid to new) into one list
// of edits (source to new). Pieces that share bytes of mid are coalesced with
// all their kinds; pieces that merely touch stay apart.
func compose(source, mid string, edits []corpus.Edit, patches []patch) []corpus.Edit {
	out := make([]corpus.Edit, 0, len(edits)+len(patches))
	i, j, shift := 0, 0, 0 // shift: offset in mid less offset in source, behind edits[:i]
	place := func() corpus.Span {
		start := edits[i].Raw.Start + shift
		return corpus.Span{Start: start, End: start + len(edits[i].After)}
	}
	takeEdit := func() {
		shift += len(edits[i].After) - edits[i].Raw.Len()
		i++
	}
	for j < len(patches) {
		firstEdit, firstPatch := i, j
		group := patches[j].span
		start := group.Start - shift
		if i < len(edits) && before(place(), group) {
			group, start = place(), edits[i].Raw.Start
			takeEdit()
		} else {
			j++
		}
		for {
			if i < len(edits) && joins(group, place()) {
				group = group.Join(place())
				takeEdit()
			} else if j < len(patches) && joins(group, patches[j].span) {
				group = group.Join(patches[j].span)
				j++
			} else {
				break
			}
		}
		if j == firstPatch {
			out = append(out, edits[firstEdit:i]...)
			continue
		}
		e := merged(edits[firstEdit:i], patches[firstPatch:j])
		e.Raw = corpus.Span{Start: start, End: group.End - shift}
		e.Before, e.Applied = e.Raw.Of(source), true
		e.After = patched(group.Of(mid), group.Start, patches[firstPatch:j])
		if e.Before != e.After {
			out = append(out, e)
		}
	}
	return append(out, edits[i:]...)
}

// before reports whether a piece of mid that was edited comes before one that
// is to be patched. At the same place an insertion or deletion goes first.
func before(edit, patch corpus.Span) bool {
	if edit.Start != patch.Start {
		return edit.Start < patch.Start
	}
	return edit.Empty() || !patch.Empty()
}

// joins reports whether span s, which starts no earlier than group g, shares
// bytes with it. An empty span shares bytes with what lies around it.
func joins(g, s corpus.Span) bool {
	if s.Empty() || g.Empty() {
		return g.Start < s.Start && s.Start < g.End
	}
	return s.Start < g.End
}

// merged is an edit with the kinds and notes of all its parts and the
// confidence of the least certain one.
func merged(edits []corpus.Edit, patches []patch) corpus.Edit {
	e := corpus.Edit{Confidence: 1}
	add := func(kinds []string, note string, confidence float64) {
		for _, k := range kinds {
			if !slices.Contains(e.Kinds, k) {
				e.Kinds = append(e.Kinds, k)
			}
		}
		if note != "" && !strings.Contains(e.Note, note) {
			e.Note = strings.TrimPrefix(e.Note+"; "+note, "; ")
		}
		e.Confidence = min(e.Confidence, confidence)
	}
	for _, x := range edits {
		add(x.Kinds, x.Note, x.Confidence)
	}
	for _, p := range patches {
		add([]string{p.kind}, p.note, p.confidence)
	}
	return e
}
