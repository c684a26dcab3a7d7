package clienttest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/library"
)

// history plays the writers of lists, blacklists and leads.
type history struct {
	w          *world
	rand       *rand.Rand
	list       uuid.UUID
	lists      []uuid.UUID
	blacklists []uuid.UUID
	campaign   uuid.UUID
	leads      []uuid.UUID
	done       []string
}

func newHistory(w *world, list uuid.UUID, seed uint64) *history {
	h := &history{w: w, rand: rand.New(rand.NewPCG(seed, 0)), list: list, lists: []uuid.UUID{list}}
	blacklist, err := w.Library.Create(w.anna.ctx, item.KindBlacklist, library.Patch{Name: ptr(fmt.Sprint("blacklist ", seed))})
	must(w.tb, err)
	h.blacklists = []uuid.UUID{blacklist}
	h.campaign = w.campaign(fmt.Sprint("campaign ", seed))
	return h
}

func (h *history) step() {
	w, anna := h.w, h.w.anna.ctx
	name := func() string { return fmt.Sprintf("%x", h.rand.Uint64()) }
	system := viewer.System(context.Background(), "a test picks rows")
	someContact := func() *ent.Contact {
		return w.Store.Client().Contact.Query().Where(contact.ListID(h.lists[h.rand.IntN(len(h.lists))])).Offset(h.rand.IntN(9)).Limit(1).FirstX(system)
	}
	someEntry := func() *ent.BlacklistEntry {
		e, _ := w.Store.Client().BlacklistEntry.Query().Where(blacklistentry.BlacklistIDIn(h.blacklists...)).Order(blacklistentry.ByID()).Offset(h.rand.IntN(3)).First(system)
		return e
	}
	did, err := "", error(nil)
	switch h.rand.IntN(13) {
	case 0:
		did = "imports contacts"
		_, err = w.Addressbook.Import(anna, h.list, strings.NewReader("email,city,Größe\nmark.000001@example.com,"+name()+",\n"+name()+"@example.com,Zürich 🙂,\"a\nb\"\n"), nil)
	case 1:
		did = "creates a contact"
		_, err = w.Addressbook.CreateContact(anna, h.list, addressbook.ContactPatch{Email: ptr(name() + "@Example.com"), Fields: map[string]string{"k\"": "v\\"}})
	case 2:
		did = "changes a contact"
		c := someContact()
		_, err = w.Addressbook.ChangeContact(anna, c.ID, c.Version, addressbook.ContactPatch{City: ptr(name()), State: ptr(contact.StateUnsubscribed)})
	case 3:
		did = "deletes a contact"
		err = w.Addressbook.DeleteContact(anna, someContact().ID)
	case 4:
		did = "imports entries"
		_, err = w.Addressbook.ImportEntries(anna, h.blacklists[0], strings.NewReader(name()+".example\n"+name()+"@example.com\n"), nil)
	case 5:
		did = "creates an entry"
		_, err = w.Addressbook.CreateEntry(anna, h.blacklists[0], name()+".example", addressbook.EntryPatch{Note: ptr("n")})
	case 6:
		did = "changes an entry"
		if e := someEntry(); e != nil {
			_, err = w.Addressbook.ChangeEntry(anna, e.ID, e.Version, addressbook.EntryPatch{Note: ptr(name())})
		}
	case 7:
		did = "deletes an entry"
		if e := someEntry(); e != nil {
			err = w.Addressbook.DeleteEntry(anna, e.ID)
		}
	case 8:
		did = "copies a list and a blacklist"
		var id uuid.UUID
		if id, err = w.Library.Duplicate(anna, h.list, nil); err == nil {
			h.lists = append(h.lists, id)
			_, err = w.Library.Duplicate(anna, h.blacklists[0], nil)
		}
	case 9:
		did = "deletes a list and restores it"
		if err = w.Library.Delete(anna, h.list); err == nil {
			err = w.Library.Restore(anna, h.list)
		}
	case 10:
		did = "receives a lead"
		h.leads = append(h.leads, w.receive(h.campaign, []uuid.UUID{uuid.Nil, w.chloe.collaborator}[h.rand.IntN(2)]))
	case 11:
		did = "moves leads"
		if len(h.leads) > 0 {
			err = w.Followup.Reassign(anna, h.leads[:1+h.rand.IntN(len(h.leads))], []uuid.UUID{uuid.Nil, w.chloe.collaborator, w.anna.collaborator}[h.rand.IntN(3)])
		}
	case 12:
		did = "takes a list away or gives it back"
		level := []access.Level{access.LevelNone, access.LevelView, access.LevelEdit}[h.rand.IntN(3)]
		err = w.Sharing.SetAccess(anna, h.lists[len(h.lists)-1], w.chloe.collaborator, level)
	}
	h.done = append(h.done, did)
	if err != nil {
		h.w.tb.Fatalf("%v: %v", h.done, err)
	}
}
