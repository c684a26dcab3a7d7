package clienttest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
)

func ptr[T any](v T) *T { return &v }

// TestRealInput mirrors the real customers, newsletters and blacklist, byte for byte.
func TestRealInput(t *testing.T) {
	customers, err := os.ReadFile(real(t, "contacts", "customers-10000.csv"))
	must(t, err)
	domains, err := os.ReadFile(real(t, "blacklists", "disposable-domains.txt"))
	must(t, err)
	mails, err := filepath.Glob(filepath.Join(real(t, "templates"), "*", "*ml"))
	must(t, err)
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("Customers", string(customers))
		blacklist, err := w.Library.Create(w.anna.ctx, item.KindBlacklist, library.Patch{Name: ptr("Disposable")})
		must(t, err)
		_, err = w.Addressbook.ImportEntries(w.anna.ctx, blacklist, bytes.NewReader(domains), nil)
		must(t, err)
		for _, path := range mails {
			body, err := os.ReadFile(path)
			must(t, err)
			format := campaign.FormatHTML
			if strings.HasSuffix(path, ".mjml") {
				format = campaign.FormatMjml
			}
			name := filepath.Base(path)
			_, err = w.Library.Create(w.anna.ctx, item.KindTemplate, library.Patch{Name: &name, Body: ptr(string(body)), Format: &format})
			must(t, err)
			_, err = w.Library.Create(w.anna.ctx, item.KindCampaign, library.Patch{
				Name: &name, Subject: &name, Body: ptr(string(body)), Format: &format, Lists: &[]uuid.UUID{list}, Blacklists: &[]uuid.UUID{blacklist},
			})
			must(t, err)
		}
		for _, p := range []person{w.anna, w.chloe} {
			d := w.desk(p)
			d.sync()
			w.same(p, d)
		}
	})
}

// TestChanges mirrors every sort of change, at once and one by one.
func TestChanges(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list, other := w.list("one", rows("alpha", 300)), w.list("two", rows("beta", 5))
		blacklist, err := w.Library.Create(w.anna.ctx, item.KindBlacklist, library.Patch{Name: ptr("Never")})
		must(t, err)
		mailing, err := w.Library.Create(w.anna.ctx, item.KindCampaign, library.Patch{Name: ptr("Spring"), Lists: &[]uuid.UUID{list, other}})
		must(t, err)
		each, late := w.desk(w.chloe), w.desk(w.chloe)
		each.sync()
		late.sync()
		w.same(w.chloe, each)

		contact, err := w.Addressbook.CreateContact(w.anna.ctx, list, addressbook.ContactPatch{Email: ptr("new@example.com"), FirstName: ptr("Zoë 🙂 \"quoted\"\n\\")})
		must(t, err)
		entry, err := w.Addressbook.CreateEntry(w.anna.ctx, blacklist, "spam.example", addressbook.EntryPatch{Note: ptr("seen twice")})
		must(t, err)
		for _, change := range []func() error{
			func() error {
				_, err := w.Addressbook.ChangeContact(w.anna.ctx, contact, 1, addressbook.ContactPatch{City: ptr("Évry")})
				return err
			},
			func() error {
				_, err := w.Addressbook.ChangeEntry(w.anna.ctx, entry, 1, addressbook.EntryPatch{Note: ptr("thrice")})
				return err
			},
			func() error {
				_, err := w.Library.Change(w.anna.ctx, item.KindContactList, other, 1, library.Patch{Name: ptr("2")})
				return err
			},
			func() error { return w.Library.Archive(w.anna.ctx, mailing) },
			func() error { return w.Sharing.SetAccess(w.anna.ctx, list, w.chloe.collaborator, access.LevelNone) },
			func() error { return w.Sharing.SetAudience(w.anna.ctx, mailing, item.AudienceRestricted) },
			func() error { return w.Sharing.ClearAccess(w.anna.ctx, list, w.chloe.collaborator) },
			func() error { return w.Sharing.SetAudience(w.anna.ctx, mailing, item.AudienceEveryone) },
			func() error { return w.Addressbook.DeleteContact(w.anna.ctx, contact) },
			func() error { return w.Addressbook.DeleteEntry(w.anna.ctx, entry) },
			func() error { return w.Library.Delete(w.anna.ctx, other) },
			func() error { return w.Library.Restore(w.anna.ctx, other) },
			func() error { return w.Library.Delete(w.anna.ctx, blacklist) },
			func() error { _, err := w.Library.Duplicate(w.anna.ctx, list, nil); return err },
		} {
			must(t, change())
			each.sync()
			w.same(w.chloe, each)
			each.agrees()
		}
		late.sync()
		w.same(w.chloe, late)
		must(t, each.follower.Close())
		each.open()
		each.sync()
		w.same(w.chloe, each)
	})
}

// TestRevocation leaves no byte of what was taken away.
func TestRevocation(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		secret := w.list("SENTINELlist", rows("SENTINEL", 3000))
		w.list("kept", rows("kept", 100))
		mail, err := w.Library.Create(w.anna.ctx, item.KindCampaign, library.Patch{
			Name: ptr("SENTINELcampaign"), Body: ptr(strings.Repeat("SENTINEL body ", 5000)), Lists: &[]uuid.UUID{secret},
		})
		must(t, err)
		d := w.desk(w.chloe)
		d.sync()
		w.same(w.chloe, d)
		if len(servertest.Scan(t, d.follower.Folder(), "SENTINEL")) == 0 {
			t.Fatal("the scan finds nothing at all")
		}
		must(t, w.Sharing.SetAccess(w.anna.ctx, secret, w.chloe.collaborator, access.LevelNone))
		must(t, w.Sharing.SetAudience(w.anna.ctx, mail, item.AudienceRestricted))
		d.sync()
		w.same(w.chloe, d)
		if found := servertest.Scan(t, d.follower.Folder(), "SENTINEL"); len(found) > 0 {
			t.Fatalf("left in %v", found)
		}
	})
}
