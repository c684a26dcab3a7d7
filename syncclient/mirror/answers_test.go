package mirror

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestAnswered: what the server does not take is kept for the person's eye.
func TestAnswered(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	one := func(t *testing.T, m *Mirror) Attention {
		t.Helper()
		all, err := Edit(m.Dir()).Attention(ctx)
		must(t, err)
		if len(all) != 1 {
			t.Fatalf("%+v", all)
		}
		return all[0]
	}
	decide := func(t *testing.T, m *Mirror, key string, r Resolution) {
		t.Helper()
		must(t, Edit(m.Dir()).Decide(ctx, key, r))
		if due, err := m.Edited(ctx); err != nil || !due {
			t.Fatal("the decision is not noticed", due, err)
		}
		resolved(t, m)
	}
	t.Run("keeps what was refused", func(t *testing.T) {
		m, _, b, _, list := setupEdits(t)
		run(t, list, `UPDATE contacts SET city = 'Paris' WHERE email LIKE 'sentinel0-%'`)
		m.edited[b.ID] = b
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Refused, Code: protocol.Forbidden, Message: "You may only look."})
		if got := ask(t, list, `SELECT city || (SELECT count(*) FROM outbox) FROM contacts WHERE email LIKE 'sentinel0-%'`); got != "City0" {
			t.Errorf("%s", got)
		}
		a := one(t, m)
		if a.What != "refused" || a.Code != "FORBIDDEN" || a.Message != "You may only look." || string(a.Mine) != `{"city":"Paris"}` || string(a.Theirs) != `{"city":"City"}` {
			t.Errorf("%+v", a)
		}
		decide(t, m, a.Key, Mine)
		same(t, outgoing(t, m), `2 change contact base 1 mine [] {"city":"Paris"}`)
	})
	t.Run("tells into which row a new one went", func(t *testing.T) {
		m, _, b, main, list := setupEdits(t)
		into, made := ask(t, list, `SELECT id FROM contacts LIMIT 1`), newID()
		run(t, list, `INSERT INTO contacts (id, email) VALUES (?, 'there@example.com')`, made)
		m.edited[b.ID] = b
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Merged, Into: into})
		if got := ask(t, main, `SELECT kind || ' ' || went_into FROM went WHERE id = ? AND item = ? AND at > 0`, made, b.ID); got != "contact "+into {
			t.Errorf("told is %q", got)
		}
	})
	t.Run("keeps the other value of a contact, to be decided", func(t *testing.T) {
		for resolution, want := range map[Resolution]string{
			Mine: `{"city":"Paris","fields":{"x":"2"}}`, Theirs: "", Both: `{"fields":{"city (Anna Petit`,
		} {
			m, _, b, _, list := setupEdits(t)
			run(t, list, `UPDATE contacts SET city = 'Paris', company = 'New', fields = json_set(fields, '$.x', '2') WHERE email LIKE 'sentinel0-%'`)
			m.edited[b.ID] = b
			outgoing(t, m)
			answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 3, Conflicts: []string{"city", "fields.x"}})
			a := one(t, m)
			if a.What != "conflict" || string(a.Mine) != `{"city":"Paris","fields":{"x":"2"}}` {
				t.Fatalf("%+v", a)
			}
			decide(t, m, a.Key, resolution)
			got := outgoing(t, m)
			if want == "" && len(got) != 0 || want != "" && (len(got) != 1 || !strings.Contains(got[0], want)) {
				t.Errorf("%s: %v", resolution, got)
			}
		}
	})
	t.Run("puts a copy of an item beside it", func(t *testing.T) {
		for _, resolution := range []Resolution{Mine, Theirs, Both} {
			m, campaign, b, main, _ := setupEdits(t)
			run(t, main, `INSERT INTO campaign_lists VALUES (?, ?)`, campaign, b.ID)
			run(t, main, `UPDATE campaigns SET body = 'mine'`)
			outgoing(t, m)
			answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 6, Conflicts: []string{"body"}})
			a := one(t, m)
			var mine map[string]string
			must(t, json.Unmarshal(a.Mine, &mine))
			if a.Copy == "" || mine["body"] != "mine" {
				t.Fatalf("%+v", a)
			}
			copied := ask(t, main, `SELECT name || '|' || body || '|' || audience || '|' || subject FROM campaigns WHERE id = ?`, a.Copy)
			if want := "Spring (conflict, Anna Petit, " + m.now().Format("2006-01-02") + ")|mine|restricted|Subject"; copied != want {
				t.Errorf("%s, want %s", copied, want)
			}
			if got := ask(t, main, `SELECT list FROM campaign_lists WHERE campaign = ?`, a.Copy); got != b.ID {
				t.Errorf("its list is %q", got)
			}
			if got := ask(t, main, `SELECT state FROM states WHERE id = ?`, a.Copy); got != "local only" {
				t.Errorf("state %s", got)
			}
			same(t, outgoing(t, m))
			decide(t, m, a.Key, resolution)
			got := outgoing(t, m)
			there := ask(t, main, `SELECT count(*) FROM campaigns WHERE id = ?`, a.Copy)
			switch {
			case resolution == Mine && (len(got) != 1 || !strings.Contains(got[0], `{"body":"mine"}`) || there != "0"),
				resolution == Theirs && (len(got) != 0 || there != "0"),
				resolution == Both && (len(got) != 1 || !strings.Contains(got[0], "create campaign") || there != "1"):
				t.Errorf("%s: %v, %s copies", resolution, got, there)
			}
		}
	})
	t.Run("keeps both of values time and again, whatever is there already", func(t *testing.T) {
		m, _, b, _, list := setupEdits(t)
		run(t, m.main, `UPDATE server_collaborators SET first_name = ?, last_name = ?`, strings.Repeat("É", 100), strings.Repeat("Ü", 100))
		kept := 0
		for i, value := range []string{"one", "two"} {
			run(t, list, `UPDATE contacts SET city = ?1, fields = json_set(fields, '$.city', ?2) WHERE email LIKE 'sentinel0-%'`, value, "further "+value)
			m.edited[b.ID] = b
			number := int64(2*i + 1)
			outgoing(t, m)
			answer(t, m, number, protocol.Result{State: protocol.Merged, Version: int64(i + 2), Conflicts: []string{"city", "fields.city"}})
			decide(t, m, one(t, m).Key, Both)
			outgoing(t, m)
			answer(t, m, number+1, protocol.Result{Version: int64(i + 3)})
			kept += 2
			if got := ask(t, list, `SELECT count(*) FROM contacts, json_each(fields) WHERE email LIKE 'sentinel0-%' AND key LIKE '%É%'`); got != fmt.Sprint(kept) {
				t.Fatalf("%s of %d values are there: %s", got, kept, ask(t, list, `SELECT fields FROM contacts WHERE email LIKE 'sentinel0-%'`))
			}
		}
	})
	t.Run("keeps both once, where a process was killed before it took the line away", func(t *testing.T) {
		again := func(t *testing.T, m *Mirror) {
			t.Helper()
			run(t, m.main, `CREATE TABLE before AS SELECT * FROM attention`)
			must(t, Edit(m.Dir()).Decide(ctx, one(t, m).Key, Both))
			resolved(t, m)
			run(t, m.main, `INSERT INTO attention SELECT * FROM before; UPDATE attention SET resolution = 'both'`)
			resolved(t, m)
			if got := ask(t, m.main, `SELECT count(*) FROM attention`); got != "0" {
				t.Errorf("%s lines are left", got)
			}
		}
		m, _, b, _, list := setupEdits(t)
		run(t, list, `UPDATE contacts SET city = 'Paris', company = 'New' WHERE email LIKE 'sentinel0-%'`)
		m.edited[b.ID] = b
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 3, Conflicts: []string{"city", "company"}})
		again(t, m)
		if got := ask(t, list, `SELECT group_concat(substr(key, 1, 9) || value) FROM contacts, json_each(fields) WHERE key LIKE '%Anna%'`); got != "city (AnnParis,company (New" {
			t.Errorf("further fields %s", got)
		}
		id := newID()
		m, leads, _ := setupLeads(t, id)
		file := leadsFile(t, m, leads)
		run(t, file, `UPDATE leads SET phone = '1', email = 'a@example.com'`)
		m.edited[leads.ID] = leads
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 3, Conflicts: []string{"phone", "email"}})
		again(t, m)
		day := " " + m.now().Format("2006-01-02")
		if got, want := ask(t, file, `SELECT notes FROM leads`), day+", email: a@example.com\n"+day+", phone: 1"; got != want {
			t.Errorf("notes %q, want %q", got, want)
		}
	})
	t.Run("copies an item whatever its author is called", func(t *testing.T) {
		m, _, _, main, _ := setupEdits(t)
		run(t, m.main, `UPDATE server_collaborators SET first_name = ?, last_name = ?`, strings.Repeat("É", 100), strings.Repeat("Ü", 100))
		run(t, main, `UPDATE campaigns SET name = ?, body = 'mine'`, strings.Repeat("n", 200))
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 6, Conflicts: []string{"body"}})
		if got := ask(t, main, `SELECT length(name) FROM campaigns WHERE id = ?`, one(t, m).Copy); got != "200" {
			t.Errorf("its name has %s characters", got)
		}
	})
	t.Run("lets a person correct what was refused", func(t *testing.T) {
		m, _, _, main, _ := setupEdits(t)
		run(t, main, `INSERT INTO contact_lists (name) VALUES ('Taken')`)
		must(t, m.Prepare(ctx))
		db := program(t, m, ask(t, main, `SELECT file FROM contact_lists WHERE name = 'Taken'`))
		run(t, db, `INSERT INTO contacts (email) VALUES ('a@example.com'), ('b@example.com')`)
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Refused, Code: protocol.BadInput, Field: "name", Message: "No."})
		a := one(t, m)
		if !strings.Contains(a.Message, "2 rows") {
			t.Errorf("told: %s", a.Message)
		}
		must(t, m.Prepare(ctx))
		must(t, Edit(m.Dir()).Correct(ctx, a.Key, map[string]any{"name": "Free"}))
		if err := Edit(m.Dir()).Correct(ctx, a.Key, map[string]any{"version": "9"}); !errors.Is(err, ErrRefused) {
			t.Error(err)
		}
		decide(t, m, a.Key, Mine)
		same(t, outgoing(t, m), `2 create list base 0 mine [] {"name":"Free"}`)
		if got := ask(t, db, `SELECT count(*) FROM contacts`); got != "2" {
			t.Errorf("%s rows are left", got)
		}
	})
	t.Run("lets a person correct what is no text", func(t *testing.T) {
		m, campaign, _, main, list := setupEdits(t)
		run(t, main, `UPDATE campaigns SET archived_at = 5 WHERE id = ?`, campaign)
		run(t, list, `UPDATE contacts SET fields = '{"x":"y"}' WHERE email LIKE 'sentinel1-%'`)
		if due, err := m.Edited(ctx); err != nil || !due {
			t.Fatal(due, err)
		}
		sent := outgoing(t, m)
		for i := range sent {
			answer(t, m, int64(i+1), protocol.Result{State: protocol.Refused, Code: protocol.BadInput, Message: "No."})
		}
		for kind, values := range map[protocol.Kind]map[string]any{
			protocol.KindCampaign: {"archived_at": nil}, protocol.KindContact: {"fields": `{"x":"z"}`},
		} {
			must(t, Edit(m.Dir()).Correct(ctx, ask(t, main, `SELECT key FROM attention WHERE kind = ?`, kind), values))
		}
		if err := Edit(m.Dir()).Correct(ctx, ask(t, main, `SELECT key FROM attention WHERE kind = 'contact'`), map[string]any{"fields": "z"}); !errors.Is(err, ErrRefused) {
			t.Error(err)
		}
		if got := ask(t, main, `SELECT group_concat(fields, ' ') FROM (SELECT fields FROM attention ORDER BY kind)`); got != `{"archived":false} {"fields":{"note":"","x":"z"}}` {
			t.Errorf("to be sent: %s", got)
		}
	})
	t.Run("says why what a program made of an edit cannot be sent", func(t *testing.T) {
		m, campaign, _, main, list := setupEdits(t)
		run(t, main, `UPDATE campaigns SET subject = 'x' WHERE id = ?`, campaign)
		run(t, list, `UPDATE contacts SET city = 'x' WHERE email LIKE 'sentinel1-%'`)
		if due, err := m.Edited(ctx); err != nil || !due {
			t.Fatal(due, err)
		}
		for i := range outgoing(t, m) {
			answer(t, m, int64(i+1), protocol.Result{State: protocol.Refused, Code: protocol.BadInput, Message: "No."})
		}
		for _, fields := range []string{"no json", "", "[1,2]"} {
			run(t, main, `UPDATE attention SET fields = ?, resolution = 'mine', failure = ''`, fields)
			resolved(t, m)
			if got := ask(t, main, `SELECT count(*) FROM attention WHERE resolution IS NULL AND failure <> ''`); got != "2" {
				t.Errorf("with %q, %s lines say why", fields, got)
			}
		}
	})
	t.Run("erases all of it with its item, but for which it was", func(t *testing.T) {
		m, campaign, b, main, list := setupEdits(t)
		run(t, main, `UPDATE campaigns SET body = 'secret-one'`)
		run(t, list, `UPDATE contacts SET city = 'secret-two'; INSERT INTO contacts (email) VALUES ('secret-three@example.com')`)
		m.edited[b.ID] = b
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 6, Conflicts: []string{"body"}})
		answer(t, m, 2, protocol.Result{State: protocol.Refused, Code: protocol.NotFound})
		run(t, main, `UPDATE campaigns SET subject = 'secret-four' WHERE id = ?`, campaign)
		applyPage(t, m, protocol.ChangePage{Removals: []protocol.ID{protocol.Global(protocol.KindCampaign, campaign), b.Global()}})
		must(t, main.Close())
		must(t, list.Close())
		mustSettle(t, m)
		if found := scan(t, m.Dir(), []string{"secret-", "sentinel", "Spring"}); len(found) > 0 {
			t.Fatal(found)
		}
		again := program(t, m, mainFile)
		if got := ask(t, again, `SELECT group_concat(kind || edits, ' ') FROM (SELECT * FROM departed ORDER BY kind)`); got != "campaign1 list3" {
			t.Errorf("departed: %s", got)
		}
		if got := ask(t, again, `SELECT group_concat(what || kind, ' ') FROM (SELECT * FROM attention ORDER BY kind)`); got != "discardedcampaign discardedlist" {
			t.Errorf("attention: %s", got)
		}
		// Their numbers are sent all the same, without content.
		for _, line := range outgoing(t, m) {
			if !strings.HasSuffix(line, "{}") {
				t.Error(line)
			}
		}
	})
}
