package matrix_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store/storetest"
)

func TestUndo(t *testing.T) {
	each(t, func(p *place) {
		ann := p.person(collaborator.RoleMember)
		c := p.campaigns(6, item.AudienceRestricted)
		open := p.campaigns(1, item.AudienceEveryone)[0]
		p.job(p.matrix.Set(p.Owner, one(ann, rotation(), c[0], c[1])))
		rank := p.edge(ann, c[0]).RotationRank
		d := one(ann, nothing(), c[0], open)
		d.Changes[c[2]], d.Changes[c[3]], d.Changes[c[4]] = given(), rotation(), given()
		bad := p.job(p.matrix.Set(p.Owner, d))
		p.check(ann, map[uuid.UUID]string{c[0]: "none", open: "none", c[2]: "edit", c[3]: "edit+", c[4]: "edit"})
		must(p, p.sharing.SetAccess(p.Owner, c[2], ann, access.LevelView)) // newer
		for _, who := range []context.Context{p.Manager, p.Member} {
			if _, err := p.matrix.Undo(who, bad.ID); !fault.Is(err, fault.Denied) {
				p.Errorf("not an owner: %v", err)
			}
		}
		undo := p.job(p.matrix.Undo(p.Owner, bad.ID))
		if undo.State != job.StateDone || undo.Total != 5 || undo.Done != 5 || undo.Outcome != `{"changed_since":1,"restored":4}` {
			p.Errorf("the undo is %v", undo)
		}
		p.check(ann, map[uuid.UUID]string{c[0]: "edit+", c[1]: "edit+", open: "edit", c[2]: "view", c[3]: "none", c[4]: "none"})
		if n := p.Store.Client().Access.Query().Where(access.CollaboratorID(ann), access.ItemIDIn(open, c[3], c[4])).CountX(p.System); n != 0 {
			p.Errorf("%d edges are left where there were none", n)
		}
		if e := p.edge(ann, c[0]); e.RotationRank != rank {
			p.Errorf("back in the rotation with rank %d instead of %d", e.RotationRank, rank)
		}
		if _, err := p.matrix.Undo(p.Owner, bad.ID); !fault.Is(err, fault.Conflict) {
			p.Errorf("undone twice: %v", err)
		}
		p.job(p.matrix.Undo(p.Owner, undo.ID)) // and done again
		p.check(ann, map[uuid.UUID]string{c[0]: "none", open: "none", c[2]: "view", c[3]: "edit+", c[4]: "edit"})
	})
}

// TestUndoWaits has a change by hand commit while an undo waits for its lock: the change is newer, and stays.
func TestUndoWaits(t *testing.T) {
	p := newPlace(t, storetest.Open(t, dialect.Postgres), 10_000)
	bob, c := p.person(collaborator.RoleMember), p.campaigns(1, item.AudienceRestricted)[0]
	j := p.job(p.matrix.Set(p.Owner, one(bob, given(), c)))
	_, err := p.matrix.Undo(p.Owner, j.ID)
	must(p, err)
	locked, goOn, done, drained := make(chan bool), make(chan bool), make(chan error, 1), make(chan bool)
	go func() {
		done <- p.Feed.Write(p.System, p.ID, func(ctx context.Context, tx *feed.Tx) error {
			if err := sharing.Lock(ctx, tx, c); err != nil {
				return err
			}
			tx.Granted(bob, c, "edit")
			err := tx.Access.Update().Where(access.ItemID(c), access.CollaboratorID(bob)).SetLevel(access.LevelView).Exec(ctx)
			close(locked)
			<-goOn
			return err
		})
	}()
	<-locked
	go func() { p.drain(); close(drained) }()
	p.somebodyWaits()
	close(goOn)
	must(p, <-done)
	<-drained
	p.check(bob, map[uuid.UUID]string{c: "view"})
}

// somebodyWaits returns when a transaction of the database waits for a lock.
func (p *place) somebodyWaits() {
	p.Helper()
	for waits := false; !waits; {
		rows, err := p.Store.Client().QueryContext(p.System, `SELECT 1 FROM pg_locks WHERE NOT granted`)
		must(p, err)
		waits = rows.Next()
		must(p, rows.Close())
	}
}
