// Package clean turns the decoded source of one article into its body, its
// metadata and the list of edits that connects the two:
//
//	page := clean.Clean(source, corpus.Text)
//	text, err := corpus.Apply(source, page.Edits) // text == page.Text
//
// The steps, in this order; each sees the text that the one before it left:
//
//  1. markup: tags, scripts and entities of a page source
//  2. gloss: readings in parentheses that a site put after its characters
//  3. debris: control, zero-width and bidi characters, left-over entities,
//     full-width digits and letters, no-break spaces
//  4. layout: title, credits and furniture around the body
//
// Every step only proposes patches to the text that it was given. [Page.Edits]
// is their composition: one ordered list without overlaps, in bytes of the
// source. Cleaning depends on the document alone, never on what came before
// it, and a document that needs nothing is returned as it is.
package clean
