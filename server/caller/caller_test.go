package caller_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

func TestTokenOf(t *testing.T) {
	for name, test := range map[string]struct {
		header map[string][]string
		token  string
		bearer bool
		fails  bool
	}{
		"nothing":                      {nil, "", false, false},
		"a bearer":                     {map[string][]string{"Authorization": {"Bearer pt_abc-_.~+/=="}}, "pt_abc-_.~+/==", true, false},
		"a bearer in small letters":    {map[string][]string{"Authorization": {"bearer abc"}}, "abc", true, false},
		"a cookie":                     {map[string][]string{"Cookie": {"x=y; partage_session=abc"}}, "abc", false, false},
		"a bearer before a cookie":     {map[string][]string{"Authorization": {"Bearer abc"}, "Cookie": {"partage_session=def"}}, "abc", true, false},
		"two cookies":                  {map[string][]string{"Cookie": {"partage_session=abc; partage_session=def"}}, "", false, false},
		"an odd cookie":                {map[string][]string{"Cookie": {`partage_session="a b"`}}, "", false, false},
		"another scheme":               {map[string][]string{"Authorization": {"Basic abc"}, "Cookie": {"partage_session=abc"}}, "", true, true},
		"an empty header":              {map[string][]string{"Authorization": {""}}, "", true, true},
		"a scheme alone":               {map[string][]string{"Authorization": {"Bearer"}}, "", true, true},
		"an empty token":               {map[string][]string{"Authorization": {"Bearer "}}, "", true, true},
		"two spaces":                   {map[string][]string{"Authorization": {"Bearer  abc"}}, "", true, true},
		"a token with a comma":         {map[string][]string{"Authorization": {"Bearer a,b"}}, "", true, true},
		"a token that is far too long": {map[string][]string{"Authorization": {"Bearer " + strings.Repeat("a", 513)}}, "", true, true},
		"two headers":                  {map[string][]string{"Authorization": {"Bearer a", "Bearer a"}}, "", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/", nil)
			r.Header = test.header
			token, bearer, err := caller.TokenOf(r)
			if test.fails != fault.Is(err, fault.Invalid) || !test.fails && err != nil {
				t.Fatalf("got %v", err)
			}
			if token != test.token || bearer != test.bearer {
				t.Errorf("got %q, by header: %v", token, bearer)
			}
		})
	}
}

func TestSetSession(t *testing.T) {
	local, far := netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("192.0.2.1")
	expires := time.Date(2030, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))
	for name, test := range map[string]struct {
		caller caller.Caller
		want   string
	}{
		"on the same machine":  {caller.Caller{Address: local}, "partage_session=abc; Path=/; Expires=Wed, 02 Jan 2030 02:04:05 GMT; HttpOnly; SameSite=Lax"},
		"over https":           {caller.Caller{Address: local, Secure: true}, "partage_session=abc; Path=/; Expires=Wed, 02 Jan 2030 02:04:05 GMT; HttpOnly; Secure; SameSite=Lax"},
		"from another machine": {caller.Caller{Address: far}, "partage_session=abc; Path=/; Expires=Wed, 02 Jan 2030 02:04:05 GMT; HttpOnly; Secure; SameSite=Lax"},
	} {
		t.Run(name, func(t *testing.T) {
			header := http.Header{}
			ctx := caller.NewContext(context.Background(), test.caller, header)
			if err := caller.SetSession(ctx, "abc", expires); err != nil {
				t.Fatal(err)
			}
			if got := header.Values("Set-Cookie"); len(got) != 1 || got[0] != test.want {
				t.Errorf("got %q", got)
			}
			caller.ClearSession(ctx)
			if got := header.Values("Set-Cookie"); len(got) != 1 || !strings.HasPrefix(got[0], "partage_session=; Path=/; Max-Age=0; HttpOnly") {
				t.Errorf("cleared with %q", got)
			}
		})
	}
}

func TestSetSessionWithoutHeader(t *testing.T) {
	header := http.Header{}
	ctx := caller.NewContext(context.Background(), caller.Caller{RequestID: "7"}, header)
	for name, ctx := range map[string]context.Context{"outside of a request": context.Background(), "detached": caller.Detach(ctx)} {
		t.Run(name, func(t *testing.T) {
			if err := caller.SetSession(ctx, "abc", time.Now()); !fault.Is(err, fault.Invalid) {
				t.Errorf("got %v", err)
			}
			caller.ClearSession(ctx)
			if len(header) != 0 {
				t.Errorf("header is %v", header)
			}
		})
	}
	if caller.From(caller.Detach(ctx)).RequestID != "7" {
		t.Error("Detach forgot the caller")
	}
}
