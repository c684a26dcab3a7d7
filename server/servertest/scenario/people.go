package scenario

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
)

// join does "<role> <name> [with the login of <person>]". The first person of an account founds it.
func (w *World) join(words []string) {
	w.tb.Helper()
	var login *Person
	if len(words) == 7 {
		login = w.Person(words[6])
		words = words[:2]
	}
	w.take(words, 2)
	if w.Has(words[1]) {
		w.fail(words, "names somebody twice")
	}
	if w.here == nil {
		w.here = &Account{Name: "here"}
	}
	p := &Person{Name: words[1], Account: w.here, Email: words[1] + "." + w.tag + "@example.test"}
	if login != nil {
		p.Email = login.Email
	}
	if w.here.owner == nil {
		w.found(words, p)
	} else {
		p.id = w.add(p, collaborator.Role(words[0]))
	}
	p.ID = read.GlobalID(read.PersonID, p.id)
	w.People = append(w.People, p)
}

func (w *World) found(words []string, p *Person) {
	w.tb.Helper()
	if words[0] != "owner" {
		w.fail(words, "begins an account, which takes an owner")
	}
	made, err := w.server.Identity.Found(w.tb.Context(), identity.Founder{
		Email: p.Email, Password: Password, FirstName: p.Name, LastName: "Test", AccountName: "Account " + p.Account.Name,
	})
	if err != nil {
		w.tb.Fatalf("founding an account: %v", err)
	}
	p.id, p.Account.id, p.Account.owner = made.Collaborator, made.Account, p
	p.Account.ID = read.GlobalID(read.AccountID, made.Account)
}

func (w *World) add(p *Person, role collaborator.Role) (id uuid.UUID) {
	w.tb.Helper()
	hash, err := w.server.Identity.HashPassword(w.tb.Context(), p.Email, Password)
	if err != nil {
		w.tb.Fatalf("hashing a password: %v", err)
	}
	w.write(p.Account, func(ctx context.Context, tx *feed.Tx) (err error) {
		id, err = identity.AddCollaborator(ctx, tx, identity.Joiner{
			Email: p.Email, FirstName: p.Name, LastName: "Test", PasswordHash: hash, Role: role,
		})
		return err
	})
	return id
}

// be does "<person> becomes <role>", "<person> is deactivated" and "<person> is active".
func (w *World) be(words []string) {
	w.tb.Helper()
	w.take(words, 3)
	p := w.Person(words[0])
	p.Out = words[2] == "deactivated" || p.Out && words[2] != "active"
	w.write(p.Account, func(ctx context.Context, tx *feed.Tx) error {
		switch words[2] {
		case "deactivated":
			return identity.Deactivate(ctx, tx, p.id)
		case "active":
			p.token = "" // they sign in anew
			return identity.Reactivate(ctx, tx, p.id)
		default:
			return identity.SetRole(ctx, tx, p.id, collaborator.Role(words[2]))
		}
	})
}

// write is for what people cannot do over the API yet.
func (w *World) write(a *Account, fn func(context.Context, *feed.Tx) error) {
	w.tb.Helper()
	if err := w.server.Feed.Write(viewer.System(w.tb.Context(), "a test sets up people"), a.id, fn); err != nil {
		w.tb.Fatalf("changing people: %v", err)
	}
}
