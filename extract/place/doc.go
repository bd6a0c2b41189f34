// Package place finds the administrative divisions that a Chinese text names,
// with their codes of GB/T 2260, and says whose a count is.
//
//	g, err := place.Open()
//	matches := g.Find(nil, hans) // 陕西省渭南市临渭区: one match, 610502
//	doc, ok := g.Document(title, matches)
//	scene := place.Scene{Gazetteer: g, Text: hans, Sentences: sentences, Matches: matches, Document: doc}
//	claim, ok := scene.Whose(mention)
//
// Divisions down to the county come from a table; names that it does not hold
// (towns, villages, estates, divisions of another time) are known by their
// form and have no code of their own. Everything works on folded (simplified)
// text and in its bytes.
package place

//go:generate go run ./internal/gengazetteer
