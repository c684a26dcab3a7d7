package upload_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/upload"
)

// desk is an account and a server that takes files, for whoever acts at the moment.
type desk struct {
	*librarytest.Account
	url    string
	person context.Context
	broker *fanout.Broker
	queue  *jobs.Queue
}

func setup(t *testing.T, s *store.Store) *desk {
	t.Helper()
	d := &desk{Account: librarytest.New(t, s), broker: fanout.New()}
	d.person = d.Member
	d.queue = jobs.New(s, d.Feed, d.broker, jobs.Config{})
	in := intake.New(s, d.Feed, d.queue, intake.Config{})
	handler := upload.New(addressbook.New(d.Feed), in, func(w http.ResponseWriter, _ *http.Request, err error) {
		f := fault.As(err)
		if f == nil {
			f = fault.New("INTERNAL", "%s", err)
		}
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, "%s %q %s", f.Kind, f.Field, f.Message)
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(d.person))
	}))
	t.Cleanup(server.Close)
	d.url = server.URL
	return d
}

func (d *desk) item(t *testing.T, kind item.Kind) uuid.UUID {
	t.Helper()
	id, err := library.New(d.Feed).Create(d.Owner, kind, library.Patch{Name: new("x")})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// send posts a file and returns the status and the answer.
func (d *desk) send(t *testing.T, path, contentType string, file io.Reader) (int, string) {
	t.Helper()
	response, err := http.Post(d.url+path, contentType, file)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func (d *desk) expect(t *testing.T, path, contentType, file, want string) {
	t.Helper()
	if status, got := d.send(t, path, contentType, strings.NewReader(file)); status != http.StatusBadRequest || !strings.HasPrefix(got, want) {
		t.Errorf("%d %s, want %s", status, got, want)
	}
}

func TestUpload(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		d := setup(t, s)
		list, blacklist := d.item(t, item.KindContactList), d.item(t, item.KindBlacklist)
		contacts, entries := "/upload/contacts/list_"+list.String(), "/upload/blacklist/blacklist_"+blacklist.String()
		t.Run("imports contacts and reports", func(t *testing.T) {
			status, got := d.send(t, contacts, "text/csv; charset=utf-8", strings.NewReader("Email,City\na@example.com,Paris\nnobody,\n"))
			want := `{"rows":2,"added":1,"updated":0,"unchanged":0,"refused":1,"problems":[{"line":3,"message":"\"nobody\" is not an email address: it needs exactly one @, as in name@example.com."}]}` + "\n"
			if diff := cmp.Diff(want, got); status != http.StatusOK || diff != "" {
				t.Errorf("%d %s", status, diff)
			}
			if c := s.Client().Contact.Query().OnlyX(d.System); c.Email != "a@example.com" || c.City != "Paris" || c.ListID != list {
				t.Errorf("%+v", c)
			}
		})
		t.Run("imports a blacklist", func(t *testing.T) {
			status, got := d.send(t, entries, "text/plain", strings.NewReader("# ours\nexample.com\na@example.org\n"))
			if want := `{"rows":2,"added":2,"updated":0,"unchanged":0,"refused":0,"problems":[]}` + "\n"; status != http.StatusOK || got != want {
				t.Errorf("%d %s", status, got)
			}
			if n := s.Client().BlacklistEntry.Query().Where(blacklistentry.BlacklistID(blacklist)).CountX(d.System); n != 2 {
				t.Errorf("%d entries", n)
			}
		})
		t.Run("takes the ten thousand customers", func(t *testing.T) {
			file, err := os.Open(librarytest.Input(t, "contacts/customers-10000.csv"))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			list := d.item(t, item.KindContactList)
			status, got := d.send(t, "/upload/contacts/list_"+list.String(), "text/csv", file)
			var report upload.Report
			if err := json.Unmarshal([]byte(got), &report); err != nil || status != http.StatusOK || report.Added != 10_000 {
				t.Errorf("%d %s %v", status, got, err)
			}
			if n := s.Client().Contact.Query().Where(contact.ListID(list)).CountX(d.System); n != 10_000 {
				t.Errorf("%d contacts", n)
			}
		})
		t.Run("says what is wrong with the request", func(t *testing.T) {
			before := d.Seq(t)
			const csv = "Email\nz@example.com\n"
			for _, c := range []struct{ path, contentType, file, want string }{
				{contacts, "application/json", csv, `BAD_USER_INPUT "file" Send the file itself`},
				{contacts, "", csv, `BAD_USER_INPUT "file" Send the file itself`},
				{contacts, "multipart/form-data; boundary=x", csv, `BAD_USER_INPUT "file" Send the file itself`},
				{contacts, "text/csv", "", `BAD_USER_INPUT "file" The file is empty`},
				{contacts, "text/csv", "Name\nAnn\n", `BAD_USER_INPUT "file" No column`},
				{contacts, "text/csv", "PK\x03\x04", `BAD_USER_INPUT "file" This is a workbook`},
				{entries, "text/plain", strings.Repeat("x", 10_000), `BAD_USER_INPUT "file" A line is longer`},
				{contacts, "text/csv", strings.Repeat("x", 64<<20+1), `BAD_USER_INPUT "file" A file has at most 64 MB`},
				{"/upload/contacts/" + list.String(), "text/csv", csv, `NOT_FOUND "" There is no such contact list`},
				{"/upload/contacts/list_x", "text/csv", csv, `NOT_FOUND "" There is no such contact list`},
				{"/upload/contacts/blacklist_" + blacklist.String(), "text/csv", csv, `NOT_FOUND "" There is no such contact list`},
				{"/upload/contacts/list_" + blacklist.String(), "text/csv", csv, `NOT_FOUND "" There is no such contact list`},
				{"/upload/blacklist/blacklist_" + list.String(), "text/csv", csv, `NOT_FOUND "" There is no such blacklist`},
				{"/upload/contacts/list_" + uuid.NewString(), "text/csv", csv, `NOT_FOUND "" There is no such contact list`},
				{"/upload/nothing/list_" + list.String(), "text/csv", csv, `NOT_FOUND "" There is nothing`},
				{"/upload/leads/list_" + list.String(), "text/csv", csv, `NOT_FOUND "" There is no such campaign`},
				{"/upload/leads/campaign_" + list.String(), "text/csv", csv, `NOT_FOUND "" There is no such campaign`},
				{"/upload/contacts/", "text/csv", csv, `NOT_FOUND "" There is nothing`},
			} {
				d.expect(t, c.path, c.contentType, c.file, c.want)
			}
			for method, header := range map[string]http.Header{
				http.MethodGet: {}, http.MethodPut: {}, http.MethodPost: {"Content-Type": {"text/csv"}, "Content-Encoding": {"gzip"}},
			} {
				request, err := http.NewRequestWithContext(t.Context(), method, d.url+contacts, strings.NewReader(csv))
				if err != nil {
					t.Fatal(err)
				}
				request.Header = header
				response, err := http.DefaultClient.Do(request)
				if err != nil {
					t.Fatal(err)
				}
				response.Body.Close()
				if response.StatusCode != http.StatusBadRequest {
					t.Errorf("%s: %s", method, response.Status)
				}
			}
			if d.Seq(t) != before {
				t.Error("something changed")
			}
		})
		t.Run("stops a body that turns out too long, and says what stays", func(t *testing.T) {
			var file strings.Builder
			file.WriteString("Email\n")
			for i := range 8_000 {
				fmt.Fprintf(&file, "long%d@example.com\n", i)
			}
			// Its length is not announced.
			nobody := strings.Repeat(strings.Repeat("x", 99_999)+"\n", 700)
			endless := io.MultiReader(strings.NewReader(file.String()), strings.NewReader(nobody))
			status, got := d.send(t, "/upload/contacts/list_"+d.item(t, item.KindContactList).String(), "text/csv", io.NopCloser(endless))
			if !strings.HasSuffix(got, "Send it in parts. Before that, 8000 rows were added and 0 updated.") {
				t.Errorf("%d %s", status, got)
			}
		})
		t.Run("is no mistake of ours when the sender goes away", func(t *testing.T) {
			conn, err := net.Dial("tcp", strings.TrimPrefix(d.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nEmail\nzz@example.com\n", contacts)
			if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
				t.Fatal(err)
			}
			response, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if text, err := io.ReadAll(response.Body); err != nil || !strings.HasPrefix(string(text), `BAD_USER_INPUT "file" The file did not arrive`) {
				t.Errorf("%s %v", text, err)
			}
		})
		t.Run("is denied", func(t *testing.T) {
			d.Give(t, d.Member, list, access.LevelView)
			d.expect(t, contacts, "text/csv", "Email\nz@example.com\n", `FORBIDDEN ""`)
			d.Give(t, d.Member, list, access.LevelNone)
			d.expect(t, contacts, "text/csv", "Email\nz@example.com\n", `NOT_FOUND ""`)
			d.person = t.Context()
			d.expect(t, contacts, "text/csv", "Email\nz@example.com\n", `UNAUTHENTICATED ""`)
		})
	})
}
