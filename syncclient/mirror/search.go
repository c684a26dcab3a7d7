package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unicode"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Query is what to search a mirror for.
type Query struct {
	// Text is what a person typed: see Match.
	Text string
	// Item is the id of the list, blacklist or campaign whose rows are searched. Empty: campaigns, templates, lists and
	// blacklists are.
	Item string
	// Limit is how many hits there are at most; 100 where it is 0.
	Limit int
}

// Hit is an item or a row that was found.
type Hit struct {
	Kind protocol.Kind
	ID   string
}

// Found is what a search found.
type Found struct {
	// Hits are in no particular order.
	Hits []Hit
	// More: there are more than the limit.
	More bool
	// Indexing: not all of it is in the index yet, so that more may be found a moment later.
	Indexing bool
}

// Search finds the items, or the rows of one item, that hold all words of a text, as they are here: with the edits that were
// made on this computer. It takes no part in writing the mirror, so that any process may call it. Nothing is found where
// the text has no word. Errors: ErrNone where there is no such mirror, ErrLocked, ErrGone where there is no such list, or its
// file is not here, ErrNotKept, ErrOlder and ErrNewer.
func Search(ctx context.Context, dir string, q Query) (Found, error) {
	main, err := connectFunc(connect).openFile(ctx, dir, mainFile, reading)
	if err != nil {
		return Found{}, err
	}
	defer main.Close()
	if q.Item == "" {
		return search(ctx, main, q, "")
	}
	db, found, err := connectFunc(connect).openRowsOf(ctx, dir, main, q.Item, reading)
	if err != nil {
		return Found{}, err
	}
	defer db.Close()
	return search(ctx, db, q, found.rows)
}

// search asks the index of one file. kind is that of its rows; empty for main.db, where each item has its own.
func search(ctx context.Context, db *sql.DB, q Query, kind protocol.Kind) (found Found, err error) {
	if q.Limit <= 0 {
		q.Limit = 100
	}
	var whole bool
	if err := db.QueryRowContext(ctx, `SELECT complete FROM searchable`).Scan(&whole); err != nil {
		return found, fmt.Errorf("search the local copy: %w", classify(err))
	}
	found.Indexing = !whole
	match := Match(q.Text)
	if match == "" {
		return found, nil
	}
	what := "''"
	if kind == "" {
		what = "kind"
	}
	hits, err := pairs(ctx, db, fmt.Sprintf(`SELECT id, %s FROM search WHERE search MATCH ? LIMIT ?`, what), match, q.Limit+1)
	if err != nil {
		return found, fmt.Errorf("search the local copy: %w", classify(err))
	}
	if found.More = len(hits) > q.Limit; found.More {
		hits = hits[:q.Limit]
	}
	for _, h := range hits {
		hit := Hit{Kind: kind, ID: h[0]}
		if kind == "" {
			hit.Kind = protocol.Kind(h[1])
		}
		found.Hits = append(found.Hits, hit)
	}
	return found, nil
}

// What of a text is searched for at most.
const (
	mostWords   = 16
	longestWord = 100
)

// Match returns what a person typed as the right side of MATCH: all words must be there, the last one as the beginning of
// one, whatever their case and accents. Words with something between their letters, like an address, are searched for as
// one piece. Nothing in the text has a meaning for SQLite. Words beyond the sixteenth are left out, and of a very long one all
// after its hundredth character. Empty where the text has neither letter nor digit: that finds nothing.
func Match(text string) string {
	var words []string
	for _, word := range strings.Fields(strings.Map(plain, text)) {
		if !strings.ContainsFunc(word, lettered) {
			continue
		}
		if len(words) == mostWords {
			break
		}
		if runes := []rune(word); len(runes) > longestWord {
			word = string(runes[:longestWord]) + "*"
		}
		words = append(words, `"`+word+`"`)
	}
	if len(words) == 0 {
		return ""
	}
	last := strings.TrimRight(words[len(words)-1], `*"`)
	words[len(words)-1] = last + `*"`
	return strings.Join(words, " ")
}

// plain makes spaces of what has a meaning in an expression, or ends a text for SQLite.
func plain(r rune) rune {
	if r == '"' || r == '*' || r == '^' || r == 0 || r == unicode.ReplacementChar {
		return ' '
	}
	return r
}

func lettered(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
