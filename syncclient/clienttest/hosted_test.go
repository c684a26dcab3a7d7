package clienttest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient/internal/hosted"
)

// host is a program that follows an account in its own process.
type host struct {
	t       *testing.T
	config  []byte
	account *hosted.Account
}

// said is any answer or event.
type said struct {
	OK      bool
	Error   struct{ Code, Message string }
	Row     string
	Control string
	Folder  string
	Event   string
	Code    string
	Status  struct {
		Edits, Attention int
		Control          string
	}
}

func (w *world) host(p person) *host {
	w.tb.Helper()
	t := w.tb.(*testing.T)
	h := &host{t: t, config: fmt.Appendf(nil, `{"server":%q,"data":%q,"device":"host","credentials":"files"}`, w.URL, t.TempDir())}
	h.must(hosted.Login(t.Context(), h.config, p.email, password))
	h.open()
	t.Cleanup(func() { h.account.Close() })
	return h
}

func (h *host) open() {
	h.t.Helper()
	account, answer := hosted.Open(h.t.Context(), h.config)
	h.must(answer)
	h.account = account
}

func (h *host) must(answer []byte) said {
	h.t.Helper()
	s := h.read(answer)
	if !s.OK {
		h.t.Fatalf("got %s", answer)
	}
	return s
}

func (h *host) read(line []byte) (s said) {
	h.t.Helper()
	if err := json.Unmarshal(line, &s); err != nil {
		h.t.Fatalf("%v in %q", err, line)
	}
	return s
}

// ask asks for what must be done.
func (h *host) ask(format string, args ...any) said {
	h.t.Helper()
	return h.must(h.account.Ask(fmt.Appendf(nil, `{"id":1,"do":`+format+`}`, args...)))
}

// refused asks for what must fail with a code and a sentence.
func (h *host) refused(code, part, format string, args ...any) {
	h.t.Helper()
	answer := h.account.Ask(fmt.Appendf(nil, `{"id":1,"do":`+format+`}`, args...))
	if s := h.read(answer); s.OK || s.Error.Code != code || !strings.Contains(s.Error.Message, part) {
		h.t.Errorf("got %s, not %s: %s", answer, code, part)
	}
}

// until takes events up to one.
func (h *host) until(event string) said {
	h.t.Helper()
	for {
		line := h.account.Next(-1)
		if line == nil {
			h.t.Fatalf("it ended without %s", event)
		}
		if s := h.read(line); s.Event == event {
			return s
		}
	}
}

// TestHosted follows accounts in the host's own process.
func TestHosted(t *testing.T) {
	w := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
	list := w.list("customers", rows("one", 5))
	t.Run("edits what SQL edits, and says why it does not", func(t *testing.T) {
		w.tb = t
		h := w.host(w.anna)
		h.ask(`"sync"`)
		reader := w.desk(w.anna)
		reader.sync()
		contact := func(n int) string {
			return reader.value(reader.fileOf(list), `SELECT id FROM contacts ORDER BY email LIMIT 1 OFFSET ?`, n)
		}
		id := contact(1)
		made := h.ask(`"edit","op":"create","kind":"contact","item":%q,"set":{"email":"zoe@example.com","fields":{"pays":"FR"}}`, list).Row
		h.ask(`"edit","op":"change","kind":"contact","item":%q,"row":%q,"set":{"city":"Liège","fields":{"vip":"yes"}}`, list, id)
		h.ask(`"edit","op":"delete","kind":"contact","item":%q,"row":%q`, list, contact(2))
		given := uuid.Must(uuid.NewV7()).String()
		if got := h.ask(`"edit","op":"create","kind":"template","row":%q,"set":{"name":"Plain","body":"<p>Hi</p>"}`, given).Row; got != given {
			t.Errorf("its id is %s, not %s", got, given)
		}
		h.ask(`"edit","op":"change","kind":"list","row":%q,"set":{"description":"all of them","archived_at":1}`, list)
		h.ask(`"edit","op":"change","kind":"list","row":%q,"set":{"archived_at":null}`, list)

		h.refused("REFUSED", "version", `"edit","op":"change","kind":"list","row":%q,"set":{"description":"x","version":null}`, list)
		h.refused("REFUSED", "no column", `"edit","op":"change","kind":"list","row":%q,"set":{"colour":"red"}`, list)
		h.refused("REFUSED", "contacts:", `"edit","op":"create","kind":"contact","item":%q,"set":{"city":"Paris"}`, list)
		h.refused("REFUSED", "this id is taken", `"edit","op":"create","kind":"template","row":%q,"set":{"name":"Plain"}`, given)
		h.refused("NOT_FOUND", "no such contact", `"edit","op":"change","kind":"contact","item":%q,"row":%q,"set":{"city":"x"}`, list, given)
		h.refused("NOT_FOUND", "no such contact", `"edit","op":"delete","kind":"contact","item":%q,"row":%q`, given, id)
		h.refused("NOT_FOUND", "no such campaign", `"edit","op":"delete","kind":"campaign","row":%q`, given)

		h.ask(`"sync"`)
		if s := h.ask(`"status"`).Status; s.Edits != 0 || s.Attention != 0 || s.Control != "" {
			t.Fatalf("%d edits are left, %d need an eye, it listens at %q", s.Edits, s.Attention, s.Control)
		}
		d := reader
		d.sync()
		for query, want := range map[string]string{
			`SELECT email || fields FROM contacts WHERE id = '` + made + `'`: `zoe@example.com{"pays":"FR"}`,
			`SELECT city || fields FROM contacts WHERE id = '` + id + `'`:    `Liège{"vip":"yes"}`,
			`SELECT count(*) FROM contacts`:                                  "5",
		} {
			if got := d.value(d.fileOf(list), query); got != want {
				t.Errorf("%s: %s, not %s", query, got, want)
			}
		}
		if got := d.value("main.db", `SELECT t.body || l.description || ifnull(l.archived_at, '') FROM templates t, contact_lists l WHERE t.id = ?`, given); got != "<p>Hi</p>all of them" {
			t.Errorf("there is %q", got)
		}
	})
	t.Run("begins another session where the account's has ended, and says where it cannot", func(t *testing.T) {
		w.tb = t
		h := w.host(w.chloe)
		h.until("started")
		h.until("upToDate")
		for _, last := range []bool{false, false, true} {
			all, err := w.Identity.Sessions(w.chloe.ctx)
			must(t, err)
			for _, one := range all {
				if one.Device == "host" && (last || one.Account != uuid.Nil) {
					must(t, w.Identity.EndSession(w.chloe.ctx, one.ID))
				}
			}
			if !last {
				h.until("started")
				h.until("upToDate")
			}
		}
		if e := h.until("ended"); e.Code != "SIGNED_OUT" {
			t.Fatalf("got %+v", e)
		}
		if line := h.account.Next(-1); line != nil {
			t.Fatalf("got %s", line)
		}
		h.ask(`"status"`)
		h.refused("STOPPED", "", `"sync"`)
		h.account.Close()
		h.must(hosted.Login(t.Context(), h.config, w.chloe.email, password))
		h.open()
		h.until("upToDate")
		h.ask(`"sync"`)
	})
	t.Run("follows accounts of two servers at once", func(t *testing.T) {
		w.tb = t
		other := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
		there := other.list("elsewhere", rows("two", 3))
		one, two := w.host(w.anna), other.host(other.anna)
		two.ask(`"sync"`)
		one.ask(`"pause"`)
		id := two.ask(`"edit","op":"create","kind":"contact","item":%q,"set":{"email":"zoe@example.com"}`, there).Row
		two.ask(`"sync"`)
		one.refused("PAUSED", "paused", `"sync"`)
		one.account.Close()
		two.ask(`"edit","op":"delete","kind":"contact","item":%q,"row":%q`, there, id)
		two.ask(`"sync"`)
	})
	t.Run("keeps as much of the disk free as the host says", func(t *testing.T) {
		w.tb = t
		large := w.list("large", rows("many", 25_000))
		h := w.host(w.anna)
		h.account.Close()
		h.config = bytes.Replace(h.config, []byte("{"), []byte(`{"reserve":1000000000,`), 1)
		h.open()
		h.until("heldBack")
		h.ask(`"drop","item":%q`, large)
		h.refused("NO_ROOM", "the disk is short", `"keep","item":%q`, large)
	})
	t.Run("says of whom and where it does not know", func(t *testing.T) {
		w.tb = t
		h := w.host(w.anna)
		for config, code := range map[string]string{
			fmt.Sprintf(`{"data":%q}`, t.TempDir()):                                           "SIGNED_OUT",
			strings.Replace(string(h.config), `{`, `{"email":"nobody@example.com",`, 1):       "SIGNED_OUT",
			strings.Replace(string(h.config), `{`, `{"account":"Atelier",`, 1):                "NOT_FOUND",
			`{"server":"http://mail.example.com"}`:                                            "FAILED",
			`{"credentials":"vault"}`:                                                         "BAD_REQUEST",
			`{"data":"` + os.Args[0] + `/below"}`:                                             "FAILED", // a file is no folder
			`{} {}`:                                                                           "BAD_REQUEST",
			strings.Replace(string(h.config), `{`, `{"email":"ANNA@example.com",`, 1):         "IN_USE",
			strings.Replace(string(h.config), `{`, `{"account":"`+w.account.String()+`",`, 1): "IN_USE",
		} {
			account, answer := hosted.Open(t.Context(), []byte(config))
			if s := h.read(answer); account != nil || s.OK || s.Error.Code != code || s.Control != "" {
				t.Errorf("got %s for %s, not %s", answer, config, code)
			}
		}
		if s := h.read(hosted.Login(t.Context(), h.config, w.anna.email, "wrong")); s.OK || !strings.Contains(s.Error.Message, "password") {
			t.Errorf("got %+v", s)
		}
		down := fmt.Appendf(nil, `{"server":"http://127.0.0.1:1","data":%q,"credentials":"files"}`, filepath.Join(t.TempDir(), "x"))
		if s := h.read(hosted.Login(t.Context(), down, w.anna.email, password)); s.Error.Code != "SERVER" {
			t.Errorf("got %+v", s)
		}
	})
}
