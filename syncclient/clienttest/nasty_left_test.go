package clienttest

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/team"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// leftRows are cases in which something stays that is not there, or not for this person, any more.
func leftRows() []nasty {
	return []nasty{
		{"N9 what was there is changed and removed before it is fetched", changedAndRemoved},
		{"N10 an item goes in and out of sight within one transaction", toggled},
		{"N11 an item is revoked, then edited, and a page is cut between", revokedThenEdited},
		{"N12 a page of rows arrives after its list was revoked", latePage},
		{"N13 a person is removed while their syncs fail", removedPerson},
		{"N14 a list is deleted and made again under its name between two pages", sameName},
		{"N15 the record of a revocation is forgotten before an offline desktop reads it", forgottenRevocation},
		{"N16 a deletion is refused, a row is made and deleted at once", deletions},
		{"N17 everything is fetched again at the same versions", sameVersions},
	}
}

func changedAndRemoved(x *trial) {
	list := x.list("guests", rows("one", 10))
	mail := x.made(item.KindTemplate, "mail")
	d, wire := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	for _, cut := range []int{0, 1} {
		wire.cutting(cut)
		gone := x.contacts(list)[0]
		x.moved(gone, "Lyon")
		x.must(x.Addressbook.DeleteContact(x.anna.ctx, gone))
		x.renamed(item.KindTemplate, mail, "changed")
		x.must(x.Library.Delete(x.anna.ctx, mail))
		x.alike(x.chloe, d)
		x.must(x.Library.Restore(x.anna.ctx, mail))
		x.renamed(item.KindTemplate, mail, "back")
	}
}

// toggled has commands join one transaction.
func toggled(x *trial) {
	list := x.list("guests", rows("SENTINEL", 10))
	hidden := x.list("hidden", rows("NEVER", 3))
	x.must(x.Sharing.SetAudience(x.anna.ctx, hidden, item.AudienceRestricted))
	d, wire := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	see := func(ctx context.Context, id uuid.UUID, level access.Level) error {
		return x.Sharing.SetAccess(ctx, id, x.chloe.collaborator, level)
	}
	everyone := func(ctx context.Context, id uuid.UUID, yes bool) error {
		return x.Sharing.SetAudience(ctx, id, map[bool]item.Audience{true: item.AudienceEveryone, false: item.AudienceRestricted}[yes])
	}
	add := func(ctx context.Context, id uuid.UUID, email string) error {
		_, err := x.Addressbook.CreateContact(ctx, id, addressbook.ContactPatch{Email: &email})
		return err
	}
	together := func(commands ...func(ctx context.Context) error) {
		x.t.Helper()
		x.must(x.Feed.Write(x.anna.ctx, x.account, func(ctx context.Context, tx *feed.Tx) error {
			for _, command := range commands {
				if err := command(feed.Joining(ctx, tx)); err != nil {
					return err
				}
			}
			return nil
		}))
		x.alike(x.chloe, d)
	}
	for _, cut := range []int{0, 1} {
		wire.cutting(cut)
		together( // visible, invisible, visible
			func(ctx context.Context) error { return everyone(ctx, list, false) },
			func(ctx context.Context) error { return add(ctx, list, "within-"+string(rune('a'+cut))+"@example.com") },
			func(ctx context.Context) error { return everyone(ctx, list, true) })
		together( // the other way round
			func(ctx context.Context) error { return see(ctx, hidden, access.LevelView) },
			func(ctx context.Context) error {
				return add(ctx, hidden, "never-"+string(rune('a'+cut))+"@example.com")
			},
			func(ctx context.Context) error { return see(ctx, hidden, access.LevelNone) })
	}
	if wire.hears(hidden.String()) || wire.hears("never-") {
		x.t.Error("she was told of what she never saw")
	}
	together( // a row comes and its list goes
		func(ctx context.Context) error { return add(ctx, list, "SENTINEL-late@example.com") },
		func(ctx context.Context) error { return everyone(ctx, list, false) })
	x.clean(d, "SENTINEL")
}

// revokedThenEdited cuts pages at every place between the revocation and the edit.
func revokedThenEdited(x *trial) {
	d, wire := x.tapped(x.chloe)
	wire.cutting(1)
	for _, kind := range []item.Kind{item.KindTemplate, item.KindContactList} {
		secret := x.made(kind, "SENTINEL")
		if kind == item.KindContactList {
			x.added(secret, "SENTINEL@example.com")
		}
		x.alike(x.chloe, d)
		x.made(item.KindTemplate, "before")
		x.must(x.Sharing.SetAccess(x.anna.ctx, secret, x.chloe.collaborator, access.LevelNone))
		x.made(item.KindTemplate, "between")
		pages := 0
		wire.after(func(r *recorded, _ int) {
			if pages++; pages == 1 {
				x.renamed(kind, secret, "SENTINEL edited")
				x.made(item.KindTemplate, "after")
			}
		})
		d.sync()
		wire.taking(nil)
		x.alike(x.chloe, d)
		x.clean(d, "SENTINEL")
	}
}

// latePage: the list goes when the server has answered, and the answer is still on its way; likewise what was asked for
// ahead, and what is asked for after that.
func latePage(x *trial) {
	for _, at := range []int{1, 2, 3} {
		secret := x.list("SENTINEL", rows("SENTINEL", 12))
		x.list("kept", rows("kept", 12))
		d, wire := x.tapped(x.chloe)
		wire.cutting(3)
		pages := 0
		wire.after(func(r *recorded, _ int) {
			if !strings.HasPrefix(r.path, "/sync/rows/"+string(protocol.Global(protocol.KindList, secret.String()))) {
				return
			}
			if pages++; pages == at {
				x.must(x.Sharing.SetAccess(x.anna.ctx, secret, x.chloe.collaborator, access.LevelNone))
			}
		})
		d.sync()
		if pages < at {
			x.t.Fatalf("%d pages of the list were asked for", pages)
		}
		wire.taking(nil)
		x.alike(x.chloe, d)
		x.clean(d, "SENTINEL")
		x.must(x.Library.Delete(x.anna.ctx, secret))
	}
}

// removedPerson: what is not asked for successfully does not keep what was taken away, and who has left loses all.
func removedPerson(x *trial) {
	secret := x.list("SENTINEL", rows("SENTINEL", 20))
	other := x.list("other", rows("other", 20))
	d, wire := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	d.write(d.fileOf(other), `UPDATE contacts SET city = 'unsent' WHERE email LIKE 'other.000001%'`)
	wire.taking(func(r *recorded) (*reply, bool) {
		if r.rows() || r.push() {
			return page(500, "text/html", "<html>broken</html>"), true
		}
		return nil, false
	})
	x.must(x.Sharing.SetAccess(x.anna.ctx, secret, x.chloe.collaborator, access.LevelNone))
	if err := d.follower.Sync(x.t.Context()); err == nil {
		x.t.Error("edits could not be sent and nothing was said")
	}
	x.clean(d, "SENTINEL")

	wire.taking(nil)
	_, err := x.Team.Remove(x.anna.ctx, []uuid.UUID{x.chloe.collaborator}, team.Leads{})
	x.must(err)
	if err := d.follower.Sync(x.t.Context()); !errors.Is(err, syncclient.ErrSignedOut) {
		x.t.Fatalf("who was removed is told %v", err)
	}
	folder := d.follower.Folder()
	x.must(d.follower.Close())
	if _, _, err := d.client.Renew(x.t.Context(), d.login, d.account); !errors.Is(err, syncclient.ErrNoAccount) {
		x.t.Errorf("who was removed may renew: %v", err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		x.t.Errorf("the copy is still there: %v", err)
	}
}

func sameName(x *trial) {
	old := x.list("A", rows("SENTINEL", 8))
	for i := range 5 {
		x.made(item.KindTemplate, string(rune('a'+i)))
	}
	d, wire := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	x.renamed(item.KindContactList, old, "B")
	x.renamed(item.KindContactList, old, "A")
	x.made(item.KindTemplate, "more")
	wire.cutting(1)
	done := false
	wire.after(func(*recorded, int) {
		if !done {
			done = true
			x.must(x.Library.Delete(x.anna.ctx, old))
			x.list("A", rows("new", 3))
		}
	})
	d.sync()
	wire.taking(nil)
	x.alike(x.chloe, d)
	x.clean(d, "SENTINEL")
	if got := d.value("main.db", `SELECT group_concat(row_count) FROM contact_lists WHERE name = 'A'`); got != "3" {
		x.t.Errorf("the lists of that name have %s rows", got)
	}
}

// forgotten has the server forget all that it keeps for desktops that were away.
func (x *trial) forgotten() {
	x.t.Helper()
	later := instant.Now().Add(1 << 40)
	x.must(x.Feed.Forget(x.anna.ctx, x.account, later, later))
}

func forgottenRevocation(x *trial) {
	secret := x.list("SENTINEL", rows("SENTINEL", 20))
	kept := x.list("kept", rows("kept", 20))
	mail := x.made(item.KindTemplate, "SENTINEL mail")
	d, _ := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	x.must(x.Sharing.SetAccess(x.anna.ctx, secret, x.chloe.collaborator, access.LevelNone))
	x.must(x.Library.Delete(x.anna.ctx, mail))
	x.must(x.Addressbook.DeleteContact(x.anna.ctx, x.contacts(kept)[3]))
	x.forgotten()
	x.forgotten()
	x.alike(x.chloe, d)
	x.clean(d, "SENTINEL", "kept.000003")
}

func deletions(x *trial) {
	list := x.list("guests", rows("one", 10))
	x.must(x.Sharing.SetAccess(x.anna.ctx, list, x.chloe.collaborator, access.LevelEdit))
	campaign := x.campaign("Spring")
	gone := contact.StateUnsubscribed
	_, err := x.Addressbook.ChangeContact(x.anna.ctx, x.contacts(list)[0], 1, addressbook.ContactPatch{State: &gone})
	x.must(err)
	d, wire := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	file := d.fileOf(list)

	d.write(file, `DELETE FROM contacts WHERE email LIKE 'one.000000%'`) // unsubscribed: it needs the server at hand
	d.write("main.db", `DELETE FROM campaigns`)                          // others have changed it
	_, err = x.Library.Change(x.anna.ctx, item.KindCampaign, campaign, 1, library.Patch{Subject: ptr("changed")})
	x.must(err)
	if got := d.value(file, `SELECT count(*) FROM contacts`) + d.value("main.db", `SELECT count(*) FROM campaigns`); got != "90" {
		x.t.Errorf("before it is sent, %s are there", got)
	}
	x.alike(x.chloe, d)
	if got := d.attention(); len(got) != 2 || got[0].What != "refused" || got[1].What != "refused" {
		x.t.Errorf("she is told %+v", got)
	}

	wire.heard()
	d.write(file, `INSERT INTO contacts (email) VALUES ('short@example.com')`)
	d.write(file, `DELETE FROM contacts WHERE email = 'short@example.com'`)
	x.alike(x.chloe, d)
	for _, asked := range wire.heard() {
		if strings.HasPrefix(asked, "/sync/push") {
			x.t.Errorf("what was made and deleted at once was sent: %s", asked)
		}
	}

	// Made and deleted in one batch of the server's, and in two of the desktop's.
	x.must(x.Addressbook.DeleteContact(x.anna.ctx, x.added(list, "there@example.com")))
	d.write(file, `INSERT INTO contacts (email) VALUES ('sent@example.com')`)
	pushed := false
	wire.after(func(r *recorded, _ int) {
		if r.push() && !pushed {
			pushed = true
			d.write(file, `DELETE FROM contacts WHERE email = 'sent@example.com'`)
		}
	})
	x.alike(x.chloe, d)
	wire.taking(nil)
	x.alike(x.chloe, d)
	if got := d.value(file, `SELECT group_concat(email) FROM contacts WHERE email IN ('there@example.com', 'sent@example.com')`); got != "NULL" {
		x.t.Errorf("%s is back", got)
	}
}

// sameVersions expires every cursor while nothing has changed: the copy stays what it is, and no row is there twice.
func sameVersions(x *trial) {
	x.list("guests", rows("one", 50))
	x.campaign("Spring")
	for _, cut := range []int{0, 7} {
		d, wire := x.tapped(x.chloe)
		x.alike(x.chloe, d)
		before := strings.Join(mirrored(x.t, d.follower.Folder()), "\n")
		wire.cutting(cut)
		_, err := x.Store.Client().ExecContext(context.Background(), "UPDATE accounts SET epoch = epoch + 1")
		x.must(err)
		x.alike(x.chloe, d)
		if strings.Join(mirrored(x.t, d.follower.Folder()), "\n") != before {
			x.t.Error("the copy is another")
		}
		if d.count(isWalk) != 2 {
			x.t.Errorf("%d walks, want one of the workspace and one of the list", d.count(isWalk))
		}
	}
}
