package mirror

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestSaw: an edit is sent with what the person saw, as it was when they first wrote over it.
func TestSaw(t *testing.T) {
	t.Parallel()
	saw := func(t *testing.T, m *Mirror) (all []string) {
		t.Helper()
		push, err := m.Outgoing(context.Background(), protocol.MutationsPerPush)
		must(t, err)
		for _, one := range push.Mutations {
			all = append(all, fmt.Sprintf("%d %s %s", one.Number, one.Op, one.Seen))
		}
		return all
	}
	const at = `"changed_at":1700000000000001`
	s := protocol.Seen
	t.Run("of rows", func(t *testing.T) {
		m, _, b, _, list := setupEdits(t)
		m.edited[b.ID] = b
		run(t, list, `UPDATE contacts SET city = 'Paris', fields = json_set(fields, '$.x', 'y') WHERE email LIKE 'sentinel0-%'`)
		run(t, list, `UPDATE server_contacts SET city = 'theirs', company = 'news', changed_at = 1800000000000000`) // a page has come
		run(t, list, `UPDATE contacts SET city = 'Nice', company = 'C' WHERE city = 'Paris'`)
		run(t, list, `DELETE FROM contacts WHERE email LIKE 'sentinel1-%'; INSERT INTO contacts (email) VALUES ('new@example.com')`)
		want := []string{
			`1 change {` + at + `,"city":"` + s("City") + `","company":"` + s("news") + `","fields.x":"` + s("") + `"}`,
			`2 delete {"changed_at":1800000000000000}`, `3 create `,
		}
		got := saw(t, m)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("of items, and of what they name", func(t *testing.T) {
		m, campaign, b, main, _ := setupEdits(t)
		run(t, main, `UPDATE server_campaigns SET changed_at = 3`)
		run(t, main, `UPDATE campaigns SET subject = 'one', archived_at = 5`)
		run(t, main, `UPDATE campaigns SET subject = 'two', preheader = 'p'`)
		run(t, main, `INSERT INTO campaign_lists VALUES (?, ?)`, campaign, b.ID)
		first := `1 change {"changed_at":3,"lists":"` + s("") + `","preheader":"` + s("") + `","subject":"` + s("Subject") + `"}`
		if diff := cmp.Diff([]string{first}, saw(t, m)); diff != "" {
			t.Error(diff)
		}
		answer(t, m, 1, protocol.Result{Version: 5})
		run(t, main, `UPDATE server_campaigns SET version = 5, changed_at = 7`) // it has come, and is hidden still
		run(t, main, `UPDATE campaigns SET subject = 'three'`)
		run(t, main, `DELETE FROM campaign_lists`)
		second := `2 change {"changed_at":3,"lists":"` + s(b.ID) + `","subject":"` + s("two") + `"}`
		if diff := cmp.Diff([]string{second}, saw(t, m)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("of sets, in order", func(t *testing.T) {
		m, campaign, b, main, _ := setupEdits(t)
		run(t, main, `UPDATE server_campaigns SET changed_at = 3`)
		run(t, main, `INSERT INTO campaign_lists VALUES (?, ?)`, campaign, b.ID)
		if diff := cmp.Diff([]string{`1 change {"changed_at":3,"lists":"` + s("") + `"}`}, saw(t, m)); diff != "" {
			t.Error(diff)
		}
		if got := digested([]byte(`{"lists":["b","a"],"archived":true,"changed_at":2}`)); got != `{"changed_at":2,"lists":"`+s("a,b")+`"}` {
			t.Error(got)
		}
	})
	t.Run("of a body and its format together", func(t *testing.T) {
		m, _, _, main, _ := setupEdits(t)
		run(t, main, `UPDATE server_campaigns SET changed_at = 3, format = 'mjml', body = 'old'`)
		run(t, main, `UPDATE campaigns SET body = 'new'`)
		if diff := cmp.Diff([]string{`1 change {"body":"` + s("old") + `","changed_at":3,"format":"` + s("mjml") + `"}`}, saw(t, m)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("says nothing where it is not known", func(t *testing.T) {
		m, campaign, _, main, _ := setupEdits(t)
		run(t, main, `UPDATE server_campaigns SET changed_at = 3`)
		decided := `INSERT INTO edit (op, kind, id, fields, base) VALUES ('change', 'campaign', ?, '{"subject":"mine"}', 1)`
		run(t, main, decided, campaign) // as a decision writes it
		run(t, main, `UPDATE campaigns SET subject = 'again', preheader = 'p'`)
		if diff := cmp.Diff([]string{`1 change `}, saw(t, m)); diff != "" {
			t.Errorf("it grew into that: %s", diff)
		}
		run(t, main, `UPDATE campaigns SET subject = 'third'`) // over what is on its way
		answer(t, m, 1, protocol.Result{Version: 5})
		if diff := cmp.Diff([]string{`2 change `}, saw(t, m)); diff != "" {
			t.Errorf("it is over that: %s", diff)
		}
	})
	t.Run("leaves no copy of what was seen once it is sent, and nothing of what was taken away", func(t *testing.T) {
		m, _, b, main, list := setupEdits(t)
		m.edited[b.ID] = b
		run(t, list, `UPDATE contacts SET city = 'Paris' WHERE email LIKE 'sentinel0-%'`)
		saw(t, m)
		if got := ask(t, list, `SELECT seen FROM outbox`); got != `{`+at+`,"city":"`+s("City")+`"}` {
			t.Error(got)
		}
		if got := ask(t, main, `SELECT seen FROM sent`); got != `{`+at+`,"city":"`+s("City")+`"}` {
			t.Error(got)
		}
		applyPage(t, m, protocol.ChangePage{Removals: []protocol.ID{b.Global()}})
		if got := ask(t, main, `SELECT seen FROM sent`); got != "{}" {
			t.Error(got)
		}
	})
}
