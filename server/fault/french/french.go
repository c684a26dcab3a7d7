// Package french says in French what the server tells people in English.
//
// A sentence is found under its English format and takes the same arguments in the same order. Whoever writes one in English
// writes it here, too: a test finds every sentence that is told to people, and fails where its French is missing or
// takes other arguments. Names of things (campaign, account) are told with their article, so that a sentence fits them all.
// It is a leaf and imports nothing.
package french

// Sentence returns a sentence in French under its English format; ok is false where it has none.
func Sentence(english string) (said string, ok bool) {
	for _, about := range []func(string) string{sharing, identity, team, leads, content, sync, wire, documents, mails, history} {
		if said = about(english); said != "" {
			return said, true
		}
	}
	return "", false
}
