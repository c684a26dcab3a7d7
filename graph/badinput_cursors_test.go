package graph_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// TestBadCursors puts every cursor where every other belongs: of another list, order, person or account, and of
// nothing. A cursor is taken where it was given and nowhere else; whoever holds one learns nothing by it.
func TestBadCursors(t *testing.T) {
	eachBadInput(t, func(t *testing.T, b *badInput) {
		for _, name := range []string{"a", "b"} { // something in the bin, twice over
			b.world.Do(scenario.Words("template deleted-" + name + " by bruno deleted"))
		}
		bruno := b.world.As(b.world.Person("bruno"))
		cursors := b.cursors(t)
		for place, reader := range cursorReaders() {
			t.Run(place, func(t *testing.T) {
				for _, c := range cursors {
					want := reader.refusal
					if c.good[place] {
						want = ""
					}
					if got := reader.ask(t, b, bruno, c.text); got != want {
						t.Fatalf("%s is answered %q instead of %q", c.what, got, want)
					}
				}
			})
		}
	})
}

// cursorReader is something that takes a cursor.
type cursorReader struct {
	query, refusal string
}

const itemsOf = `(first: 1, after: $after) { totalCount pageInfo { endCursor } } }`

func cursorReaders() map[string]cursorReader {
	return map[string]cursorReader{
		"items":                  {`query($after: String) { page: items` + itemsOf, foreignCursor},
		"items by name":          {`query($after: String) { page: items(first: 1, after: $after, orderBy: NAME) { totalCount pageInfo { endCursor } } }`, foreignCursor},
		"campaigns":              {`query($after: String) { page: campaigns` + itemsOf, foreignCursor},
		"contactLists":           {`query($after: String) { page: contactLists` + itemsOf, foreignCursor},
		"deletedItems":           {`query($after: String) { page: deletedItems` + itemsOf, foreignCursor},
		"collaborators":          {`query($after: String) { page: collaborators` + itemsOf, foreignCursor},
		"contacts of customers":  {`query($after: String) { node(id: "@customers") { ... on ContactList { page: contacts` + itemsOf + ` } }`, foreignCursor},
		"contacts of looked-at":  {`query($after: String) { node(id: "@looked-at") { ... on ContactList { page: contacts` + itemsOf + ` } }`, foreignCursor},
		"entries of unwanted":    {`query($after: String) { node(id: "@unwanted") { ... on Blacklist { page: entries` + itemsOf + ` } }`, foreignCursor},
		"changes":                {`query($after: String) { page: changes(after: $after) { next } }`, foreignPosition},
		"changes of customers":   {`query($after: String) { page: bucketChanges(bucket: "@customers", after: $after) { next } }`, foreignPosition},
		"changes of unwanted":    {`query($after: String) { page: bucketChanges(bucket: "@unwanted", after: $after) { next } }`, foreignPosition},
		"the poll":               {"/sync/poll?after=", "400 " + foreignPosition},
		"bulk rows of customers": {"/sync/rows/@customers?after=", "400 " + foreignPosition},
	}
}

// ask reads on from a cursor and returns what is said against it.
func (r cursorReader) ask(t *testing.T, b *badInput, as servertest.Client, cursor string) string {
	t.Helper()
	query := fmt.Sprint(b.resolve(r.query))
	if strings.HasPrefix(query, "/") {
		status, _, body := as.Do(t, http.MethodGet, query+url.QueryEscape(cursor), nil)
		if status < 300 {
			return ""
		}
		return fmt.Sprint(status, " ", errorIn(t, body))
	}
	return as.Ask(t, query, vars{"after": cursor}).Error()
}

// held is a cursor that somebody could come with, and where it is good.
type held struct {
	what, text string
	good       map[string]bool
}

// cursors returns cursors of three people, whole and damaged, and what is none.
func (b *badInput) cursors(t *testing.T) []held {
	t.Helper()
	all := []held{
		{what: "a word", text: "x"}, {what: "an attack", text: "' OR 1=1 --"},
		{what: "zeros", text: strings.Repeat("A", 128)}, {what: "much", text: strings.Repeat("A", 5000)},
	}
	for place, reader := range cursorReaders() {
		if strings.HasPrefix(reader.query, "/") {
			continue
		}
		for _, whose := range []string{"bruno", "anna", "zoe"} {
			got := b.world.As(b.world.Person(whose)).Ask(t, fmt.Sprint(b.resolve(reader.query)), nil)
			text := got.Text("page.pageInfo.endCursor") + got.Text("node.page.pageInfo.endCursor") + got.Text("page.next")
			if text == "" {
				continue // not to be seen by this person
			}
			whole := held{what: whose + "'s cursor of " + place, text: text}
			if whose == "bruno" {
				whole.good = map[string]bool{place: true}
				for _, alike := range sharedCursors() {
					if alike[0] == place {
						whole.good[alike[1]] = true
					}
				}
				all = append(all,
					held{what: "half of " + whole.what, text: text[:len(text)/2]},
					held{what: "all but the end of " + whole.what, text: text[:len(text)-1]},
					held{what: "more than " + whole.what, text: text + "A"},
					held{what: "touched, " + whole.what, text: flip(text)})
			}
			all = append(all, whole)
		}
	}
	return all
}

// sharedCursors lists where a cursor of one place is good at another: lists of items in the same order are parts
// of one list, and bulk reads are the same streams in another form.
func sharedCursors() [][2]string {
	return [][2]string{
		{"items", "campaigns"}, {"items", "contactLists"}, {"campaigns", "items"}, {"campaigns", "contactLists"},
		{"contactLists", "items"}, {"contactLists", "campaigns"},
		{"changes", "the poll"}, {"changes of customers", "bulk rows of customers"},
	}
}

// flip changes one character in the middle.
func flip(s string) string {
	b := []byte(s)
	if b[len(b)/2]++; b[len(b)/2] > 'y' || b[len(b)/2] == '[' || b[len(b)/2] == ':' {
		b[len(b)/2] = 'A'
	}
	return string(b)
}
