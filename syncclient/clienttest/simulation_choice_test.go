package clienttest

import (
	"errors"
	"slices"
	"strings"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// choose has a desktop not keep a list, or keep it again.
func (s *simulation) choose(d *simulatedDesk) {
	s.t.Helper()
	var lists []*marked
	for _, m := range s.marks {
		if m.kind == item.KindContactList && d.value("main.db", "SELECT count(*) FROM server_contact_lists WHERE id = ?", m.id.String()) == "1" {
			lists = append(lists, m)
		}
	}
	if len(lists) == 0 {
		return
	}
	m, e := lists[s.rng.IntN(len(lists))], mirror.Edit(d.follower.Folder())
	if slices.Contains(d.notKept(), m.id.String()) {
		s.t.Logf("desk %d is to keep %s", d.n, m.mark)
		s.must(e.Keep(s.t.Context(), m.id.String()))
		return
	}
	err := e.Drop(s.t.Context(), m.id.String())
	s.t.Logf("desk %d is not to keep %s: %v", d.n, m.mark, err)
	if !errors.Is(err, mirror.ErrUnsent) && !errors.Is(err, mirror.ErrUndecided) {
		s.must(err)
	}
}

// keepAll has a desktop keep everything.
func (s *simulation) keepAll(d *simulatedDesk) {
	s.t.Helper()
	for _, id := range d.notKept() {
		s.must(mirror.Edit(d.follower.Folder()).Keep(s.t.Context(), id))
	}
}

// notKept returns the lists that a desktop is not to keep.
func (d *desk) notKept() []string {
	d.tb.Helper()
	return strings.Fields(d.value("main.db", "SELECT coalesce(group_concat(id, ' '), '') FROM contact_lists WHERE kept = 0"))
}

// without is what a mirror holds of what is served, where some lists are not kept.
func without(served, notKept []string) []string {
	var left []string
	for _, line := range served {
		parts := strings.Split(line, " | ")
		if len(parts) > 1 && slices.Contains(notKept, parts[1]) {
			if parts[0] == "contacts" {
				continue
			}
			line = strings.TrimSuffix(line, " | 1") + " | 0" // not complete
		}
		left = append(left, line)
	}
	slices.Sort(left)
	return left
}
