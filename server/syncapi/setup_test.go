package syncapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

const password = "correct horse battery"

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// clock is a server's, which only a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// house is a server with one account, owned by Anna, and images of lists of ten rows and more.
type house struct {
	*servertest.Server
	t       *testing.T
	clock   *clock
	account uuid.UUID
	anna    person
}

// person is somebody who is signed in.
type person struct {
	token string
	ctx   context.Context
	id    uuid.UUID
}

// each runs f with a house of its own on each database.
func each(t *testing.T, f func(*house), change ...func(*app.Config)) {
	t.Helper()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) { f(newHouse(t, c, change...)) })
}

func newHouse(t *testing.T, c store.Config, change ...func(*app.Config)) *house {
	t.Helper()
	h := (&house{t: t, clock: &clock{at: time.Now()}}).node(c, change...)
	founded, err := h.Identity.Found(t.Context(), identity.Founder{
		Email: "anna@example.com", Password: password, FirstName: "Anna", LastName: "Petit", AccountName: "Maison",
	})
	must(t, err)
	h.account = founded.Account
	h.anna = h.logIn("anna@example.com")
	return h
}

// node starts a server for the same account and clock.
func (h house) node(c store.Config, change ...func(*app.Config)) *house {
	h.t.Helper()
	h.Server = servertest.Start(h.t, c, append([]func(*app.Config){func(c *app.Config) {
		c.Images.Least, c.Identity.Now = 10, h.clock.now
	}}, change...)...)
	return &h
}

// logIn begins a session of somebody.
func (h *house) logIn(email string) person {
	h.t.Helper()
	ticket, err := h.Identity.LogIn(context.Background(), identity.Credentials{Email: email, Password: password, Account: h.account}, identity.Device{})
	must(h.t, err)
	ctx, err := h.Identity.Authenticate(context.Background(), ticket.Token)
	must(h.t, err)
	return person{ticket.Token, ctx, ticket.Session.Collaborator}
}

// joins makes a member.
func (h *house) joins(name string) person {
	h.t.Helper()
	email := name + "@example.com"
	hash, err := h.Identity.HashPassword(h.t.Context(), email, password)
	must(h.t, err)
	must(h.t, h.Feed.Write(h.anna.ctx, h.account, func(ctx context.Context, tx *feed.Tx) error {
		_, err := identity.AddCollaborator(ctx, tx, identity.Joiner{
			Email: email, FirstName: name, LastName: "Roy", PasswordHash: hash, Role: collaborator.RoleMember,
		})
		return err
	}))
	return h.logIn(email)
}

// list makes a list with contacts.
func (h *house) list(rows int) uuid.UUID {
	h.t.Helper()
	name := "List " + uuid.NewString()
	id, err := h.Library.Create(h.anna.ctx, item.KindContactList, library.Patch{Name: &name})
	must(h.t, err)
	var csv strings.Builder
	csv.WriteString("email\n")
	for i := range rows {
		fmt.Fprintf(&csv, "c%d@example.com\n", i)
	}
	_, err = h.Addressbook.Import(h.anna.ctx, id, strings.NewReader(csv.String()), nil)
	must(h.t, err)
	return id
}

// answer is what came for a request.
type answer struct {
	*http.Response
	body []byte
}

// is reports whether it is a typed refusal of a kind and, where there is one, a reason, and nothing of an image.
func (a answer) is(status int, code, reason string) bool {
	var said struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code, Reason string }
		}
	}
	err := json.Unmarshal(a.body, &said)
	return err == nil && a.StatusCode == status && len(said.Errors) == 1 && said.Errors[0].Message != "" &&
		said.Errors[0].Extensions.Code == code && said.Errors[0].Extensions.Reason == reason &&
		a.Header.Get("Partage-Image") == "" && a.Header.Get("ETag") == "" && a.Header.Get("Content-Disposition") == ""
}

// get asks for a path; headers come in pairs.
func (h *house) get(path string, header ...string) answer {
	h.t.Helper()
	return h.do(http.MethodGet, path, header...)
}

func (h *house) do(method, path string, header ...string) answer {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.URL+path, nil)
	must(h.t, err)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	got, err := http.DefaultClient.Do(r)
	must(h.t, err)
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	must(h.t, err)
	return answer{got, body}
}

// image asks for the image of a list as a sync client does.
func (h *house) image(who person, list uuid.UUID, header ...string) answer {
	h.t.Helper()
	return h.get("/sync/image/list_"+list.String(), append(header, "Authorization", "Bearer "+who.token)...)
}
