// Package clean turns the decoded source of one article into its body, its
// metadata and the list of edits that connects the two:
//
//	c, err := clean.New()
//	page := c.Clean(source, corpus.Text)
//	text, err := corpus.Apply(source, page.Edits) // text == page.Text
//
// The steps, in this order; each sees the text that the one before it left:
//
//  1. recode: bytes that were once decoded in the wrong way (package recode)
//  2. markup: tags, scripts and entities of a page source
//  3. stray tags, then glosses: readings that a site put after its characters
//  4. debris: control, zero-width, bidi and private-use characters, entities,
//     radicals, full-width digits and letters; watermarks; marks that were
//     doubled; question marks for indents; letter spacing; hard wraps
//  5. layout: title, credits and furniture around the body
//
// Every step only proposes patches to the text that it was given. [Page.Edits]
// is their composition: one ordered list without overlaps, in bytes of the
// source. Cleaning depends on the document alone, never on what came before
// it, and a document that needs nothing is returned as it is.
package clean
