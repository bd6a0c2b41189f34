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
//  1. The quantities and the heads (the nouns that the packs name) are found;
//     a compound is one head, its last: 党支部|书记 is a secretary.
//  2. Lists with 分别 and pairs of before and after are read as wholes.
//  3. Every other number takes the head that it stands before or behind, if
//     nothing between them ends the noun phrase. A number belongs to one head.
//  4. What is left looks for an antecedent: a shared head further on, the
//     office in 担任…的620余名, the total that 其中 divides.
//  5. What only looks like a count goes: slogans, thresholds, deltas.
//
// Everything here works on folded (simplified) text and in its bytes.
package extract
