package image_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
)

func TestImage(t *testing.T) {
	t.Run("holds the rows as pages have them, in one table", func(t *testing.T) {
		each(t, func(t *testing.T, w *world) {
			list := w.list(1234)
			i := w.open(w.anna, list)
			db := w.unpack(i)
			if got := ask(t, db, `SELECT group_concat(type || ' ' || name, ', ') FROM sqlite_schema`); got != "table server_contacts, index sqlite_autoindex_server_contacts_1" {
				t.Errorf("it has %s", got)
			}
			if got := ask(t, db, `SELECT user_version || ' ' || application_id || ' ' || (SELECT page_size FROM pragma_page_size) FROM pragma_user_version, pragma_application_id`); got != "1 0 4096" {
				t.Errorf("it is marked %s", got)
			}
			if got := ask(t, db, `PRAGMA integrity_check`); got != "ok" {
				t.Error(got)
			}
			page := w.since(w.anna, list, "")
			columns := strings.Join(digest.Columns(item.KindContactList), ", ")
			if got := ask(t, db, `SELECT '[' || group_concat(row) || ']' FROM (SELECT json_array(`+columns+`) AS row FROM server_contacts ORDER BY rowid)`); got != page.Rows {
				t.Errorf("its rows are not those of the page:\n%.200s\n%.200s", got, page.Rows)
			}
			if i.Kind != "contacts" || i.Rows != 1234 || !strings.Contains(page.Header, `"state":"`+i.State+`"`) || !strings.Contains(page.Header, i.Digest) {
				t.Errorf("it is said to be %s with %d rows, %s, %s: %s", i.Kind, i.Rows, i.State, i.Digest, page.Header)
			}
			if rest := w.since(w.anna, list, i.Next); rest.Rows != "[]" || rest.Removals != "[]" {
				t.Errorf("after it come %.200s, %s", rest.Rows, rest.Removals)
			}
		})
	})
	t.Run("is none where rows are few, and nothing where the list is not seen", func(t *testing.T) {
		each(t, func(t *testing.T, w *world) {
			if i := w.open(w.anna, w.list(9)); i != nil {
				t.Error("nine rows have an image")
			}
			list := w.list(10)
			chloe, _ := w.joins("chloe")
			must(t, w.Sharing.SetAudience(w.anna, list, item.AudienceRestricted))
			w.open(w.anna, list)
			if _, err := w.images.Open(chloe, list); !fault.Is(err, fault.NotFound) {
				t.Errorf("who does not see it is told %v", err)
			}
			if err := w.images.Sees(chloe, list); !fault.Is(err, fault.NotFound) {
				t.Errorf("who does not see it is told %v", err)
			}
			if _, err := w.images.Open(w.anna, uuid.New()); !fault.Is(err, fault.NotFound) {
				t.Errorf("of what is not there is told %v", err)
			}
		})
	})
	t.Run("serves on when rows change, and its cursor brings the rest", func(t *testing.T) {
		each(t, func(t *testing.T, w *world) {
			list := w.list(20)
			first := w.open(w.anna, list)
			w.add(list, 20, 22)
			w.remove(list, 3)
			again := w.open(w.anna, list)
			if again.Tag != first.Tag || again.Rows != 20 {
				t.Fatalf("another file with %d rows", again.Rows)
			}
			rest := w.since(w.anna, list, again.Next)
			if strings.Count(rest.Rows, "@example.com") != 2 || strings.Count(rest.Removals, "-") != 4 {
				t.Errorf("after it come %s, %s", rest.Rows, rest.Removals)
			}
		})
	})
	t.Run("does not bring what somebody never saw", func(t *testing.T) {
		each(t, func(t *testing.T, w *world) {
			list := w.list(20)
			must(t, w.Sharing.SetAudience(w.anna, list, item.AudienceRestricted))
			first := w.open(w.anna, list)
			w.remove(list, 3)
			chloe, id := w.joins("chloe") // after it was made
			must(t, w.Sharing.Add(w.anna, list, []uuid.UUID{id}, access.LevelView))
			seen := w.open(chloe, list)
			if seen.Tag == first.Tag || ask(t, w.unpack(seen), `SELECT count(*) FROM server_contacts WHERE email = 'c000003@example.com'`) != "0" {
				t.Error("a row that was gone before")
			}
			w.remove(list, 4)
			must(t, w.Sharing.Remove(w.anna, list, []uuid.UUID{id}))
			w.remove(list, 5) // while it was out of sight
			must(t, w.Sharing.Add(w.anna, list, []uuid.UUID{id}, access.LevelView))
			if back := w.open(chloe, list); back.Tag == seen.Tag || ask(t, w.unpack(back), `SELECT count(*) FROM server_contacts WHERE email = 'c000005@example.com'`) != "0" {
				t.Error("a row that went while the list was out of sight")
			}
		})
	})
}
