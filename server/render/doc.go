// Package render turns the subject, preheader and body of a mail into what one recipient gets.
//
// Compile reads a mail once: an MJML body becomes HTML, and the Liquid in all three parts is parsed and checked.
// Mail.Render then fills it in for a recipient, many times and from many goroutines.
//
// # Language
//
// Variables are contact.email, contact.first_name, contact.last_name, contact.company, contact.city,
// contact.fields.NAME (or contact.fields["NAME"] where the name has a space), sender.name, sender.email,
// sender.reply_to and unsubscribe_url. An empty text counts as absent, so {% if contact.city %},
// {% if contact.city != "" %} and {{ contact.city | default: "your city" }} all mean what they look like.
//
// Tags are if, elsif, else, unless, case, when, for, break, continue, assign, capture, cycle, comment and raw. A
// range is only for looping over: {% for i in (1..3) %}. Filters are listed in filters.go. The expressions are
// those of github.com/osteele/liquid; tags, filters and output are Partage's own, because that engine does not
// escape, has no limits, reads files, and says which line is wrong only of the HTML that MJML made.
//
// Every output in a body is escaped for HTML. The filter raw, as the last one, opts out; escape, escape_once and
// newline_to_br in that place have escaped already. In subject and preheader nothing is escaped, but control
// characters and line breaks become spaces; the preheader is escaped where it is put into the body.
// Escaping is for text and quoted attributes: a value inside a style element, or as the whole of an href, is
// as trustworthy as the contact list it comes from.
//
// # What is not understood
//
// A tag that is wrong ({% if %} without {% endif %}, an unknown tag or filter, include) fails Compile with its
// line. An output that is not Liquid or names no known variable ({{FirstName}}, {{#each items}}, {{/each}}) is
// very likely a placeholder of another mail program. It stays in the text as it was written, so that such a
// template can be stored and looked at, and Mail.Remarks names it with its line; Mail.Ready refuses such a mail, so
// that no recipient reads "Hello {{FirstName}}".
//
// # MJML
//
// The components are those of github.com/preslavrachev/gomjml, which drops what it does not know or finds in the
// wrong place. Here nothing is dropped in silence: an unknown or misplaced component, text outside of a text
// component, mj-include, and a Liquid tag that MJML would lose are errors with their line. HTML inside of a
// component reaches the mail byte for byte; mj-style inline="inline" acts on components with a css-class, not
// inside of them. Attributes that MJML does not know are left out, with a remark.
//
// # Limits
//
// A body has at most 1 MB, an MJML document a bounded depth, number of elements and product of size and
// repetition, a rendered mail at most 4 MB. A rendering stops after a bounded number of steps, with a bounded amount
// of text held in variables, and when its context ends. What is over a limit is an Invalid fault on "subject",
// "preheader" or "body", like any other mistake in a mail, and so is a panic in one of the two libraries.
//
// # Showing a preview
//
// A body is not rewritten for the preview: what is seen is what is sent. Scripts, event handlers and forms are
// therefore made harmless by the browser: the HTML must be shown in an iframe with an empty sandbox attribute
// (no allow-scripts, no allow-same-origin), and served or framed with PreviewPolicy as its
// Content-Security-Policy. It must never be put into a page of the dashboard directly.
package render
