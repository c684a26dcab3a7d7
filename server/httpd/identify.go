package httpd

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// arrive notes where a request comes from, before anything else looks at it.
func (h *house) arrive(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := caller.Caller{RequestID: newRequestID(), Languages: r.Header.Get("Accept-Language")}
		c.Address, c.Secure = h.address(r)
		w.Header().Set("X-Request-Id", c.RequestID)
		next.ServeHTTP(w, r.WithContext(caller.NewContext(r.Context(), c, w.Header())))
	})
}

// identified has next act as the session whose token the request carries. A session that has ended is no
// reason to refuse: its person may be about to sign in again.
func (h *house) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, _, err := caller.TokenOf(r)
		if err != nil {
			h.Refuse(w, r, err)
			return
		}
		if token == "" {
			next.ServeHTTP(w, r)
			return
		}
		ctx := r.Context()
		c := caller.From(ctx)
		c.Token = token
		acting, err := h.Authenticate(ctx, token)
		switch {
		case err == nil:
			ctx = acting
		case fault.Is(err, fault.Unauthenticated):
			c.Refusal = err
		default:
			h.Refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(caller.NewContext(ctx, c, w.Header())))
	})
}

// signedIn refuses requests that act as nobody.
func (h *house) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := caller.From(r.Context())
		switch {
		case c.Refusal != nil:
			h.Refuse(w, r, c.Refusal)
		case c.Token == "":
			h.Refuse(w, r, fault.New(fault.Unauthenticated, "Sign in first."))
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// preflighted refuses what a browser could be made to send with its cookie without asking first. Who sends
// a token in a header is no such browser.
func (h *house) preflighted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		safe := r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions
		if !safe && r.Header.Get("Authorization") == "" && r.Header.Get(PreflightHeader) == "" {
			h.Refuse(w, r, fault.New(fault.Invalid, "A request without an Authorization header needs the header %s, with any value.", PreflightHeader))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func newRequestID() string {
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}
