// Package demo fills a fresh server with an account of real input to look at: newsletters, lists and a
// blacklist, and three people who do not all see the same.
package demo

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/sharing"
)

//go:embed data
var data embed.FS

// Password is that of the three people.
const Password = "partage-demo"

// Person is one of the three people.
type Person struct {
	Email, FirstName, LastName string
	Role                       collaborator.Role
	// Sees says, for the printed table, what is particular about what they see.
	Sees string
}

// People are the three people, the owner first.
func People() []Person {
	return []Person{
		{"anna@demo.example", "Anna", "Martin", collaborator.RoleOwner, "everything"},
		{"bruno@demo.example", "Bruno", "Keller", collaborator.RoleManager, "all but the list of investors"},
		{"chloe@demo.example", "Chloé", "Dubois", collaborator.RoleMember, "neither investors nor the Black Friday campaign"},
	}
}

// Fill makes the demo account in a server without accounts and prints how to look at it. In a server that
// has it already it only prints. In one with accounts of its own it changes nothing and returns a fault.
func Fill(ctx context.Context, a *app.App, url string, out io.Writer) error {
	system := viewer.System(ctx, "the demo looks whether the server is fresh")
	filled, err := a.Store.Client().User.Query().Where(user.EmailKey(People()[0].Email)).Exist(system)
	if err != nil {
		return err
	}
	broken, err := a.Store.Client().Account.Query().Where(account.Name(unfinished)).Exist(system)
	if err != nil {
		return err
	}
	if broken {
		return fault.New(fault.Conflict, "The demo was interrupted while it was being filled. Remove the data folder and start again.")
	}
	if !filled {
		used, err := a.Store.Client().User.Query().Exist(system)
		if err != nil {
			return err
		}
		if used {
			return fault.New(fault.Conflict, "The demo is for a fresh database; this one has accounts already. Start without --demo, or with another --data.")
		}
		if err := fill(ctx, a); err != nil {
			return fmt.Errorf("filling the demo: %w", err)
		}
	}
	return printTour(out, url)
}

// The account has its name when all is there, and until then one that tells a later start that the first
// was interrupted.
const (
	accountName = "Maison Lumière"
	unfinished  = accountName + " (being filled)"
)

// filler makes items as the account's owner.
type filler struct {
	*app.App
	owner  context.Context
	people []uuid.UUID
}

func fill(ctx context.Context, a *app.App) error {
	anna := People()[0]
	founded, err := a.Identity.Found(ctx, identity.Founder{
		Email: anna.Email, Password: Password, FirstName: anna.FirstName, LastName: anna.LastName, AccountName: unfinished,
	})
	if err != nil {
		return err
	}
	f := &filler{App: a, people: []uuid.UUID{founded.Collaborator}}
	f.owner = sharing.NewContext(ctx, &sharing.Viewer{
		Account: founded.Account, Collaborator: founded.Collaborator, User: founded.User, Role: collaborator.RoleOwner,
	})
	for _, p := range People()[1:] {
		hash, err := a.Identity.HashPassword(ctx, p.Email, Password)
		if err != nil {
			return err
		}
		var id uuid.UUID
		err = a.Feed.Write(f.owner, founded.Account, func(ctx context.Context, tx *feed.Tx) (err error) {
			id, err = identity.AddCollaborator(ctx, tx, identity.Joiner{
				Email: p.Email, FirstName: p.FirstName, LastName: p.LastName, PasswordHash: hash, Role: p.Role,
			})
			return err
		})
		if err != nil {
			return err
		}
		f.people = append(f.people, id)
	}
	if err := f.items(); err != nil {
		return err
	}
	return a.Feed.Write(f.owner, founded.Account, func(ctx context.Context, tx *feed.Tx) error {
		tx.SettingsChanged()
		return tx.Tx.Account.UpdateOneID(founded.Account).SetName(accountName).AddVersion(1).Exec(ctx)
	})
}

func (f *filler) items() error {
	bruno, chloe := f.people[1], f.people[2]
	rows, err := data.ReadFile("data/customers.csv")
	if err != nil {
		return err
	}
	lines := bytes.SplitAfter(bytes.TrimSuffix(rows, []byte("\n")), []byte("\n"))
	customers, err := f.list("Customers", bytes.Join(lines[:251], nil))
	if err != nil {
		return err
	}
	investors, err := f.list("Investors", append(bytes.Clone(lines[0]), bytes.Join(lines[251:], nil)...))
	if err != nil {
		return err
	}
	if err := f.Sharing.SetAudience(f.owner, investors, item.AudienceRestricted); err != nil {
		return err
	}
	blacklist, err := f.blacklist("Disposable domains")
	if err != nil {
		return err
	}
	for _, t := range []struct{ name, file string }{
		{"Receipt", "receipt.html"}, {"Welcome", "welcome.html"}, {"Real estate", "real-estate.mjml"},
		{"One page", "onepage.mjml"}, {"Newsletter", "newsletter.mjml"},
	} {
		if _, err := f.mail(item.KindTemplate, t.file, library.Patch{Name: &t.name}); err != nil {
			return err
		}
	}
	sender, address := "Maison Lumière", "hello@demo.example"
	send := func(name, subject, file string, lists ...uuid.UUID) (uuid.UUID, error) {
		return f.mail(item.KindCampaign, file, library.Patch{
			Name: &name, Subject: &subject, SenderName: &sender, SenderEmail: &address,
			Lists: &lists, Blacklists: &[]uuid.UUID{blacklist},
		})
	}
	if _, err := send("Welcome aboard", "Welcome, {{ contact.first_name }}", "welcome-email.mjml", customers); err != nil {
		return err
	}
	if _, err := send("We miss you", "{{ contact.first_name }}, it has been a while", "reactivation-email.mjml", customers, investors); err != nil {
		return err
	}
	friday, err := send("Black Friday", "One day, half the price", "black-friday.mjml", customers)
	if err != nil {
		return err
	}
	if err := f.Sharing.SetAccess(f.owner, friday, chloe, access.LevelNone); err != nil {
		return err
	}
	return f.Sharing.SetAccess(f.owner, friday, bruno, access.LevelView)
}

func (f *filler) list(name string, csv []byte) (uuid.UUID, error) {
	id, err := f.Library.Create(f.owner, item.KindContactList, library.Patch{Name: &name})
	if err != nil {
		return id, err
	}
	_, err = f.Addressbook.Import(f.owner, id, bytes.NewReader(csv), nil)
	return id, err
}

func (f *filler) blacklist(name string) (uuid.UUID, error) {
	domains, err := data.Open("data/disposable-domains.txt")
	if err != nil {
		return uuid.Nil, err
	}
	defer domains.Close()
	id, err := f.Library.Create(f.owner, item.KindBlacklist, library.Patch{Name: &name})
	if err != nil {
		return id, err
	}
	_, err = f.Addressbook.ImportEntries(f.owner, id, domains, nil)
	return id, err
}

// filledIn puts variables in place of what the authors of the mails left to be filled in.
func filledIn(body string) string {
	return strings.NewReplacer(
		"[[FirstName]]", "{{ contact.first_name }}", "[[UserName]]", "{{ contact.email }}",
		"[[CompanyName]]", "{{ sender.name }}", "[[ContactEmail]]", "{{ sender.email }}",
	).Replace(body)
}

func (f *filler) mail(kind item.Kind, file string, p library.Patch) (uuid.UUID, error) {
	body, err := data.ReadFile("data/" + file)
	if err != nil {
		return uuid.Nil, err
	}
	text, format := filledIn(string(body)), campaign.FormatHTML
	if strings.HasSuffix(file, ".mjml") {
		format = campaign.FormatMjml
	}
	p.Body, p.Format = &text, &format
	return f.Library.Create(f.owner, kind, p)
}
