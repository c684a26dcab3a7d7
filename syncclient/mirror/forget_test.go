package mirror

import (
	"context"
	"database/sql"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func leadPage(t *testing.T, ids, removed []string, next string, more bool) *protocol.RowPage {
	t.Helper()
	var rows [][]any
	for _, id := range ids {
		rows = append(rows, []any{id, nil, nil, "lead@example.com", "Lead", "", "form", "{}", "new", "", 1, 1700000000000000, 1700000000000001})
	}
	page := rowPage(t, rows, removed, next, more, "s1")
	page.Kind, page.Columns = protocol.Leads, protocol.Columns(protocol.Leads)
	return page
}

// setupLeads is a mirror with a campaign and its leads.
func setupLeads(t *testing.T, leads ...string) (*Mirror, Bucket, *sql.DB) {
	t.Helper()
	m, b := setup(t), Bucket{ID: newID(), Kind: protocol.Leads}
	tellLeads(t, m, b)
	page := leadPage(t, leads, nil, "r1", false)
	if _, err := m.ApplyRows(context.Background(), b, page, ""); err != nil {
		t.Fatal(err)
	}
	return m, b, program(t, m, mainFile)
}

func tellLeads(t *testing.T, m *Mirror, b Bucket) {
	t.Helper()
	applyPage(t, m, protocol.ChangePage{
		Items:   []protocol.Item{campaignItem(b.ID, "Spring", "edit", 4)},
		Buckets: []protocol.Bucket{{ID: b.Global(), Kind: protocol.Leads, State: "s1", Rows: 3}},
	})
}

// leadsFile opens the file with the leads of a campaign.
func leadsFile(t *testing.T, m *Mirror, b Bucket) *sql.DB {
	t.Helper()
	return program(t, m, ask(t, m.main, `SELECT file FROM server_campaigns WHERE id = ?`, b.ID))
}

// refuse has the server refuse the next edit, which brings it into attention.
func refuse(t *testing.T, m *Mirror, number int64) {
	t.Helper()
	outgoing(t, m)
	answer(t, m, number, protocol.Result{State: protocol.Refused, Code: protocol.Forbidden})
}

// TestForget: what was written about a row goes with the row, and nothing else does.
func TestForget(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	const kinds = `SELECT group_concat(what || ' ' || kind, ', ') FROM (SELECT * FROM attention ORDER BY at, key)`
	t.Run("keeps what was written about the campaign when a lead goes", func(t *testing.T) {
		first, second := newID(), newID()
		m, b, main := setupLeads(t, first, second)
		run(t, leadsFile(t, m, b), `UPDATE leads SET notes = 'of a lead' WHERE id = ?`, first)
		m.edited[b.ID] = b
		refuse(t, m, 1)
		run(t, main, `UPDATE campaigns SET body = 'refused'`)
		refuse(t, m, 2)
		run(t, main, `UPDATE campaigns SET subject = 'under way'`)
		outgoing(t, m)
		page := leadPage(t, nil, []string{first}, "r2", false)
		page.Rows = 1
		if _, err := m.ApplyRows(ctx, b, page, "r1"); err != nil {
			t.Fatal(err)
		}
		if got := ask(t, main, kinds); got != "refused campaign" {
			t.Errorf("attention: %s", got)
		}
		same(t, outgoing(t, m), `3 change campaign base 4 mine [] {"subject":"under way"}`)
	})
	t.Run("keeps what was written about leads that are still to come", func(t *testing.T) {
		early, late, gone := newID(), newID(), newID()
		m, b, main := setupLeads(t, early, late, gone)
		run(t, leadsFile(t, m, b), `UPDATE leads SET notes = 'refused'`)
		m.edited[b.ID] = b
		outgoing(t, m)
		for number := range int64(3) {
			answer(t, m, number+1, protocol.Result{State: protocol.Refused, Code: protocol.Forbidden})
		}
		must(t, m.lose(ctx, b, ErrFileDamaged))
		page := leadPage(t, []string{early}, []string{newID()}, "r2", true)
		page.Rows = 2
		if _, err := m.ApplyRows(ctx, b, page, ""); err != nil {
			t.Fatal(err)
		}
		run(t, leadsFile(t, m, b), `UPDATE leads SET notes = 'again'`)
		must(t, m.Close())
		m = mustOpen(t, m.Dir())
		defer m.Close()
		if got := ask(t, main, kinds); got != "refused lead, refused lead, refused lead" {
			t.Errorf("in the midst of the first fill, attention: %s", got)
		}
		page = leadPage(t, []string{late}, nil, "r3", false)
		page.Rows = 2
		if _, err := m.ApplyRows(ctx, b, page, "r2"); err != nil {
			t.Fatal(err)
		}
		if got := ask(t, main, `SELECT count(*) FROM attention WHERE id IN (?, ?)`, early, late); got != "2" || ask(t, main, kinds) != "refused lead, refused lead" {
			t.Errorf("at its end, attention: %s, %s of them of leads that are there", ask(t, main, kinds), got)
		}
		same(t, outgoing(t, m), `4 change lead base 1 mine [] {"notes":"again"}`)
	})
	t.Run("keeps the edits of leads that are only missing in the file", func(t *testing.T) {
		m, b, main := setupLeads(t, newID(), newID(), newID())
		file := leadsFile(t, m, b)
		run(t, file, `UPDATE leads SET notes = 'refused'`)
		m.edited[b.ID] = b
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Refused, Code: protocol.Forbidden})
		must(t, m.Close())
		run(t, file, `DELETE FROM server_leads`)
		m = mustOpen(t, m.Dir())
		defer m.Close()
		if got := ask(t, main, kinds); got != "refused lead" || len(outgoing(t, m)) != 2 {
			t.Errorf("attention: %s", got)
		}
	})
	t.Run("tells of edits that went with the file of a list while main.db was lost", func(t *testing.T) {
		m, _, b, main, list := setupEdits(t)
		run(t, list, `UPDATE contacts SET city = 'Paris'`)
		run(t, main, `INSERT INTO blacklists (name) VALUES ('Mine')`)
		must(t, m.Prepare(ctx))
		run(t, program(t, m, ask(t, main, `SELECT file FROM blacklists`)), `INSERT INTO entries (value) VALUES ('a.example')`)
		must(t, main.Close())
		must(t, m.Rebuild(ctx))
		main = program(t, m, mainFile)
		run(t, main, `DELETE FROM blacklists`) // by the person, who knows
		applyPage(t, m, protocol.ChangePage{})
		want := "discarded list " + b.ID + " Edits that had not been sent were discarded, since access was removed: 3."
		if got := ask(t, main, `SELECT group_concat(what || ' ' || kind || ' ' || id || ' ' || message) FROM attention`); got != want {
			t.Errorf("attention: %s", got)
		}
		if got := ask(t, main, `SELECT count(*) FROM local_files`); got != "0" {
			t.Errorf("%s files are left", got)
		}
	})
}
