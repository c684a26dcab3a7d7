package mirror

import (
	"context"
	"database/sql"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestRebirth: a mirror whose numbers are not those that the server knows goes on under another id, and loses nothing.
func TestRebirth(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	edit := func(t *testing.T, main *sql.DB, subject string) {
		run(t, main, `UPDATE campaigns SET subject = ?`, subject)
	}
	t.Run("sends again what a restored server has lost", func(t *testing.T) {
		m, _, _, main, _ := setupEdits(t)
		for i, subject := range []string{"one", "two", "three"} {
			edit(t, main, subject)
			outgoing(t, m)
			answer(t, m, int64(i+1), protocol.Result{Version: int64(i + 5)})
		}
		before, _ := m.Replica(ctx)
		if why, err := m.Compare(ctx, 3); why != NotReborn || err != nil {
			t.Fatal(why, err)
		}
		if why, err := m.Compare(ctx, 1); why != ByLoss || err != nil {
			t.Fatal(why, err)
		}
		if after, _ := m.Replica(ctx); after == before {
			t.Error("it has the same id")
		}
		// All of it, since the new id has acknowledged nothing; edits of one row one after the other.
		same(t, outgoing(t, m), `1 change campaign base 4 mine [] {"subject":"one"}`)
		answer(t, m, 1, protocol.Result{Version: 5})
		same(t, outgoing(t, m), `2 change campaign base 4 mine [5] {"subject":"two"}`)
	})
	t.Run("does not tell again of what was told", func(t *testing.T) {
		m, _, _, main, _ := setupEdits(t)
		edit(t, main, "one")
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 5, Conflicts: []string{"subject"}})
		all, err := Edit(m.Dir()).Attention(ctx)
		must(t, err)
		must(t, Edit(m.Dir()).Decide(ctx, all[0].Key, Theirs))
		resolved(t, m)
		must(t, m.Rebirth(ctx))
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 5, Conflicts: []string{"subject"}})
		if all, err := Edit(m.Dir()).Attention(ctx); err != nil || len(all) > 0 {
			t.Fatal(all, err)
		}
	})
	t.Run("names no version of the old life", func(t *testing.T) {
		m, campaign, _, main, _ := setupEdits(t)
		edit(t, main, "one")
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{Version: 5})
		run(t, main, `UPDATE sent SET fields = NULL`) // what it said was taken from the person since
		must(t, m.Rebirth(ctx))
		run(t, main, `DELETE FROM campaigns WHERE id = ?`, campaign)
		same(t, outgoing(t, m), `1 delete campaign base 4 mine [] {}`)
	})
	t.Run("names with a deletion all that was one's own", func(t *testing.T) {
		m, campaign, _, main, _ := setupEdits(t)
		edit(t, main, "one")
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{Version: 5})
		run(t, main, `UPDATE server_campaigns SET version = 5`)
		run(t, main, `DELETE FROM outbox; DELETE FROM edits; DELETE FROM campaigns WHERE id = ?`, campaign)
		same(t, outgoing(t, m), `2 delete campaign base 5 mine [5] {}`)
	})
	t.Run("takes a new id where the server knows more than it has given", func(t *testing.T) {
		m, _, _, main, _ := setupEdits(t)
		edit(t, main, "one")
		outgoing(t, m)
		if why, err := m.Compare(ctx, 7); why != ByCopy || err != nil {
			t.Fatal(why, err)
		}
		same(t, outgoing(t, m), `1 change campaign base 4 mine [] {"subject":"one"}`)
		if why, err := m.Compare(ctx, 0); why != NotReborn || err != nil {
			t.Fatal(why, err)
		}
	})
}
