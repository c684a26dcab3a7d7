package mailing

import (
	"time"

	"github.com/google/uuid"
)

// Recipient is the person a message goes to.
type Recipient struct {
	// Email is the address as the person wrote it.
	Email string
	// Name is how the message greets them.
	Name string
	// Locale is the language of the message, "en" or "fr"; any other is English.
	Locale string
}

// Message is one message to one person. Its constructors are in this file; Mailing.Write takes it.
type Message struct {
	to      Recipient
	account uuid.UUID
	letter  string
	values  values
}

// values is what the letters may speak of.
type values struct {
	Name    string
	Email   string
	Link    string
	Minutes int
	Days    int
	// Account and Inviter are names, of where one is invited and by whom.
	Account string
	Inviter string
}

// PasswordReset is the message with the link that sets a new password; validFor is for how long it works.
func PasswordReset(to Recipient, link string, validFor time.Duration) Message {
	return Message{to: to, letter: "password_reset", values: values{Link: link, Minutes: int(validFor.Minutes())}}
}

// PasswordChanged tells a person that their password is a new one; link leads to where they can set another.
func PasswordChanged(to Recipient, link string) Message {
	return Message{to: to, letter: "password_changed", values: values{Link: link}}
}

// Inviter is who invites somebody, and to where.
type Inviter struct {
	Account     uuid.UUID
	AccountName string
	// Name is the person's.
	Name string
}

// Invitation asks a person to join an account; validFor is for how long the link works.
func Invitation(to Recipient, by Inviter, link string, validFor time.Duration) Message {
	return Message{to: to, account: by.Account, letter: "invitation", values: values{
		Link: link, Days: int(validFor.Hours() / 24), Account: by.AccountName, Inviter: by.Name,
	}}
}
