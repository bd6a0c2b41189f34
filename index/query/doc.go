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
//	"党支部 书记"~5         close together: at most 5 other characters between; ~>5 in this order
//	防控*  防?点            words that begin so; * is any characters, ? one
//	干部~1                 words that differ in at most one character
//	/党(支|总支)部/          words that match a regular expression as a whole
//	title:复工 title:(a OR b)  in one field only
//	published:2020-03      days; also published:>=2020, published:[2020-01-01 TO 2020-03-31]
//	branch:>=100           some mention of the category with such a value; also checkpoint:[5 TO 20]
//	branch:临时党支部         some mention of the category under this term
//	count(category:checkpoint value:>=100 place:百色)  one mention that is all of it
//	exact:"臨時黨支部"       as printed, in this script
//	cluster:all            reprints are hits of their own
//	*:*                    every article
//	\"  \:  \(             a backslash takes the meaning from what follows it
//
// AND binds tighter than OR. AND, OR and NOT are operators in capitals only.
// Chinese quotes “…” and 「…」, brackets （…） and the colon ： after the name of
// a field do what their ASCII forms do. Boosts are refused with an error that
// says so, never taken for text. docs/query.md tells all of it to an analyst.
package query
