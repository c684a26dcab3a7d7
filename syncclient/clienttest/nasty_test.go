package clienttest

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient"
)

// TestNasty plays the worst that has happened to others' sync engines, and what a simulation of this one's protocol
// found, over the real server and the real client. NASTY.md has a line for each case: which test holds it, and what was
// broken to see that test fail.
func TestNasty(t *testing.T) {
	for _, group := range groups() {
		for _, c := range group {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				storetest.EachConfig(t, func(t *testing.T, database store.Config) {
					t.Parallel()
					c.play(&trial{world: populate(t, servertest.Start(t, database)), t: t, database: database})
				})
			})
		}
	}
}

// groups are the cases by what they threaten.
func groups() [][]nasty {
	return [][]nasty{missedRows(), leftRows(), restores(), resyncs(), writes(), surroundings(), scale()}
}

// nasty is a case; its name begins with its number.
type nasty struct {
	name string
	play func(*trial)
}

// trial is a case on one database.
type trial struct {
	*world
	t        *testing.T
	database store.Config
	taps     []*tap
	n        int
}

func (x *trial) must(err error) {
	x.t.Helper()
	must(x.t, err)
}

// tapped is a desk of a person whose exchanges a test can take into its hands.
func (x *trial) tapped(p person) (*desk, *tap) {
	x.t.Helper()
	wire := newTap(x.t, x.URL)
	x.taps = append(x.taps, wire)
	return x.deskVia(p, x.t.TempDir(), wire.url), wire
}

// alike syncs a desk and fails unless it has exactly what the person sees, and always knew what it has.
func (x *trial) alike(p person, d *desk) {
	x.t.Helper()
	d.sync()
	x.same(p, d)
	d.agrees()
}

// clean fails where a text is left in the files of a desk, once nothing of it is in use.
func (x *trial) clean(d *desk, texts ...string) {
	x.t.Helper()
	if found := servertest.Scan(x.t, d.follower.Folder(), texts...); len(found) > 0 {
		x.t.Fatalf("left: %v", found)
	}
}

// made makes an item of Anna's, for everyone.
func (x *trial) made(kind item.Kind, name string) uuid.UUID {
	x.t.Helper()
	id, err := x.Library.Create(x.anna.ctx, kind, library.Patch{Name: &name})
	x.must(err)
	return id
}

// renamed changes an item as Anna.
func (x *trial) renamed(kind item.Kind, id uuid.UUID, name string) {
	x.t.Helper()
	it, err := x.Store.Client().Item.Get(x.anna.ctx, id)
	x.must(err)
	_, err = x.Library.Change(x.anna.ctx, kind, id, it.Version, library.Patch{Name: &name})
	x.must(err)
}

// contacts are the ids of a list's contacts by address.
func (x *trial) contacts(list uuid.UUID) []uuid.UUID {
	x.t.Helper()
	all, err := x.Store.Client().Contact.Query().Where(contact.ListID(list)).Order(contact.ByEmail()).IDs(viewer.System(x.t.Context(), "a test chooses rows"))
	x.must(err)
	return all
}

// moved changes the city of a contact as Anna.
func (x *trial) moved(id uuid.UUID, city string) {
	x.t.Helper()
	row, err := x.Store.Client().Contact.Get(viewer.System(x.t.Context(), "a test changes a row"), id)
	x.must(err)
	_, err = x.Addressbook.ChangeContact(x.anna.ctx, id, row.Version, addressbook.ContactPatch{City: &city})
	x.must(err)
}

// added adds a contact as Anna.
func (x *trial) added(list uuid.UUID, email string) uuid.UUID {
	x.t.Helper()
	id, err := x.Addressbook.CreateContact(x.anna.ctx, list, addressbook.ContactPatch{Email: &email})
	x.must(err)
	return id
}

// count is how many events of a desk a function knows.
func (d *desk) count(known func(syncclient.Event) bool) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, e := range d.events {
		if known(e) {
			n++
		}
	}
	return n
}

func isWalk(e syncclient.Event) bool {
	_, ok := e.(syncclient.WalkStarted)
	return ok
}

// reasons are why walks of a desk have begun, each once.
func (d *desk) reasons() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, e := range d.events {
		if walk, ok := e.(syncclient.WalkStarted); ok && !slices.Contains(all, walk.Reason) {
			all = append(all, walk.Reason)
		}
	}
	return all
}
