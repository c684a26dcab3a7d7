package changes_test

import (
	"context"
	"crypto/rand"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// bundle is a server's parts around one database.
type bundle struct {
	store   *store.Store
	feed    *feed.Feed
	sharing *sharing.Sharing
	changes *changes.Changes
	sealer  *seal.Sealer
	// pageBytes is how many bytes of bodies a page holds.
	pageBytes int
}

func setup(t testing.TB, s *store.Store) *bundle {
	t.Helper()
	if _, bench := t.(*testing.B); !bench {
		feedtest.Guard(t, s)
	}
	key := make([]byte, seal.KeySize)
	_, _ = rand.Read(key)
	sealer, err := seal.New(key)
	if err != nil {
		t.Fatal(err)
	}
	f := feed.New(s, fanout.New())
	return &bundle{s, f, sharing.New(f), changes.New(sealer), sealer, changes.MaxBytes}
}

// limitBytes makes pages small.
func (b *bundle) limitBytes(n int) {
	b.changes.LimitBytes(n)
	b.pageBytes = n
}

// fataler is a test or one run of a property.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// account is one account of a test, with its model beside it.
type account struct {
	*bundle
	t     fataler
	id    uuid.UUID
	model *world
}

func system() context.Context { return viewer.System(context.Background(), "a test sets up its rows") }

// newAccount makes an account with an owner and n other people.
func (b *bundle) newAccount(t fataler, n int) *account {
	t.Helper()
	a := &account{b, t, uuid.Must(uuid.NewV7()), &world{}}
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		if err := tx.Tx.Account.Create().SetID(a.id).SetName("Test").Exec(ctx); err != nil {
			return err
		}
		tx.SettingsChanged()
		a.model.people = nil
		for i := range n + 1 {
			address := uuid.NewString() + "@example.com"
			u, err := tx.User.Create().SetEmail(address).SetEmailKey(address).SetPasswordHash("-").
				SetFirstName("P").SetLastName("Q").Save(ctx)
			if err != nil {
				return err
			}
			role := collaborator.RoleMember
			if i == 0 {
				role = collaborator.RoleOwner
			}
			c, err := tx.Collaborator.Create().SetAccountID(a.id).SetUserID(u.ID).SetEmail(address).
				SetFirstName("P").SetLastName("Q").SetRole(role).Save(ctx)
			if err != nil {
				return err
			}
			tx.PersonChanged(c.ID)
			a.model.people = append(a.model.people, &person{id: c.ID, owner: i == 0, ever: make(map[uuid.UUID]bool)})
		}
		return nil
	})
	return a
}

// write runs a transaction that sees everything.
func (a *account) write(fn func(ctx context.Context, tx *feed.Tx) error) {
	a.t.Helper()
	if err := a.feed.Write(system(), a.id, fn); err != nil {
		a.t.Fatalf("writing: %v", err)
	}
}

// as returns a context with a person's eyes as they are now.
func (a *account) as(p *person) context.Context {
	a.t.Helper()
	c, err := a.store.Client().Collaborator.Get(system(), p.id)
	if err != nil {
		a.t.Fatalf("reading a person: %v", err)
	}
	acc, err := a.store.Client().Account.Get(system(), a.id)
	if err != nil {
		a.t.Fatalf("reading the account: %v", err)
	}
	v := &sharing.Viewer{Account: a.id, Collaborator: c.ID, User: c.UserID, Role: c.Role, Sight: c.Sight}
	v.Limit(acc.MemberLeads, acc.LeadsEpoch)
	return sharing.NewContext(context.Background(), v)
}

func (a *account) owner() *person { return a.model.people[0] }

func (a *account) create(kind item.Kind, creator *person, everyone bool) *thing {
	a.t.Helper()
	th := &thing{
		id: uuid.Must(uuid.NewV7()), kind: kind, creator: creator.id, everyone: everyone, version: 1,
		edges: make(map[uuid.UUID]string), rows: make(map[uuid.UUID]int64), targets: make(map[uuid.UUID]bool),
		leads: make(map[uuid.UUID]*lead),
	}
	audience := item.AudienceRestricted
	if everyone {
		audience = item.AudienceEveryone
	}
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		err := tx.Item.Create().SetID(th.id).SetAccountID(a.id).SetKind(kind).SetName("secret-" + th.id.String()).
			SetNameKey("x").SetAudience(audience).SetCreatorID(creator.id).Exec(ctx)
		if err != nil {
			return err
		}
		tx.Changed(th.id)
		tx.Appeared(th.id)
		switch kind {
		case item.KindCampaign:
			return tx.Campaign.Create().SetID(th.id).SetAccountID(a.id).SetBody("body of " + th.id.String()).Exec(ctx)
		case item.KindTemplate:
			return tx.Template.Create().SetID(th.id).SetAccountID(a.id).Exec(ctx)
		case item.KindContactList:
			return tx.ContactList.Create().SetID(th.id).SetAccountID(a.id).Exec(ctx)
		default:
			return tx.Blacklist.Create().SetID(th.id).SetAccountID(a.id).Exec(ctx)
		}
	})
	a.model.items = append(a.model.items, th)
	return th
}

func (a *account) edit(th *thing) {
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		tx.Changed(th.id)
		return tx.Item.UpdateOneID(th.id).AddVersion(1).Exec(ctx)
	})
	th.version++
}

func (a *account) setAudience(th *thing, everyone bool) {
	audience := item.AudienceRestricted
	if everyone {
		audience = item.AudienceEveryone
	}
	a.must(a.sharing.SetAudience(a.as(a.owner()), th.id, audience))
	th.everyone = everyone
}

func (a *account) setAccess(th *thing, p *person, level string) {
	a.must(a.sharing.SetAccess(a.as(a.owner()), th.id, p.id, access.Level(level)))
	th.edges[p.id] = level
}

func (a *account) clearAccess(th *thing, p *person) {
	a.must(a.sharing.ClearAccess(a.as(a.owner()), th.id, p.id))
	delete(th.edges, p.id)
}

// setDead deletes or restores a thing.
func (a *account) setDead(th *thing, dead bool) { a.setAllDead([]*thing{th}, dead) }

// setAllDead deletes or restores things in one transaction.
func (a *account) setAllDead(all []*thing, dead bool) {
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		at := instant.Instant(0)
		if dead {
			at = instant.Now()
		}
		for _, th := range all {
			it, err := tx.Item.UpdateOneID(th.id).SetDeletedAt(at).Save(ctx)
			if err != nil {
				return err
			}
			tx.Changed(th.id)
			if dead {
				tx.Sighted(th.id, it.Audience)
			} else {
				tx.Appeared(th.id)
			}
		}
		return nil
	})
	for _, th := range all {
		th.dead = dead
	}
}

func (a *account) setOwner(p *person, owner bool) {
	role := collaborator.RoleMember
	if owner {
		role = collaborator.RoleOwner
	}
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		tx.PersonChanged(p.id)
		return tx.Collaborator.UpdateOneID(p.id).SetRole(role).AddSight(1).Exec(ctx)
	})
	p.owner = owner
}

// changePerson gives a person another name.
func (a *account) changePerson(p *person) {
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		tx.PersonChanged(p.id)
		return tx.Collaborator.UpdateOneID(p.id).SetFirstName("R").AddVersion(1).Exec(ctx)
	})
}

// point makes a campaign point at a list or blacklist, or no longer.
func (a *account) point(campaign, target *thing, at bool) {
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		tx.Changed(campaign.id)
		u := tx.Campaign.UpdateOneID(campaign.id)
		switch list := target.kind == item.KindContactList; {
		case list && at:
			u.AddListIDs(target.id)
		case list:
			u.RemoveListIDs(target.id)
		case at:
			u.AddBlacklistIDs(target.id)
		default:
			u.RemoveBlacklistIDs(target.id)
		}
		return u.Exec(ctx)
	})
	if at {
		campaign.targets[target.id] = true
	} else {
		delete(campaign.targets, target.id)
	}
}

// addRows adds n contacts to a list in one transaction.
func (a *account) addRows(list *thing, n int) {
	var ids []uuid.UUID
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		ids = nil
		rows, err := tx.Rows(ctx, list.id)
		if err != nil {
			return err
		}
		builders := make([]*ent.ContactCreate, n)
		for i := range builders {
			id := uuid.Must(uuid.NewV7())
			ids = append(ids, id)
			address := id.String() + "@example.com"
			builders[i] = tx.Contact.Create().SetID(id).SetAccountID(a.id).SetListID(list.id).
				SetEmail(address).SetEmailKey(address).SetRowSeq(rows.Seq)
		}
		rows.Added(n)
		if err := tx.Contact.CreateBulk(builders...).Exec(ctx); err != nil {
			return err
		}
		return rows.Digest(ctx)
	})
	for _, id := range ids {
		list.rows[id] = 1
	}
}

func (a *account) editRow(list *thing, id uuid.UUID) {
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, list.id)
		if err != nil {
			return err
		}
		if err := tx.Contact.UpdateOneID(id).AddVersion(1).SetRowSeq(rows.Seq).Exec(ctx); err != nil {
			return err
		}
		return rows.Digest(ctx)
	})
	list.rows[id]++
}

// deleteRows deletes rows of a list in one transaction.
func (a *account) deleteRows(list *thing, ids ...uuid.UUID) {
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, list.id)
		if err != nil {
			return err
		}
		if err := rows.Removed(ctx, ids...); err != nil {
			return err
		}
		going, err := tx.Contact.Query().Where(contact.IDIn(ids...)).All(ctx)
		if err != nil {
			return err
		}
		for _, c := range going {
			rows.Wrote(digest.Stored(c.DigestA, c.DigestB), digest.Row{})
		}
		_, err = tx.Contact.Delete().Where(contact.IDIn(ids...)).Exec(ctx)
		return err
	})
	for _, id := range ids {
		delete(list.rows, id)
	}
}

// forget expires every cursor that is not up to date.
func (a *account) forget() {
	later := instant.Now().Add(1)
	a.must(a.feed.Forget(system(), a.id, later, later))
	a.model.items = slices.DeleteFunc(a.model.items, func(t *thing) bool {
		_, err := a.store.Client().Item.Get(system(), t.id)
		return ent.IsNotFound(err)
	})
	for _, t := range a.model.items {
		for l := range t.targets {
			if !a.model.has(l) {
				delete(t.targets, l)
			}
		}
	}
}

func (a *account) must(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatalf("%v", err)
	}
}
