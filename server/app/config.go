package app

import (
	"log/slog"
	"net/netip"

	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/image"
	"github.com/partage-mail/partage/server/intake/door"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/presence"
	"github.com/partage-mail/partage/server/store"
)

// Config is all that a server can be told. The zero value of every field but Store works.
type Config struct {
	// Store says which database.
	Store store.Config
	// PublicURL is where people reach the server; links in mails begin with it.
	PublicURL string
	// Identity says how people come in. Its PublicURL and Log are those of this Config.
	Identity identity.Config
	// Mailing says how mail goes out. Its Log is that of this Config.
	Mailing mailing.Config
	// Leads says how many leads come in by forms. Its Log is that of this Config.
	Leads door.Config
	// Images says which ready files there are of lists. Its Dir is a folder of its own for each server; empty means one in
	// Store.DataDir or, without it, among the system's temporary files. Its Now is that of Identity.
	Images image.Config
	// Presence says how nodes hear of who has what open.
	Presence presence.Config
	// Origins are pages of other origins that may call the API, such as https://mail.example.com.
	Origins []string
	// TrustedProxies may say on whose behalf they ask.
	TrustedProxies []netip.Prefix
	// PublicMetrics shows /metrics to other machines too.
	PublicMetrics bool
	// Log receives what operators should know; nil discards it.
	Log *slog.Logger
}
