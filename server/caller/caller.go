// Package caller says what the wire tells of whoever makes a request, before anyone knows who it is: the
// address they come from, the token they carry, and whether they can be given a cookie.
//
// httpd fills it in once for each request; identity throttles by its address, and the resolvers that begin
// and end sessions set and clear the cookie through it. It is a leaf: it imports nothing of ours but fault.
// Who is acting is ent/viewer's and identity's matter, not known here.
package caller

import (
	"context"
	"net/http"
	"net/netip"
	"strings"

	"github.com/partage-mail/partage/server/fault"
)

// Caller is what is known of one request. The zero value is a caller of whom nothing is known.
type Caller struct {
	// Address is where the request comes from, behind the proxies that are trusted; invalid where unknown.
	// An IPv4 address is never in its IPv6 form.
	Address netip.Addr
	// Secure is true where the caller uses https.
	Secure bool
	// RequestID names the request in logs and in what is told of internal errors.
	RequestID string
	// Languages are those the request asks for, as its Accept-Language header has them.
	Languages string
	// Token is what the request carries to say whose session it belongs to, by header or cookie; empty
	// where it carries none. It may be wrong.
	Token string
	// Refusal is why the token was not accepted; nil where it was, or where there is none.
	Refusal error

	// header is where cookies are set; nil where the answer's header is already sent.
	header http.Header
}

type key struct{}

// NewContext returns a context that belongs to a request of c. Cookies go into header, the header of the
// answer; nil where none can be set.
func NewContext(ctx context.Context, c Caller, header http.Header) context.Context {
	c.header = header
	return context.WithValue(ctx, key{}, c)
}

// From returns the caller of the context, or the zero value outside of a request.
func From(ctx context.Context) Caller {
	c, _ := ctx.Value(key{}).(Caller)
	return c
}

// Detach returns a context for what outlives the answer's header, such as a WebSocket: cookies can no
// longer be set.
func Detach(ctx context.Context) context.Context { return NewContext(ctx, From(ctx), nil) }

// ParseBearer returns the token of an Authorization value of the form "Bearer token" (RFC 6750). Another
// form is a fault.
func ParseBearer(authorization string) (string, error) {
	scheme, token, ok := strings.Cut(authorization, " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || !isToken(token) {
		return "", fault.New(fault.Invalid, "The authorization must read \"Bearer\", one space and the session's token.")
	}
	return token, nil
}

// isToken reports whether s has the form of a b64token of RFC 6750 and a sensible length.
func isToken(s string) bool {
	if s == "" || len(s) > 512 {
		return false
	}
	for _, c := range []byte(strings.TrimRight(s, "=")) {
		switch {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', strings.IndexByte("-._~+/", c) >= 0:
		default:
			return false
		}
	}
	return true
}
