package clienttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// written is a text that a person wrote into a desktop's mirror.
type written struct {
	value    string
	desk     *simulatedDesk
	item     *marked
	row      string // the row and field it was written into
	saw      string // what stood there
	arrived  bool   // it was seen on the server, in the life that it has now
	backedUp bool
	over     bool // the same person wrote over it, at the same desktop
	lost     bool // with an older copy of the desktop's files
	taken    bool // the item was taken from the person since, and with it all that the desktop knew of the text
}

// wrote notes a text; what was written there before, and deleting the row, is over with it.
func (s *simulation) wrote(d *simulatedDesk, m *marked, row, value string) {
	s.t.Logf("desk %d writes %q into %s of %s", d.n, value, row, m.mark)
	for _, text := range s.texts {
		if text.desk == d && (text.row == row || value == "" && strings.HasPrefix(text.row, row)) {
			text.over = true
		}
	}
	if value == "" {
		s.deleted = append(s.deleted, row)
		return
	}
	s.texts = append(s.texts, &written{value: value, desk: d, item: m, row: row})
}

// overwrites writes a text into a field of a row, as somebody who sees what stands there.
func (s *simulation) overwrites(d *simulatedDesk, m *marked, kind protocol.Kind, file, view, id, field string) {
	s.t.Helper()
	item, value := "", s.token(m)
	if kind == protocol.KindContact {
		item = m.id.String()
	}
	saw := d.value(file, fmt.Sprintf("SELECT %s FROM %s WHERE id = ?", field, view), id)
	s.must(mirror.Edit(d.follower.Folder()).Change(s.t.Context(), kind, item, id, map[string]any{field: value}))
	s.wrote(d, m, id+"/"+field, value)
	s.texts[len(s.texts)-1].saw = saw
}

// replaced reports whether another text that has arrived was written over one, by somebody who saw it, or its row was deleted
// by somebody, which wins: it is not among those that are left.
func (s *simulation) replaced(text *written, left string) bool {
	row, _, _ := strings.Cut(text.row, "/")
	return slices.Contains(s.deleted, row) && !strings.Contains(left, row) || slices.ContainsFunc(s.texts, func(by *written) bool {
		return by.row == text.row && by.saw == text.value && (by.arrived || s.replaced(by, left))
	})
}

// edit writes into a desktop's mirror as a program does, connected or not.
func (s *simulation) edit(d *simulatedDesk) {
	s.t.Helper()
	var there []*marked
	for _, m := range s.marks {
		if d.value("main.db", fmt.Sprintf("SELECT my_level FROM %s WHERE id = ?", viewOf(m)), m.id.String()) == "edit" {
			there = append(there, m)
		}
	}
	if len(there) == 0 {
		return
	}
	m := there[s.rng.IntN(len(there))]
	if m.kind == item.KindTemplate {
		s.overwrites(d, m, protocol.KindTemplate, "main.db", "templates", m.id.String(), "subject")
		return
	}
	n := s.rng.IntN(6)
	if n == 0 {
		s.overwrites(d, m, protocol.KindList, "main.db", "contact_lists", m.id.String(), "description")
		return
	}
	s.editContact(d, m, n)
}

func (s *simulation) editContact(d *simulatedDesk, m *marked, n int) {
	s.t.Helper()
	ctx, e := s.t.Context(), mirror.Edit(d.follower.Folder())
	file := d.fileOf(m.id)
	if file == "NULL" {
		return
	}
	count := 0
	if _, err := fmt.Sscan(d.value(file, "SELECT count(*) FROM contacts"), &count); err != nil {
		s.t.Fatal(err)
	}
	if count == 0 || n == 1 {
		value := s.token(m)
		address := fmt.Sprintf("%s.%d@example.com", strings.ToLower(m.mark), s.rng.IntN(12)) // somebody may have it already
		id, err := e.Create(ctx, protocol.KindContact, m.id.String(), map[string]any{"email": address, "city": value})
		s.must(err)
		s.wrote(d, m, id+"/city", value)
		return
	}
	id := d.value(file, "SELECT id FROM contacts ORDER BY email, id LIMIT 1 OFFSET ?", s.rng.IntN(count))
	switch n {
	case 2:
		s.must(e.Delete(ctx, protocol.KindContact, m.id.String(), id))
		s.wrote(d, m, id, "")
	case 3:
		state := []contact.State{contact.StateUnsubscribed, contact.StateSubscribed}[s.rng.IntN(2)]
		s.must(e.Change(ctx, protocol.KindContact, m.id.String(), id, map[string]any{"state": string(state)}))
	default:
		s.overwrites(d, m, protocol.KindContact, file, "contacts", id, []string{"city", "company"}[s.rng.IntN(2)])
	}
}

func viewOf(m *marked) string {
	if m.kind == item.KindTemplate {
		return "templates"
	}
	return "contact_lists"
}

// write changes something at the server, as somebody who is connected.
func (s *simulation) write() {
	m := s.marks[s.rng.IntN(len(s.marks))]
	if m.kind == item.KindTemplate {
		it, err := s.Store.Client().Item.Get(s.anna.ctx, m.id)
		if err != nil {
			return // gone in a restore
		}
		_, err = s.Library.Change(s.anna.ctx, m.kind, m.id, it.Version, library.Patch{Subject: ptr(s.token(m))})
		s.must(err)
		return
	}
	if s.rng.IntN(3) == 0 {
		s.imports(m)
		return
	}
	all, err := s.Store.Client().Contact.Query().Where(contact.ListID(m.id)).Order(contact.ByEmail()).All(viewer.System(s.t.Context(), "a test chooses a row"))
	s.must(err)
	if len(all) == 0 {
		return
	}
	row := all[s.rng.IntN(len(all))]
	if s.rng.IntN(4) == 0 {
		s.must(s.Addressbook.DeleteContact(s.anna.ctx, row.ID))
		return
	}
	_, err = s.Addressbook.ChangeContact(s.anna.ctx, row.ID, row.Version, addressbook.ContactPatch{City: ptr(s.token(m))})
	s.must(err)
}

func (s *simulation) imports(m *marked) {
	text := "email,city\n"
	for range 1 + s.rng.IntN(5) {
		text += fmt.Sprintf("%s.%d@example.com,%s\n", strings.ToLower(m.mark), s.rng.IntN(12), s.token(m))
	}
	_, err := s.Addressbook.Import(s.anna.ctx, m.id, strings.NewReader(text), nil)
	if !fault.Is(err, fault.NotFound) {
		s.must(err)
	}
}

// share changes what Chloé sees.
func (s *simulation) share() {
	m := s.marks[s.rng.IntN(len(s.marks))]
	var err error
	switch s.rng.IntN(5) {
	case 0:
		err = s.Sharing.SetAudience(s.anna.ctx, m.id, item.AudienceRestricted)
	case 1:
		err = s.Sharing.SetAudience(s.anna.ctx, m.id, item.AudienceEveryone)
	case 2:
		err = s.Sharing.ClearAccess(s.anna.ctx, m.id, s.chloe.collaborator)
	default:
		level := []access.Level{access.LevelNone, access.LevelView, access.LevelEdit}[s.rng.IntN(3)]
		err = s.Sharing.SetAccess(s.anna.ctx, m.id, s.chloe.collaborator, level)
	}
	if !fault.Is(err, fault.NotFound) { // gone in a restore
		s.must(err)
	}
}

// sees reports whether a person sees an item now.
func (s *simulation) sees(p person, id uuid.UUID) bool {
	_, err := s.Store.Client().Item.Get(p.ctx, id)
	return err == nil
}

// remember notes what everybody sees now, and what has arrived on the server.
func (s *simulation) remember() {
	for _, p := range s.people {
		for _, m := range s.marks {
			m.ever[p.email] = m.ever[p.email] || s.sees(p, m.id)
		}
	}
	all := strings.Join(s.served(s.anna), "\n")
	for _, text := range s.texts {
		text.arrived = text.arrived || strings.Contains(all, text.value)
		text.taken = text.taken || !s.sees(text.desk.owner, text.item.id)
	}
}

// check holds a mirror that is up to date against the server, and looks for what must not be there: in its files, and in
// all that came over its wire.
func (s *simulation) check(d *simulatedDesk) {
	s.t.Helper()
	own := d.value("main.db", "SELECT group_concat(id, ' ') FROM states WHERE state = 'local only'")
	mirrored := slices.DeleteFunc(mirrored(s.t, d.follower.Folder()), func(line string) bool {
		parts := strings.Split(line, " | ")
		return len(parts) > 1 && strings.Contains(own, parts[1])
	})
	if served := without(s.served(d.owner), d.notKept()); !slices.Equal(served, mirrored) {
		only := func(a, b []string) []string {
			return slices.DeleteFunc(slices.Clone(a), func(line string) bool { return slices.Contains(b, line) })
		}
		s.t.Fatalf("desk %d is up to date and not what %s sees: only served\n%s\nonly mirrored\n%s", d.n, d.owner.email,
			strings.Join(only(served, mirrored), "\n"), strings.Join(only(mirrored, served), "\n"))
	}
	var unseen []string
	for _, m := range s.marks {
		if !s.sees(d.owner, m.id) {
			unseen = append(unseen, m.mark, strings.ToLower(m.mark))
		}
		if !m.ever[d.owner.email] && (d.wire.hears(m.mark) || d.wire.hears(m.id.String())) {
			s.t.Fatalf("desk %d was told of %s, which %s never could see", d.n, m.mark, d.owner.email)
		}
	}
	if found := servertest.Scan(s.t, d.follower.Folder(), unseen...); len(found) > 0 {
		s.t.Fatalf("desk %d has what %s may not see: %v", d.n, d.owner.email, found)
	}
}

// explained reports whether a person was told why a text is not on the server: it needs their eye, or its item went.
func (s *simulation) explained(text *written) bool {
	s.t.Helper()
	if !s.sees(text.desk.owner, text.item.id) {
		return true
	}
	e := mirror.Edit(text.desk.follower.Folder())
	all, err := e.Attention(context.Background())
	if errors.Is(err, mirror.ErrNone) {
		return false
	}
	s.must(err)
	gone := text.desk.value("main.db", "SELECT group_concat(id, ' ') FROM departed")
	return strings.Contains(gone, text.item.id.String()) || slices.ContainsFunc(all, func(a mirror.Attention) bool {
		return strings.Contains(string(a.Mine), text.value) || a.What == "discarded" && a.Item == text.item.id.String()
	})
}
