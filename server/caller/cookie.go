package caller

import (
	"context"
	"net/http"
	"time"

	"github.com/partage-mail/partage/server/fault"
)

// SessionCookie is the name of the cookie that carries a session's token.
const SessionCookie = "partage_session"

// SetSession has the caller keep the session's token in a cookie that scripts cannot read and other sites
// cannot send, until it expires. It is a fault where no cookie can be set, as over a WebSocket. Only one
// goroutine of a request may call it at a time; mutations run one after the other.
func SetSession(ctx context.Context, token string, expires time.Time) error {
	return setCookie(ctx, &http.Cookie{Value: token, Expires: expires.UTC()})
}

// ClearSession has the caller forget its session cookie. It does nothing where no cookie can be set.
func ClearSession(ctx context.Context) {
	if From(ctx).header != nil {
		_ = setCookie(ctx, &http.Cookie{MaxAge: -1})
	}
}

func setCookie(ctx context.Context, cookie *http.Cookie) error {
	c := From(ctx)
	if c.header == nil {
		return fault.New(fault.Invalid, "A session in a cookie can only begin over HTTP.")
	}
	cookie.Name, cookie.Path = SessionCookie, "/"
	cookie.HttpOnly, cookie.SameSite = true, http.SameSiteLaxMode
	// Only a browser on the same machine may use plain http, where nobody listens between.
	cookie.Secure = c.Secure || !c.Address.IsLoopback()
	// It is the only cookie of ours: the last word of a request replaces an earlier one.
	c.header.Set("Set-Cookie", cookie.String())
	return nil
}

// TokenOf returns the token that a request carries in its Authorization header or else in its session
// cookie, and whether it was the header; an empty token where it carries none. A header of another form is
// a fault, not a caller without a session.
func TokenOf(r *http.Request) (token string, bearer bool, err error) {
	switch values := r.Header.Values("Authorization"); len(values) {
	case 0:
	case 1:
		token, err = ParseBearer(values[0])
		return token, true, err
	default:
		return "", true, fault.New(fault.Invalid, "There is more than one Authorization header.")
	}
	cookies := r.CookiesNamed(SessionCookie)
	// Another site of the same domain can add a cookie of this name, but not know which is ours: refuse to choose.
	if len(cookies) != 1 || !isToken(cookies[0].Value) {
		return "", false, nil
	}
	return cookies[0].Value, false, nil
}
