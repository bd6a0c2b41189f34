// Package asof says of which day a text counts: 截至2月23日，全市设卡点120处.
//
//	scopes := asof.Find(hans, extract.Sentences(hans), doc.Published)
//	day, ok := asof.At(scopes, mention.Number.Start)
//
// A phrase that names a day is
//
//   - 截至 or 截止, also with 到, before a date: 2020年2月23日, 2月23日, 23日24时,
//     2月底, 年底, 上月底, 去年12月31日, 昨日, 目前, 记者发稿时;
//   - 到 or 至 at the start of a clause, before such a date and 为止 or a comma;
//   - 目前为止, 迄今为止.
//
// A deadline is none: 报名截止2月23日, 截至2月23日前.
//
// What a date leaves out is taken from the day on which the article was
// published: the last such day up to that one. 目前 and 发稿 are that day itself,
// 昨日 the one before. Where that day is not known, only a date with its year
// says anything. No day is read from a month or a year alone (截至2月), from a
// weekday, and from a date to come; behind 到 a day without its year that is
// still to come is a plan, not one of the year before.
//
// A phrase holds from where it stands to the end of its sentence, to the next
// phrase, or to a clause that speaks of another time (目前保留30处); one in a
// bracket to the end of the bracket, but one that fills its bracket, as in
// 120处（截至2月23日）, also for the clause before. It goes on in the next
// sentence of the paragraph when that opens like one of the same stocktaking
// (其中, 另有, 共, 累计, 全市 …) and holds no date. All else has no day: it is
// better to leave one out than to guess it. A bare 目前 says nothing that the
// published day does not.
//
// Everything works on folded (simplified) text and in its bytes.
package asof
