package sharing_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	history "github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// TestEntities walks every entity of the database: people can read those named here and no others, and who is
// nobody, or out, reads nothing. Invitations and the history are for owners. Whoever lets people read another entity names it here, and says in visibility.go, and
// in the test beside it, what they see of it.
func TestEntities(t *testing.T) {
	readable := map[string]bool{
		"Item": true, "Campaign": true, "Template": true, "ContactList": true, "Blacklist": true, "Contact": true,
		"BlacklistEntry": true, "Account": true, "Collaborator": true, "User": true, "Session": true, "Access": true,
		"Invitation": true, "AuditEvent": true, "Lead": true, "Promise": true, "Job": true, "JobFailure": true,
	}
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		a := librarytest.New(t, s)
		v, err := sharing.From(a.Owner)
		if err != nil {
			t.Fatal(err)
		}
		store1(t, a, v, sharing.State{Audience: "everyone", Edge: "view"})
		invite(t, a)
		out := *v
		out.Out = true
		shut := sharing.NewContext(t.Context(), &out)
		found := 0
		for _, field := range reflect.VisibleFields(reflect.TypeFor[ent.Client]()) {
			if !strings.HasSuffix(field.Type.String(), "."+field.Name+"Client") {
				continue
			}
			found++
			if _, ok := v.Narrow(field.Name); ok != readable[field.Name] {
				t.Errorf("that an owner can read %s is %v", field.Name, ok)
			}
			if _, err := count(s, field.Name, a.System); err != nil {
				t.Errorf("the system cannot read %s: %v", field.Name, err)
			}
			if n, err := count(s, field.Name, t.Context()); err == nil {
				t.Errorf("nobody reads %d rows of %s", n, field.Name)
			}
			if n, err := count(s, field.Name, shut); err == nil {
				t.Errorf("who is out reads %d rows of %s", n, field.Name)
			}
			if n, err := count(s, field.Name, a.Manager); slices.Contains(ofOwners(), field.Name) && (err != nil || n > 0) {
				t.Errorf("a manager reads %d rows of %s: %v", n, field.Name, err)
			}
			if n, err := count(s, field.Name, a.Owner); (err == nil) != readable[field.Name] {
				t.Errorf("an owner reads %d rows of %s: %v", n, field.Name, err)
			}
		}
		if found < len(readable) {
			t.Fatalf("only %d entities were found", found)
		}
	})
}

// ofOwners are the entities of which only owners see the rows that invite makes.
func ofOwners() []string { return []string{"Invitation", "AuditEvent", "Promise", "Job", "JobFailure"} }

// invite makes an invitation with a promise, a line of the history, and a job of the owner's.
func invite(t *testing.T, a *librarytest.Account) {
	t.Helper()
	a.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		tx.Note(history.Line{Verb: history.Invited})
		id, item := uuid.New(), a.Store.Client().Item.Query().FirstIDX(a.System)
		if err := tx.Job.Create().SetID(id).SetAccountID(a.ID).SetAskedBy(librarytest.Collaborator(t, a.Owner)).SetNumber(1).SetAfterSeq(0).SetKind("x").Exec(ctx); err != nil {
			return err
		}
		if err := tx.JobFailure.Create().SetJobID(id).SetNumber(1).SetWhat("1").SetLabel("x").SetReason("y").Exec(ctx); err != nil {
			return err
		}
		inv, err := tx.Invitation.Create().SetAccountID(a.ID).SetEmail("x@example.com").SetEmailKey("x@example.com").
			SetFirstName("X").SetLastName("Y").SetTokenHash(a.ID[:]).SetExpiresAt(instant.Now()).Save(ctx)
		if err != nil {
			return err
		}
		return tx.Promise.Create().SetAccountID(a.ID).SetInvitationID(inv.ID).SetItemID(item).SetLevel("view").Exec(ctx)
	})
	for _, entity := range ofOwners() {
		if n, err := count(a.Store, entity, a.Owner); err != nil || n == 0 {
			t.Errorf("an owner reads %d rows of %s: %v", n, entity, err)
		}
	}
}

// count returns how many rows of an entity a context sees.
func count(s *store.Store, entity string, ctx context.Context) (int, error) {
	query := reflect.ValueOf(s.Client()).Elem().FieldByName(entity).MethodByName("Query").Call(nil)[0]
	got := query.MethodByName("Count").Call([]reflect.Value{reflect.ValueOf(ctx)})
	err, _ := got[1].Interface().(error)
	return int(got[0].Int()), err
}
