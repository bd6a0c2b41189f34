package web

import (
	"slices"
	"strconv"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// chosenAnchor is where a link to a mention leads to within the page.
const chosenAnchor = "chosen"

// chosenMention is the number of the mention with a seq; 0 for none.
func chosenMention(all []table.Mention, seq string) int {
	n, err := strconv.Atoi(seq)
	if err != nil {
		return 0
	}
	return slices.IndexFunc(all, func(m table.Mention) bool { return int(m.Seq) == n }) + 1
}

// choose marks the chosen mention, and shows the part where it stands unless
// another is asked for.
func (v *articleView) choose(marks []mark, all []corpus.Span, part string) []mark {
	at := slices.IndexFunc(marks, func(m mark) bool { return m.kind == isMention && m.mention == v.Chosen })
	if v.Chosen == 0 || at < 0 {
		return marks
	}
	if part == "" {
		v.Part = slices.IndexFunc(all, func(s corpus.Span) bool { return marks[at].span.Start < s.End }) + 1
		v.Part = max(1, v.Part)
	}
	return append(marks, mark{kind: isChosen, span: marks[at].span})
}

// anchor names the first piece of the chosen mention.
func anchor(all []segment) {
	for i := range all {
		if all[i].Chosen {
			all[i].Anchor = chosenAnchor
			return
		}
	}
}
