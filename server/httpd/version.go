package httpd

import (
	"net/http"
	"strconv"

	"github.com/partage-mail/partage/server/fault"
)

// VersionHeader is the header in which a sync client says which version of the sync protocol it speaks. Other programs
// leave it out.
const VersionHeader = "Partage-Protocol"

// The versions of the sync protocol that the server speaks. syncclient/protocol/PROTOCOL.md tells them apart.
const (
	OldestProtocol = 1
	NewestProtocol = 2
)

// versioned refuses clients that speak another version: half understood, they could do harm.
func (h *house) versioned(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said := r.Header.Get(VersionHeader)
		if said == "" {
			next.ServeHTTP(w, r)
			return
		}
		version, err := strconv.Atoi(said)
		switch {
		case err != nil || version < OldestProtocol:
			h.Refuse(w, r, fault.New(fault.Outdated, "This program is too old for the server; please update it."))
		case version > NewestProtocol:
			h.Refuse(w, r, fault.New(fault.Outdated, "The server is too old for this program; ask who runs it to update it."))
		default:
			next.ServeHTTP(w, r)
		}
	})
}
