package read

import (
	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/user"
)

// Collaborator is a person in an account.
type Collaborator struct{ *ent.Collaborator }

// IsNode marks the type as a Node.
func (*Collaborator) IsNode() {}

// ID returns the API's id.
func (c *Collaborator) ID() string { return GlobalID(PersonID, c.Collaborator.ID) }

// User is a person who signs in.
type User struct{ *ent.User }

// IsNode marks the type as a Node.
func (*User) IsNode() {}

// ID returns the API's id.
func (u *User) ID() string { return GlobalID(UserID, u.User.ID) }

// Account is a workspace.
type Account struct{ *ent.Account }

// IsNode marks the type as a Node.
func (*Account) IsNode() {}

// ID returns the API's id.
func (a *Account) ID() string { return GlobalID(AccountID, a.Account.ID) }

// Locale returns the language of the mails it sends to its people.
func (a *Account) Locale() user.Locale { return user.Locale(a.Account.Locale) }

// DefaultAudience returns the audience that new items get.
func (a *Account) DefaultAudience() item.Audience { return item.Audience(a.Account.DefaultAudience) }
