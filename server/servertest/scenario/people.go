package scenario

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/invitation"
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
	p := &Person{Name: words[1], Account: w.here, Email: words[1] + "." + w.tag + "@example.test", role: collaborator.Role(words[0])}
	if login != nil {
		p.Email = login.Email
	}
	if w.here.ID == "" {
		w.found(words, p)
	} else {
		p.id = w.add(p)
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
	p.id, p.Account.id = made.Collaborator, made.Account
	p.Account.ID = read.GlobalID(read.AccountID, made.Account)
}

func (w *World) add(p *Person) (id uuid.UUID) {
	w.tb.Helper()
	hash, err := w.server.Identity.HashPassword(w.tb.Context(), p.Email, Password)
	if err != nil {
		w.tb.Fatalf("hashing a password: %v", err)
	}
	w.write(p.Account, func(ctx context.Context, tx *feed.Tx) (err error) {
		id, err = identity.AddCollaborator(ctx, tx, identity.Joiner{
			Email: p.Email, FirstName: p.Name, LastName: "Test", PasswordHash: hash, Role: p.role,
		})
		return err
	})
	return id
}

// be does "<person> becomes <role>" and "<person> is …": deactivated, active again, removed, or back as a member.
func (w *World) be(words []string) {
	w.tb.Helper()
	w.take(words, 3)
	p := w.Person(words[0])
	by, who := w.owner(p.Account), map[string]any{"collaborators": []string{p.ID}}
	switch words[2] {
	case "deactivated":
		w.mutate(by, "deactivatePeople", "DeactivatePeopleInput", who)
		p.Out = true
	case "active":
		w.mutate(by, "reactivatePeople", "ReactivatePeopleInput", who)
		p.Out, p.token = false, "" // they sign in anew
	case "removed":
		w.mutate(by, "removePeople", "RemovePeopleInput", who)
		p.Out, p.token = true, ""
	case "back":
		p.role, p.Out = collaborator.RoleMember, false
		p.id = w.add(p)
	default:
		who["role"] = strings.ToUpper(words[2])
		w.mutate(by, "changePeople", "ChangePeopleInput", who)
		p.role = collaborator.Role(words[2])
	}
}

// owner returns an owner of an account who may come in.
func (w *World) owner(a *Account) *Person {
	w.tb.Helper()
	for _, p := range w.People {
		if p.Account == a && p.role == collaborator.RoleOwner && !p.Out {
			return p
		}
	}
	w.tb.Fatalf("the account %s has no owner", a.Name)
	return nil
}

// write adds people faster than they could accept invitations.
func (w *World) write(a *Account, fn func(context.Context, *feed.Tx) error) {
	w.tb.Helper()
	if err := w.server.Feed.Write(viewer.System(w.tb.Context(), "a test sets up people"), a.id, fn); err != nil {
		w.tb.Fatalf("changing people: %v", err)
	}
}

// anHourPasses makes the mails of all invitations an hour older.
func (w *World) anHourPasses() {
	w.tb.Helper()
	for _, p := range w.People {
		w.write(p.Account, func(ctx context.Context, tx *feed.Tx) error {
			return tx.Invitation.Update().Where(invitation.AccountID(tx.Account)).AddSentAt(-instant.Instant(time.Hour / time.Microsecond)).Exec(ctx)
		})
	}
}
