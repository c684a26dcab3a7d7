package push_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/push"
)

// TestSuppression plays pushes of two people's desktops, whatever they claim to know, with imports and bounces in
// between. An address that once must not be mailed must not be mailed ever after: its contact in the list is there and
// is not subscribed, and its entry in the blacklist is there for another reason than that somebody put it there.
func TestSuppression(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		most := map[string]int{"sqlite3": 40, "postgres": 12}[h.Store.Dialect()]
		rapid.Check(t, func(rt *rapid.T) {
			s := newSuppressed(t, rt, h)
			for range rapid.IntRange(1, most).Draw(rt, "steps") {
				s.step()
				s.check()
			}
		})
	})
}

// suppressed is a list and a blacklist with what must not be mailed any more.
type suppressed struct {
	*rapid.T
	h               *house
	people          []context.Context
	replicas        []uuid.UUID
	last            []int64
	list, blacklist uuid.UUID
	// contacts and entries are all ids that were ever made up.
	contacts, entries []string
	// addresses and values are what must not be mailed.
	addresses, values map[string]bool
}

func newSuppressed(t *testing.T, rt *rapid.T, h *house) *suppressed {
	s := &suppressed{T: rt, h: h, addresses: map[string]bool{}, values: map[string]bool{}, last: make([]int64, 2)}
	for _, person := range []string{"olga", "carl"} {
		ctx, err := h.Identity.Authenticate(t.Context(), h.world.As(h.world.Person(person)).Token)
		if err != nil {
			t.Fatal(err)
		}
		s.people, s.replicas = append(s.people, ctx), append(s.replicas, uuid.New())
	}
	name, err := "list", error(nil)
	if s.list, err = h.Library.Create(s.people[0], item.KindContactList, library.Patch{Name: &name}); err != nil {
		t.Fatal(err)
	}
	if s.blacklist, err = h.Library.Create(s.people[0], item.KindBlacklist, library.Patch{Name: &name}); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *suppressed) address() string {
	return rapid.SampledFrom([]string{"a@example.com", "A@Example.com", "b@example.com", "c@example.com", " c@EXAMPLE.com"}).Draw(s.T, "address")
}

func (s *suppressed) step() {
	who := rapid.IntRange(0, 1).Draw(s.T, "who")
	ctx := s.people[who]
	switch rapid.IntRange(0, 9).Draw(s.T, "what") {
	case 0: // an import, also of the export of some other time
		file := "email,Partage state\n" + s.address() + "," + rapid.SampledFrom([]string{"", "subscribed", "bounced"}).Draw(s.T, "status") + "\n"
		if _, err := s.h.Addressbook.Import(ctx, s.list, strings.NewReader(file), nil); err != nil {
			s.Fatal(err)
		}
	case 1: // somebody unsubscribes
		id := s.one(&s.contacts)
		state := contact.StateUnsubscribed
		row, err := s.h.Addressbook.ChangeContact(ctx, uuid.MustParse(id), s.version("contacts", id), addressbook.ContactPatch{State: &state})
		_, _ = row, err // it may not be there
	case 2:
		reason := blacklistentry.ReasonBounced
		_, err := s.h.Addressbook.CreateEntry(ctx, s.blacklist, s.address(), addressbook.EntryPatch{Reason: &reason})
		_ = err // it may be there
	case 3:
		s.push(who, s.entry())
	default:
		s.push(who, s.contact())
	}
}

// one returns an id that was made up before, or another one.
func (s *suppressed) one(ids *[]string) string {
	if len(*ids) == 0 || rapid.IntRange(0, 3).Draw(s.T, "new") == 0 {
		*ids = append(*ids, newID())
		return (*ids)[len(*ids)-1]
	}
	return (*ids)[rapid.IntRange(0, len(*ids)-1).Draw(s.T, "id")]
}

func (s *suppressed) version(table, id string) (v int64) {
	fmt.Sscan(s.h.value(`SELECT version FROM `+table+` WHERE id = ?`, id), &v)
	return v
}

// claim is what a mutation says it knows: the newest, what was long ago, or what never was.
func (s *suppressed) claim(m body, table, id string) body {
	m["base"] = rapid.SampledFrom([]int64{1, 2, s.version(table, id), 99}).Draw(s.T, "base")
	if rapid.Bool().Draw(s.T, "claims all") {
		m["mine"] = []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	}
	return m
}

func (s *suppressed) contact() body {
	id := s.one(&s.contacts)
	fields := body{}
	s.some(fields, "city", "x", "y", "")
	s.some(fields, "state", "subscribed", "subscribed", "unsubscribed", "complained")
	op := rapid.SampledFrom([]string{"create", "change", "delete"}).Draw(s.T, "op")
	if op == "create" || op == "change" && rapid.Bool().Draw(s.T, "moves") {
		fields["email"] = s.address()
	}
	if op == "delete" {
		fields = nil
	}
	return s.claim(body{"op": op, "kind": "contact", "id": id, "item": s.list.String(), "fields": fields}, "contacts", id)
}

// some gives a field one of some values, or leaves it.
func (s *suppressed) some(fields body, name string, values ...string) {
	if rapid.Bool().Draw(s.T, "sets "+name) {
		fields[name] = rapid.SampledFrom(values).Draw(s.T, name)
	}
}

func (s *suppressed) entry() body {
	id := s.one(&s.entries)
	fields := body{}
	s.some(fields, "note", "x", "")
	s.some(fields, "reason", "manual", "manual", "bounced")
	op := rapid.SampledFrom([]string{"create", "change", "delete"}).Draw(s.T, "op")
	if op == "create" {
		fields["value"] = s.address()
	}
	if op == "delete" {
		fields = nil
	}
	if op == "delete" && rapid.IntRange(0, 3).Draw(s.T, "all") == 0 {
		return s.claim(body{"op": op, "kind": "blacklist", "id": s.blacklist.String()}, "items", s.blacklist.String())
	}
	return s.claim(body{"op": op, "kind": "entry", "id": id, "item": s.blacklist.String(), "fields": fields}, "blacklist_entries", id)
}

func (s *suppressed) push(who int, m body) {
	text, _ := json.Marshal(m)
	content := body{}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if err := d.Decode(&content); err != nil {
		s.Fatal(err)
	}
	s.last[who]++
	a, err := s.h.Push.Push(s.people[who], push.Request{Replica: s.replicas[who], Mutations: []push.Mutation{
		{Number: s.last[who], Key: uuid.MustParse(newID()), Content: content},
	}})
	if err != nil || len(a.Results) != 1 {
		s.Fatalf("%s is answered %+v %v", text, a, err)
	}
	got, _ := json.Marshal(a.Results[0])
	s.Logf("%s: %s", text, got)
}

// check looks at all that is stored.
func (s *suppressed) check() {
	rows, err := s.h.Store.Client().QueryContext(s.people[0], `SELECT 'contact', email_key, state FROM contacts WHERE list_id = '`+s.list.String()+`'
		UNION ALL SELECT 'entry', value_key, reason FROM blacklist_entries JOIN items ON items.id = blacklist_id AND deleted_at = 0
		WHERE blacklist_id = '`+s.blacklist.String()+`'`)
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	contacts, entries := map[string]string{}, map[string]string{}
	for rows.Next() {
		var kind, key, state string
		if err := rows.Scan(&kind, &key, &state); err != nil {
			s.Fatal(err)
		}
		if kind == "contact" {
			contacts[key] = state
			s.addresses[key] = s.addresses[key] || state != "subscribed"
		} else {
			entries[key] = state
			s.values[key] = s.values[key] || state != "manual"
		}
	}
	for key, must := range s.addresses {
		if state := contacts[key]; must && slices.Contains([]string{"", "subscribed"}, state) {
			s.Fatalf("%s was not to be mailed and is %q", key, state)
		}
	}
	for key, must := range s.values {
		if reason := entries[key]; must && slices.Contains([]string{"", "manual"}, reason) {
			s.Fatalf("%s was on the blacklist and is there as %q", key, reason)
		}
	}
}
