package sharing_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// TestEntities walks every entity of the database: people can read those named here and no others, and who is
// nobody reads nothing. Whoever lets people read another entity names it here, and says in visibility.go, and
// in the test beside it, what they see of it.
func TestEntities(t *testing.T) {
	readable := map[string]bool{
		"Item": true, "Campaign": true, "Template": true, "ContactList": true, "Blacklist": true, "Contact": true,
		"BlacklistEntry": true, "Account": true, "Collaborator": true, "User": true, "Session": true, "Access": true,
	}
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		a := librarytest.New(t, s)
		v, err := sharing.From(a.Owner)
		if err != nil {
			t.Fatal(err)
		}
		store1(t, a, v, sharing.State{Audience: "everyone", Edge: "view"})
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
			if n, err := count(s, field.Name, a.Owner); (err == nil) != readable[field.Name] {
				t.Errorf("an owner reads %d rows of %s: %v", n, field.Name, err)
			}
		}
		if found < len(readable) {
			t.Fatalf("only %d entities were found", found)
		}
	})
}

// count returns how many rows of an entity a context sees.
func count(s *store.Store, entity string, ctx context.Context) (int, error) {
	query := reflect.ValueOf(s.Client()).Elem().FieldByName(entity).MethodByName("Query").Call(nil)[0]
	got := query.MethodByName("Count").Call([]reflect.Value{reflect.ValueOf(ctx)})
	err, _ := got[1].Interface().(error)
	return int(got[0].Int()), err
}
