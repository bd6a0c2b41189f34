// Package query turns what an analyst types into a tree. It knows nothing of
// the index: see package index for what a tree finds.
//
//	n, err := query.Parse(`臨時黨支部 AND (title:疫情 OR place:百色) -演练`)
//	fmt.Println(n) // 臨時黨支部 AND (title:疫情 OR place:百色) AND NOT 演练
//
// # Language
//
// The conventions are Lucene's, with AND where nothing stands between two
// terms:
//
//	党支部 干部            both
//	党支部 OR 党小组        either; || is the same
//	党支部 -演练            the first without the second; NOT and ! are the same
//	+党支部 +干部           + changes nothing: every term is required already
//	"党支部 书记"           the words side by side, in this order
//	title:复工 title:(a OR b)  in one field only
//	*:*                    every article
//	\"  \:  \(             a backslash takes the meaning from what follows it
//
// AND binds tighter than OR. AND, OR and NOT are operators in capitals only.
// Chinese quotes “…” and 「…」, brackets （…） and the colon ： after the name of
// a field do what their ASCII forms do. Wildcards, fuzzy terms, regular
// expressions, ranges and boosts are refused with an error that says so,
// never taken for text.
package query
