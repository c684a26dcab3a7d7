package syncapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

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

// TestImage asks for images over HTTP as clients do.
func TestImage(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		s := servertest.Start(t, c, func(c *app.Config) { c.Images.Least = 10 })
		founded, err := s.Identity.Found(t.Context(), identity.Founder{
			Email: "anna@example.com", Password: password, FirstName: "Anna", LastName: "Petit", AccountName: "Maison",
		})
		must(t, err)
		token := func(email string) string {
			ticket, err := s.Identity.LogIn(context.Background(), identity.Credentials{Email: email, Password: password, Account: founded.Account}, identity.Device{})
			must(t, err)
			return ticket.Token
		}
		annas := token("anna@example.com")
		anna, err := s.Identity.Authenticate(context.Background(), annas)
		must(t, err)
		hash, err := s.Identity.HashPassword(t.Context(), "chloe@example.com", password)
		must(t, err)
		must(t, s.Feed.Write(anna, founded.Account, func(ctx context.Context, tx *feed.Tx) error {
			_, err := identity.AddCollaborator(ctx, tx, identity.Joiner{
				Email: "chloe@example.com", FirstName: "Chloé", LastName: "Roy", PasswordHash: hash, Role: collaborator.RoleMember,
			})
			return err
		}))
		chloes := token("chloe@example.com")
		list := func(rows int) uuid.UUID {
			name := fmt.Sprint(rows, " rows")
			id, err := s.Library.Create(anna, item.KindContactList, library.Patch{Name: &name})
			must(t, err)
			var csv strings.Builder
			csv.WriteString("email\n")
			for i := range rows {
				fmt.Fprintf(&csv, "c%d@example.com\n", i)
			}
			_, err = s.Addressbook.Import(anna, id, strings.NewReader(csv.String()), nil)
			must(t, err)
			return id
		}
		large, small := list(2000), list(3)
		get := func(token string, id uuid.UUID, header ...string) (*http.Response, []byte) {
			t.Helper()
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/sync/image/list_"+id.String(), nil)
			must(t, err)
			r.Header.Set("Authorization", "Bearer "+token)
			for i := 0; i < len(header); i += 2 {
				r.Header.Set(header[i], header[i+1])
			}
			answer, err := http.DefaultClient.Do(r)
			must(t, err)
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			must(t, err)
			return answer, body
		}

		whole, all := get(annas, large)
		var said struct {
			Kind, State, Digest, Next string
			Rows, Bytes               int64
		}
		must(t, json.Unmarshal([]byte(whole.Header.Get("Partage-Image")), &said))
		if whole.StatusCode != http.StatusOK || whole.Header.Get("Content-Type") != "application/vnd.sqlite3+zstd" || whole.Header.Get("Cache-Control") != "no-store" ||
			said.Kind != "contacts" || said.Rows != 2000 || said.Next == "" || said.Bytes < 4096 || len(all) == 0 {
			t.Fatalf("%s %v", whole.Status, whole.Header)
		}
		tag := whole.Header.Get("ETag")
		part, rest := get(annas, large, "Range", "bytes=1000-", "If-Range", tag)
		if part.StatusCode != http.StatusPartialContent || string(rest) != string(all[1000:]) || part.Header.Get("Partage-Image") == "" {
			t.Errorf("the rest: %s %v", part.Status, part.Header)
		}
		if other, again := get(annas, large, "Range", "bytes=1000-", "If-Range", `"another"`); other.StatusCode != http.StatusOK || string(again) != string(all) {
			t.Errorf("of another file: %s", other.Status)
		}
		if theirs, same := get(chloes, large); theirs.Header.Get("ETag") != tag || string(same) != string(all) || theirs.Header.Get("Partage-Image") == whole.Header.Get("Partage-Image") {
			t.Error("somebody else does not get the same file with a cursor of their own")
		}
		if few, body := get(annas, small); few.StatusCode != http.StatusNoContent || len(body) > 0 {
			t.Errorf("of three rows: %s", few.Status)
		}
		must(t, s.Sharing.SetAudience(anna, large, item.AudienceRestricted))
		for name, answer := range map[string]func() (*http.Response, []byte){
			"who does not see it any more": func() (*http.Response, []byte) { return get(chloes, large, "Range", "bytes=1000-", "If-Range", tag) },
			"of a list that is not there":  func() (*http.Response, []byte) { return get(annas, uuid.New()) },
		} {
			if refused, body := answer(); refused.StatusCode != http.StatusNotFound || !strings.Contains(string(body), "NOT_FOUND") || refused.Header.Get("Partage-Image") != "" {
				t.Errorf("%s: %s %s", name, refused.Status, body)
			}
		}
		if nobody, _ := get("made-up", large); nobody.StatusCode != http.StatusUnauthorized {
			t.Errorf("nobody gets %s", nobody.Status)
		}
	})
}
