package image_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/team"
)

// TestKinds holds images of entries and leads against pages of the same rows.
func TestKinds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		name := "Blocked"
		blacklist, err := w.Library.Create(w.anna, item.KindBlacklist, library.Patch{Name: &name})
		must(t, err)
		for i := range 12 {
			_, err := w.Addressbook.CreateEntry(w.anna, blacklist, fmt.Sprintf("b%d@example.com", i), addressbook.EntryPatch{})
			must(t, err)
		}
		campaign, err := w.Library.Create(w.anna, item.KindCampaign, library.Patch{Name: &name})
		must(t, err)
		chloe, chloeID := w.joins("chloe")
		for i := range 12 {
			assignee := uuid.Nil // it waits
			if i%3 > 0 {
				assignee = chloeID
			}
			w.lead(campaign, i, assignee)
		}
		for kind, id := range map[item.Kind]uuid.UUID{item.KindBlacklist: blacklist, item.KindCampaign: campaign} {
			i := w.open(chloe, id)
			db := w.unpack(i)
			page := w.since(chloe, id, "")
			columns := strings.Join(digest.Columns(kind), ", ")
			table := ask(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table'`)
			if got := ask(t, db, `SELECT '[' || group_concat(row) || ']' FROM (SELECT json_array(`+columns+`) AS row FROM `+table+` ORDER BY rowid)`); got != strings.ReplaceAll(page.Rows, `\u000a`, `\n`) {
				t.Errorf("%s: its rows are not those of the page:\n%.300s\n%.300s", kind, got, page.Rows)
			}
			if !strings.Contains(page.Header, `"digest":"`+i.Digest+`"`) {
				t.Errorf("%s: they add up to %s, and not %s", kind, page.Header, i.Digest)
			}
		}
		must(t, w.images.Sees(chloe, campaign))
		own := account.MemberLeadsOwn
		must(t, w.Team.ChangeAccount(w.anna, team.Settings{MemberLeads: &own}))
		chloe = w.as("chloe@example.com")
		if i := w.open(chloe, campaign); i != nil {
			t.Error("who sees their own leads is given everybody's")
		}
		if err := w.images.Sees(chloe, campaign); !fault.Is(err, fault.NotFound) {
			t.Errorf("who has come to see their own leads goes on being sent everybody's: %v", err)
		}
		if i := w.open(w.anna, campaign); i == nil || i.Rows != 12 {
			t.Error("the owner is given none")
		}
	})
}

// lead adds a lead to a campaign, given to a person or waiting.
func (w *world) lead(campaign uuid.UUID, n int, assignee uuid.UUID) {
	w.tb.Helper()
	ctx := viewer.System(context.Background(), "a test receives a lead")
	must(w.tb, w.Feed.Write(ctx, w.account, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, campaign)
		if err != nil {
			return err
		}
		rows.Added(1)
		l := tx.Lead.Create().SetAccountID(w.account).SetCampaignID(campaign).SetEmail(fmt.Sprintf("l%d@example.com", n)).SetName("Zoë 🙂\n").
			SetPhone("1").SetSource("form").SetNotes("\"a\"").SetFields(`{"city":"Orléans"}`).SetRowSeq(rows.Seq).SetChangedAt(instant.Now())
		if assignee != uuid.Nil {
			l.SetAssigneeID(assignee).SetAssignedAt(instant.Now())
		}
		return l.Exec(ctx)
	}))
}
