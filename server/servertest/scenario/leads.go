package scenario

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/feed"
)

// lead does "lead <name> of <campaign>", with "for <person>" after it. It is among the items, of the kind "lead", though
// it is none: it has an id and a title.
func (w *World) lead(words []string) {
	w.tb.Helper()
	if len(words) != 4 && len(words) != 6 || words[2] != "of" {
		w.fail(words, "does not read \"lead name of campaign\"")
	}
	if w.Has(words[1]) {
		w.fail(words, "names something twice")
	}
	campaign := w.Item(words[3])
	it := &Item{Name: words[1], Account: campaign.Account, Kind: "lead", Title: words[1] + " " + w.tag}
	_, of, err := read.ParseID(campaign.ID)
	if err != nil {
		w.fail(words, "names no campaign")
	}
	id := uuid.Must(uuid.NewV7())
	w.write(it.Account, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, of)
		if err != nil {
			return err
		}
		rows.Added(1)
		lead := tx.Lead.Create().SetID(id).SetAccountID(tx.Account).SetCampaignID(of).SetName(it.Title).SetSearchKey(it.Title).
			SetSource("a test").SetFields(`{"city":"Paris"}`).SetRowSeq(rows.Seq).SetChangedAt(instant.Now())
		if len(words) == 6 {
			lead.SetAssigneeID(w.Person(words[5]).id).SetAssignedAt(1)
		}
		return lead.Exec(ctx)
	})
	it.ID = read.GlobalID(read.LeadID, id)
	w.Items = append(w.Items, it)
}
