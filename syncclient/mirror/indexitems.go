package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// longestText is how many bytes of the words of an item are indexed at most.
const longestText = 256 << 10

// allItems is the SQL of the ids of all items that a person sees.
const allItems = `SELECT id FROM campaigns UNION ALL SELECT id FROM templates UNION ALL SELECT id FROM contact_lists UNION ALL SELECT id FROM blacklists`

// noteAllItems is the SQL that notes all of them for the index.
const noteAllItems = `INSERT INTO unindexed (id) SELECT id FROM (` + allItems + `) WHERE true ON CONFLICT DO NOTHING`

// indexItems indexes items that were noted. True: there may be more.
func indexItems(ctx context.Context, tx *sql.Tx) (bool, error) {
	all, err := pairs(ctx, tx, `SELECT u.id, coalesce((SELECT octet_length(body) FROM campaigns i WHERE i.id = u.id),
		(SELECT octet_length(body) FROM templates i WHERE i.id = u.id), 0) FROM unindexed u LIMIT ?`, itemsAtOnce)
	if err != nil || len(all) == 0 {
		return false, err
	}
	some := asJSON(fitting(all))
	last, err := unindex(ctx, tx, some)
	if err != nil {
		return false, err
	}
	for _, v := range mainViews() {
		if err := v.indexText(ctx, tx, some); err != nil {
			return false, err
		}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM unindexed WHERE id IN (SELECT value FROM json_each(?))`, some); err != nil {
		return false, err
	}
	return true, enter(ctx, tx, last)
}

// indexText writes down the words of those of some items that are of the view's kind.
func (v view) indexText(ctx context.Context, tx *sql.Tx, some string) error {
	texts := itemTexts(v)
	plain, body := strings.Join(texts, " || char(10) || "), "''"
	if texts[len(texts)-1] == "body" {
		plain, body = strings.Join(texts[:len(texts)-1], " || char(10) || "), "body"
	}
	rows, err := tx.QueryContext(ctx, fmt.Sprintf(`SELECT id, %s, %s FROM %s WHERE id IN (SELECT value FROM json_each(?))`, plain, body, v.name), some)
	if err != nil {
		return err
	}
	defer rows.Close()
	var all [][2]string
	for rows.Next() {
		var id, text, body string
		if err := rows.Scan(&id, &text, &body); err != nil {
			return err
		}
		all = append(all, [2]string{id, visible(text, body)})
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, one := range all {
		if _, err := tx.ExecContext(ctx, `INSERT INTO indexed (id, kind, text) VALUES (?, ?, ?)`, one[0], v.kind, one[1]); err != nil {
			return err
		}
	}
	return nil
}

// visible appends what a reader sees of a body, in HTML or MJML, to a text. What stands in tags and comments, styles and
// scripts, and between the marks of Liquid, they do not.
func visible(text, body string) string {
	var b strings.Builder
	b.WriteString(withoutLiquid(text))
	z := html.NewTokenizer(strings.NewReader(withoutLiquid(body)))
	hidden := ""
	for b.Len() < longestText {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		switch token := z.Token(); {
		case hidden != "":
			if kind == html.EndTagToken && token.Data == hidden {
				hidden = ""
			}
		case kind == html.StartTagToken && unseen(token.Data):
			hidden = token.Data
		case kind == html.TextToken:
			if words := strings.Join(strings.Fields(token.Data), " "); words != "" {
				b.WriteByte('\n')
				b.WriteString(words)
			}
		}
	}
	all := b.String()
	return strings.ToValidUTF8(all[:min(len(all), longestText)], "")
}

// unseen reports whether the text in an element is none that a reader sees.
func unseen(element string) bool {
	switch element {
	case "script", "style", "mj-style", "mj-attributes":
		return true
	}
	return false
}

// withoutLiquid leaves out what is in the text between {{ and }}, and between {% and %}. It looks for an end that does not
// come only once: the text is anybody's, and may have a million beginnings.
func withoutLiquid(text string) string {
	var b strings.Builder
	endless := map[string]bool{}
	for {
		from := strings.IndexByte(text, '{')
		if from < 0 || from+1 == len(text) {
			break
		}
		end := ""
		switch text[from+1] {
		case '{':
			end = "}}"
		case '%':
			end = "%}"
		default:
			b.WriteString(text[:from+1])
			text = text[from+1:]
			continue
		}
		b.WriteString(text[:from])
		b.WriteByte(' ')
		to := -1
		if !endless[end] {
			to = strings.Index(text[from+2:], end)
		}
		if to < 0 {
			endless[end] = true
			text = text[from+2:]
			continue
		}
		text = text[from+2+to+2:]
	}
	b.WriteString(text)
	return b.String()
}
