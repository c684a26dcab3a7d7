package mirror

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestItemStates takes an item through all of its states, and holds each against the view.
func TestItemStates(t *testing.T) {
	t.Parallel()
	m, campaign, b, main, _ := setupEdits(t)
	state := func(id string) string {
		t.Helper()
		return ask(t, main, `SELECT group_concat(kind || ' ' || state) FROM item_states WHERE id = ?`, id)
	}
	is := func(id, want string) {
		t.Helper()
		if got := state(id); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	is(campaign, "campaign synced")
	is(b.ID, "list synced")
	run(t, main, `UPDATE campaigns SET subject = 'Mine' WHERE id = ?`, campaign)
	is(campaign, "campaign pending")
	outgoing(t, m)
	is(campaign, "campaign pending") // sealed
	item := campaignItem(campaign, "Spring", "edit", 5)
	item.Subject = "Theirs"
	applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{item}})
	answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 5, Conflicts: []string{"subject"}})
	confirmed(t, m)
	is(campaign, "campaign conflict")
	copied := ask(t, main, `SELECT copy FROM attention`)
	is(copied, "campaign local only")
	run(t, main, `UPDATE campaigns SET preheader = 'More' WHERE id = ?`, campaign)
	is(campaign, "campaign conflict") // before pending
	outgoing(t, m)
	answer(t, m, 2, protocol.Result{State: protocol.Refused, Code: protocol.BadInput, Message: "no"})
	is(campaign, "campaign conflict") // before refused
	run(t, main, `UPDATE attention SET resolution = 'theirs' WHERE what = 'conflict'`)
	resolved(t, m)
	is(campaign, "campaign refused")
	is(copied, "")
	run(t, main, `UPDATE campaigns SET preheader = 'Again' WHERE id = ?`, campaign)
	is(campaign, "campaign refused") // before pending
	run(t, main, `UPDATE attention SET resolution = 'theirs'`)
	resolved(t, m)
	is(campaign, "campaign pending")
	outgoing(t, m)
	answer(t, m, 3, protocol.Result{Version: 6})
	is(campaign, "campaign pending") // applied, and not back yet
	item.Version, item.Preheader = 6, "Again"
	applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{item}})
	confirmed(t, m)
	is(campaign, "campaign synced")
	run(t, main, `INSERT INTO templates (id, name) VALUES ('01900000-0000-7000-8000-00000000000a', 'New')`)
	is("01900000-0000-7000-8000-00000000000a", "template pending")
	run(t, main, `DELETE FROM campaigns WHERE id = ?`, campaign)
	is(campaign, "") // it is not among the items any more; states has it
	if got := ask(t, main, `SELECT state FROM states WHERE id = ?`, campaign); got != "pending" {
		t.Error(got)
	}
	if got := ask(t, main, `SELECT count(*) FROM item_states s FULL JOIN (SELECT id FROM campaigns UNION ALL SELECT id FROM templates UNION ALL
		SELECT id FROM contact_lists UNION ALL SELECT id FROM blacklists) i ON i.id = s.id WHERE s.id IS NULL OR i.id IS NULL`); got != "0" {
		t.Error("not every item has one state:", got)
	}
}

// TestRowStates holds the view in the file of a list, and the one that SCHEMA.md puts over it, against what becomes of rows.
func TestRowStates(t *testing.T) {
	t.Parallel()
	m, _, b, _, list := setupEdits(t)
	run(t, list, `UPDATE contacts SET city = 'X' WHERE email LIKE 'sentinel1-%'`)
	run(t, list, `INSERT INTO contacts (email) VALUES ('new@example.com')`)
	const own = `SELECT group_concat(email || ' ' || state, ', ') FROM (SELECT substr(c.email, 1, 9) AS email, s.state FROM contacts c JOIN row_states s ON s.id = c.id AND s.kind = 'contact' ORDER BY 1)`
	if got := ask(t, list, own); got != "new@examp pending, sentinel0 synced, sentinel1 pending, sentinel2 synced" {
		t.Error(got)
	}
	noticed(t, m)
	outgoing(t, m)
	answer(t, m, 1, protocol.Result{State: protocol.Refused, Code: protocol.BadInput, Message: "no"})
	run(t, list, `UPDATE contacts SET city = 'Y' WHERE email LIKE 'sentinel1-%'`)

	db, err := sql.Open("sqlite3", "file:"+filepath.Join(m.Dir(), mainFile)+"?mode=rw")
	must(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	run(t, db, `ATTACH ? AS list`, "file:"+filepath.Join(m.Dir(), fileOf(t, m, b))+"?mode=ro")
	for _, s := range statementsIn(t, "SCHEMA.md") {
		if s.where == "attached" {
			run(t, db, strings.TrimSpace(s.sql))
		}
	}
	const all = `SELECT group_concat(email || ' ' || state, ', ') FROM (SELECT substr(c.email, 1, 9) AS email, s.state FROM list.contacts c JOIN contact_states s ON s.id = c.id ORDER BY 1)`
	if got := ask(t, db, all); got != "new@examp pending, sentinel0 synced, sentinel1 refused, sentinel2 synced" {
		t.Error(got)
	}
	if got := ask(t, db, `SELECT state FROM contact_states WHERE id = (SELECT id FROM list.contacts WHERE email LIKE 'sentinel1-%')`); got != "refused" {
		t.Error(got)
	}
}
