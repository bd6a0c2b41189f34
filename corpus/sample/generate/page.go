package generate

// pageWords are what stands around a body.
type pageWords struct {
	source, editor printed
	year           string
	month          string
	date           string
}

func newPageWords(print func(string) printed) pageWords {
	return pageWords{source: print("来源："), editor: print("（责编："), year: "年", month: "月", date: "日"}
}

// head writes what stands above the body, and returns what stands below it: of
// four pages one has nothing, two have a head and one has both. A reprint always
// has a head, which names another source than the original's.
func (w *writer) head(p *plan, title string) (tail string) {
	r := newRandom(w.g.opts.Seed, p.index, forPage)
	form := r.below(4)
	if form == 0 && p.kind == Original {
		return ""
	}
	w.buf = append(append(w.buf, title...), '\n', '\n')
	w.buf = appendDay(w.buf, p.day, &w.g.words)
	w.buf = appendTwo(w.buf, 6+r.below(17))
	w.buf = appendTwo(append(w.buf, ':'), r.below(60))
	w.buf = append(w.buf, indent...)
	w.print(w.g.words.source)
	w.print(w.g.papers[p.source])
	w.buf = append(w.buf, '\n', '\n')
	if form < 3 {
		return ""
	}
	start := len(w.buf)
	w.buf = append(w.buf, '\n', '\n')
	w.print(w.g.words.editor)
	w.r = r
	w.rule(w.g.common.person)
	w.buf = append(w.buf, "）"...)
	tail = string(w.buf[start:])
	w.buf = w.buf[:start]
	return tail
}
