package export_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/export"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// desk is an account and a server that gives files, to whoever acts at the moment.
type desk struct {
	*librarytest.Account
	url    string
	person context.Context
	done   chan struct{} // a request that is over
}

func setup(t *testing.T, s *store.Store) *desk {
	t.Helper()
	d := &desk{Account: librarytest.New(t, s), done: make(chan struct{}, 100)}
	d.person = d.Member
	d.may(t, true)
	handler := export.New(addressbook.NewExports(s, d.Feed), func(w http.ResponseWriter, _ *http.Request, err error) {
		f := fault.As(err)
		if f == nil {
			f = fault.New("INTERNAL", "%s", err)
		}
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, "%s %s", f.Kind, f.Message)
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(d.person))
		d.done <- struct{}{}
	}))
	t.Cleanup(server.Close)
	d.url = server.URL
	return d
}

// may says whether the member may export.
func (d *desk) may(t *testing.T, export bool) {
	t.Helper()
	id := librarytest.Collaborator(t, d.Member)
	d.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		tx.PersonChanged(id)
		return tx.Collaborator.UpdateOneID(id).SetCanExport(export).Exec(ctx)
	})
}

func (d *desk) item(t *testing.T, kind item.Kind, name string) uuid.UUID {
	t.Helper()
	id, err := library.New(d.Feed).Create(d.Owner, kind, library.Patch{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (d *desk) get(t *testing.T, method, path string) (status int, header http.Header, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, d.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	<-d.done
	return response.StatusCode, response.Header, string(text)
}

func (d *desk) lines(t *testing.T) int {
	t.Helper()
	return d.Store.Client().AuditEvent.Query().Where(auditevent.VerbEQ("exported")).CountX(d.System)
}

func TestExport(t *testing.T) {
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		d := setup(t, s)
		book := addressbook.New(d.Feed)
		list, blacklist := d.item(t, item.KindContactList, "Été: \"VIP\"/2026\u202e.exe"), d.item(t, item.KindBlacklist, "...")
		contacts, entries := "/export/contacts/list_"+list.String()+".csv", "/export/blacklist/blacklist_"+blacklist.String()+".csv"
		if _, err := book.Import(d.Owner, list, strings.NewReader("Email,City\na@example.com,Orléans\n"), nil); err != nil {
			t.Fatal(err)
		}
		if _, err := book.ImportEntries(d.Owner, blacklist, strings.NewReader("example.org\n"), nil); err != nil {
			t.Fatal(err)
		}
		t.Run("gives a file with a safe name", func(t *testing.T) {
			for path, want := range map[string][2]string{
				contacts: {"attachment; filename*=utf-8''%C3%89t%C3%A9%20VIP%202026%20.exe.csv", "\ufeffEmail,First name,Last name,Company,City,Partage state\r\na@example.com,,,,Orléans,subscribed\r\n"},
				entries:  {"attachment; filename=list.csv", "\ufeffAddress or domain,Reason,Note\r\nexample.org,manual,\r\n"},
			} {
				before := d.lines(t)
				status, header, body := d.get(t, http.MethodGet, path)
				if status != http.StatusOK || body != want[1] || header.Get("Content-Disposition") != want[0] {
					t.Errorf("%d %q %v", status, body, header)
				}
				if header.Get("Content-Type") != "text/csv; charset=utf-8" || header.Get("Cache-Control") != "no-store" || header.Get("Content-Length") != fmt.Sprint(len(body)) {
					t.Errorf("%v", header)
				}
				if after := d.lines(t); after != before+1 {
					t.Errorf("the history has %d lines more", after-before)
				}
			}
		})
		t.Run("refuses what is not there, not shown or not allowed, and notes nothing", func(t *testing.T) {
			before := d.lines(t)
			refused := func(method, path, want string) {
				t.Helper()
				if status, header, body := d.get(t, method, path); status != http.StatusBadRequest || method != http.MethodHead && !strings.HasPrefix(body, want) || header.Get("Content-Disposition") != "" {
					t.Errorf("%s %s: %d %s %v", method, path, status, body, header)
				}
			}
			const missing = "NOT_FOUND There is no such contact list, or it is not shared with you."
			for path, want := range map[string]string{
				"/export/contacts/list_" + list.String():                    "NOT_FOUND There is nothing",
				"/export/contacts/" + list.String() + ".csv":                missing,
				"/export/contacts/blacklist_" + blacklist.String() + ".csv": missing,
				"/export/contacts/list_" + blacklist.String() + ".csv":      missing,
				"/export/contacts/list_" + uuid.NewString() + ".csv":        missing,
				"/export/blacklist/list_" + list.String() + ".csv":          "NOT_FOUND There is no such blacklist",
				"/export/leads/list_" + list.String() + ".csv":              "NOT_FOUND There is nothing",
				"/export/contacts/": "NOT_FOUND There is nothing",
			} {
				refused(http.MethodGet, path, want)
			}
			for _, method := range []string{http.MethodPost, http.MethodHead, http.MethodPut} {
				refused(method, contacts, "NOT_FOUND There is nothing")
			}
			d.may(t, false)
			refused(http.MethodGet, contacts, "FORBIDDEN You may look at lists and not export them.")
			d.Give(t, d.Member, list, access.LevelNone)
			refused(http.MethodGet, contacts, missing)
			d.may(t, true)
			refused(http.MethodGet, contacts, missing)
			d.Give(t, d.Member, list, access.LevelView)
			d.person = t.Context()
			refused(http.MethodGet, contacts, "UNAUTHENTICATED")
			d.person = d.Member
			if after := d.lines(t); after != before {
				t.Errorf("the history has %d lines more", after-before)
			}
		})
	})
}

// TestExportThatNobodyReads holds that a file is noted before anybody has a byte of it, and gone with whoever
// does not read it.
func TestExportThatNobodyReads(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	d := setup(t, storetest.Open(t, dialect.SQLite))
	list := d.item(t, item.KindContactList, "Large")
	var file strings.Builder
	file.WriteString("Email,Note\n")
	for i := range 20_000 {
		fmt.Fprintf(&file, "%d@example.com,%s\n", i, strings.Repeat("x", 1000))
	}
	if _, err := addressbook.New(d.Feed).Import(d.Owner, list, strings.NewReader(file.String()), nil); err != nil {
		t.Fatal(err)
	}
	for range 3 { // more than a person may have open at once
		conn, err := net.Dial("tcp", strings.TrimPrefix(d.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		before := d.lines(t)
		fmt.Fprintf(conn, "GET /export/contacts/list_%s.csv HTTP/1.1\r\nHost: x\r\n\r\n", list)
		if _, err := conn.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		if d.lines(t) != before+1 {
			t.Error("the first byte came before the line of the history")
		}
		if err := conn.Close(); err != nil {
			t.Fatal(err)
		}
		<-d.done
	}
	if left, err := filepath.Glob(filepath.Join(folder, "partage-export-*")); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}
