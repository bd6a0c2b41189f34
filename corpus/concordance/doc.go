// Package concordance shows hits in their context, one a line, sorted by what
// stands beside them (key word in context).
//
//	order, err := concordance.ParseOrder("l1,date")
//	c := concordance.NewCollector(concordance.Options{Order: order, Limit: 100})
//	for _, line := range concordance.Cut(text, spans, window, order) {
//		err := c.Add(line)
//	}
//	lines := c.Lines()
//
// Hits are found elsewhere, in the folded text. What is shown is cut from the
// printed one, which has the same code points.
package concordance
