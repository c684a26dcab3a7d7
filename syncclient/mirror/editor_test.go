package mirror

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestEditor: what an Editor does not take it refuses in words, with nothing done.
func TestEditor(t *testing.T) {
	t.Parallel()
	t.Run("takes values of each kind", func(t *testing.T) {
		m, campaign, b, main, list := setupEdits(t)
		e := Edit(m.Dir())
		for _, fields := range []any{map[string]string{"x": "1"}, map[string]any{"x": "1"}, `{"x":"1"}`} {
			id, err := e.Create(t.Context(), protocol.KindContact, b.ID, map[string]any{"email": "a@example.com", "fields": fields, "city": nil})
			must(t, err)
			if got := ask(t, list, `SELECT fields || city FROM contacts WHERE id = ?`, id); got != `{"x":"1"}` {
				t.Errorf("of %T came %s", fields, got)
			}
			must(t, e.Change(t.Context(), protocol.KindContact, b.ID, id, map[string]any{"fields": nil, "city": protocol.Enum("Paris")}))
			if got := ask(t, list, `SELECT fields || city FROM contacts WHERE id = ?`, id); got != `{}Paris` {
				t.Errorf("changed into %s", got)
			}
		}
		for _, moment := range []any{4, int64(4), 4.0, "4"} {
			must(t, e.Change(t.Context(), protocol.KindCampaign, "", campaign, map[string]any{"archived_at": nil}))
			must(t, e.Change(t.Context(), protocol.KindCampaign, "", campaign, map[string]any{"archived_at": moment, "version": moment}))
			if got := ask(t, main, `SELECT archived_at > 0 FROM campaigns`); got != "1" {
				t.Errorf("%T: archived is %s", moment, got)
			}
		}
	})
	t.Run("refuses others", func(t *testing.T) {
		m, campaign, b, _, list := setupEdits(t)
		e, contact := Edit(m.Dir()), ask(t, list, `SELECT id FROM contacts LIMIT 1`)
		for _, values := range []map[string]any{
			{"city": 5}, {"city": true}, {"city": []byte("x")}, {"city": struct{}{}}, {"city": map[string]string{}},
			{"fields": 5}, {"fields": "x"}, {"fields": "null"}, {"fields": `{"a":null}`}, {"fields": map[string]any{"a": 1}}, {"fields": []string{"a"}},
			{"fields": func() {}}, {"version": 0.5, "city": "x"}, {"version": "x", "city": "x"}, {"none": "x"}, {"id": 5},
		} {
			err := e.Change(t.Context(), protocol.KindContact, b.ID, contact, values)
			if !errors.Is(err, ErrRefused) || strings.Contains(err.Error(), "sql") {
				t.Errorf("change to %v: %v", values, err)
			}
			values["email"] = "a@example.com"
			if _, err := e.Create(t.Context(), protocol.KindContact, b.ID, values); !errors.Is(err, ErrRefused) || strings.Contains(err.Error(), "sql") {
				t.Errorf("create of %v: %v", values, err)
			}
		}
		if err := e.Change(t.Context(), protocol.KindCampaign, "", campaign, map[string]any{"archived_at": "soon"}); !errors.Is(err, ErrRefused) {
			t.Error(err)
		}
		same(t, outgoing(t, m))
	})
	t.Run("says that a row is not there", func(t *testing.T) {
		m, _, b, _, _ := setupEdits(t)
		e := Edit(m.Dir())
		for _, err := range []error{
			e.Change(t.Context(), protocol.KindContact, b.ID, newID(), map[string]any{"city": "x"}), e.Delete(t.Context(), protocol.KindContact, b.ID, newID()),
		} {
			if !errors.Is(err, ErrGone) || !strings.Contains(err.Error(), "there is no such contact") {
				t.Error(err)
			}
		}
	})
	t.Run("does nothing in a mirror of another version", func(t *testing.T) {
		m, campaign, b, main, list := setupEdits(t)
		e := Edit(m.Dir())
		for _, at := range []struct {
			version int
			want    error
		}{{version + 1, ErrNewer}, {version - 1, ErrOlder}, {1, ErrOlder}} {
			run(t, main, fmt.Sprintf(`PRAGMA user_version = %d`, at.version))
			_, created := e.Create(t.Context(), protocol.KindTemplate, "", map[string]any{"name": "x"})
			_, undecided := e.Undecided(t.Context())
			_, attention := e.Attention(t.Context())
			_, found := Search(t.Context(), m.Dir(), Query{Text: "x"})
			for i, err := range []error{
				created, undecided, attention, found, e.Keep(t.Context(), b.ID), e.Drop(t.Context(), b.ID),
				e.Change(t.Context(), protocol.KindCampaign, "", campaign, map[string]any{"name": "x"}), e.Delete(t.Context(), protocol.KindCampaign, "", campaign),
				e.Correct(t.Context(), "x", nil), e.Decide(t.Context(), "x", Mine),
			} {
				if !errors.Is(err, at.want) {
					t.Errorf("version %d, %d: %v", at.version, i, err)
				}
			}
		}
		run(t, main, fmt.Sprintf(`PRAGMA user_version = %d`, version))
		run(t, list, fmt.Sprintf(`PRAGMA user_version = %d`, version+1))
		if _, err := e.Create(t.Context(), protocol.KindContact, b.ID, map[string]any{"email": "a@b.c"}); !errors.Is(err, ErrNewer) {
			t.Errorf("in a list of a greater version: %v", err)
		}
		if got := ask(t, main, `SELECT (SELECT count(*) FROM outbox) || (SELECT count(*) FROM choices)`); got != "00" {
			t.Errorf("written are %s", got)
		}
	})
}

// TestDecide: a decision that cannot be is refused at once, and a correction holds all that it says.
func TestDecide(t *testing.T) {
	t.Parallel()
	m, campaign, b, main, list := setupEdits(t)
	e := Edit(m.Dir())
	run(t, main, `UPDATE campaigns SET subject = 'x' WHERE id = ?`, campaign)
	run(t, main, `UPDATE contact_lists SET name = 'x'`)
	run(t, list, `UPDATE contacts SET city = 'x', fields = '{"keep":"1","clear":"2"}' WHERE email LIKE 'sentinel1-%'`)
	run(t, list, `UPDATE contacts SET city = 'x' WHERE email LIKE 'sentinel2-%'`)
	m.edited[b.ID] = b
	outgoing(t, m)
	answer(t, m, 1, protocol.Result{State: protocol.Refused, Message: "No."})
	answer(t, m, 2, protocol.Result{State: protocol.Merged, Version: 2, Conflicts: []string{"name"}})
	answer(t, m, 3, protocol.Result{State: protocol.Refused, Message: "No."})
	answer(t, m, 4, protocol.Result{State: protocol.Merged, Version: 2, Conflicts: []string{"city"}})
	all, err := e.Attention(t.Context())
	must(t, err)
	if len(all) != 4 {
		t.Fatalf("%+v", all)
	}
	for _, a := range all {
		can := []Resolution{Mine, Theirs}
		if a.What == "conflict" && a.Kind == protocol.KindContact {
			can = append(can, Both)
		}
		for _, r := range []Resolution{Mine, Theirs, Both, "maybe", ""} {
			err := e.Decide(t.Context(), a.Key, r)
			switch {
			case slices.Contains(can, r):
				must(t, err)
			case !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "a resolution is mine"):
				t.Errorf("%s %s, %q: %v", a.What, a.Kind, r, err)
			}
		}
	}
	refused := ask(t, main, `SELECT key FROM attention WHERE what = 'refused' AND kind = 'contact'`)
	for _, values := range []map[string]any{{"city": 5}, {"fields": "x"}, {"fields": "null"}, {"fields": map[string]any{"a": 1}}, {"version": 1}} {
		if err := e.Correct(t.Context(), refused, values); !errors.Is(err, ErrRefused) {
			t.Errorf("corrected to %v: %v", values, err)
		}
	}
	must(t, e.Correct(t.Context(), refused, map[string]any{"city": nil, "fields": map[string]string{"keep": "3"}}))
	must(t, e.Decide(t.Context(), refused, Mine))
	resolved(t, m)
	if got := ask(t, list, `SELECT city || fields FROM contacts WHERE email LIKE 'sentinel1-%'`); got != `{"keep":"3"}` {
		t.Errorf("the contact is %s", got)
	}
}
