// Package extract reads counts out of running text: how many branches, cadres
// and checkpoints an article says there were. What counts as what is told by
// rule packs, YAML files that an analyst owns:
//
//	packs, err := extract.Bundled()
//	x := extract.New(packs, nil)
//	mentions := x.Extract(hans, tokens)
//
// One sentence at a time:
//
//  1. The quantities, the heads (the nouns that the packs name) and the marks and
//     words that numbers ask for are found in one pass; a compound is one head,
//     its last: 党支部|书记 is a secretary.
//  2. A row of a table takes the heads of its columns.
//  3. What only looks like a count goes: slogans, changes, conditions.
//  4. Lists with 分别 and pairs of before and after are read as wholes.
//  5. Every other number takes the head that it stands before or behind, if
//     nothing between them ends the noun phrase. A number belongs to one head.
//  6. What is left looks for an antecedent: a shared head further on, the
//     office in 担任…的620余名, the total that 其中 divides, the topic of the clause before.
//
// [Extractor.Explain] says of each number what became of it.
//
// Everything here works on folded (simplified) text and in its bytes.
package extract
