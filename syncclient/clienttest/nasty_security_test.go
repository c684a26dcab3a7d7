package clienttest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// surroundings are cases of what stands between, of what computers do to texts and of their clocks.
func surroundings() []nasty {
	return []nasty{
		{"N32 an address is written in another way", otherPaths},
		{"N33 something between answers in the server's place", between},
		{"N36 texts that are alike, and texts that are hardly texts", texts},
		{"N38 a laptop sleeps for forty days, and its clock is wrong", sleeper},
	}
}

// otherPaths asks for the rows of a list by all spellings of its address, as nobody and as somebody who may not see it.
func otherPaths(x *trial) {
	secret := x.list("SENTINEL", rows("SENTINEL", 3))
	x.must(x.Sharing.SetAccess(x.anna.ctx, secret, x.chloe.collaborator, access.LevelNone))
	account := string(protocol.Global(protocol.KindAccount, x.account.String()))
	anna, chloe := x.As(x.LogIn(x.t, x.anna.email, password, account)), x.As(x.LogIn(x.t, x.chloe.email, password, account))
	id := string(protocol.Global(protocol.KindList, secret.String()))
	if status, _, said := anna.Do(x.t, http.MethodGet, "/sync/rows/"+id, nil); status != 200 || !strings.Contains(string(said), "SENTINEL") {
		x.t.Fatalf("Anna is told %d %s", status, said)
	}
	for _, path := range []string{
		"/sync/rows/" + id, "/sync/rows/" + id + "/", "//sync/rows/" + id, "/sync//rows/" + id, "/sync/rows//" + id, "/sync/./rows/" + id,
		"/sync/x/../rows/" + id, "/sync/%2e/rows/" + id, "/sync%2Frows%2F" + id, "/sync/rows/%2F" + id, "/SYNC/ROWS/" + id,
		"/sync/rows/" + strings.ToUpper(id), "/sync/rows/" + strings.Replace(id, "_", "%5F", 1), "/sync/rows/" + id + "%00", "/sync/rows/" + id + ";x=1",
		"/sync/rows/" + id + "?part=0,1,2", "/sync/digest/" + id, "/sync/digest/" + id + "/", "/sync/rows/" + id + "?authorization=" + anna.Token,
	} {
		for who, as := range map[string]servertest.Client{"nobody": x.As(""), "Chloé": chloe} {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
				status, header, said := as.Do(x.t, method, path, nil)
				if status == 200 && strings.HasPrefix(path, "/sync") && header.Get("Content-Type") == "application/x-ndjson" || strings.Contains(string(said), "SENTINEL") {
					x.t.Errorf("%s %s tells %s %d %s", method, path, who, status, said)
				}
			}
		}
	}
}

// between answers as proxies, captive portals and broken servers do: nothing is removed, nobody is signed out, no edit is
// taken for sent.
func between(x *trial) {
	list, d, wire := x.guests(8)
	file := d.fileOf(list)
	d.write(file, `INSERT INTO contacts (email) VALUES ('waits@example.com')`)
	d.write(file, `DELETE FROM contacts WHERE email LIKE 'one.000001%'`)
	before := strings.Join(mirrored(x.t, d.follower.Folder()), "\n")
	x.moved(x.contacts(list)[3], "Lyon") // there is something to fetch
	redirect := page(302, "text/html", "")
	redirect.header.Set("Location", x.URL+"/")
	for name, said := range map[string]*reply{
		"401 of HTML": page(401, "text/html", "<html>sign in</html>"), "401 without a type": page(401, "", ""),
		"403 of HTML": page(403, "text/html", "<html>blocked</html>"), "403 of JSON": page(403, "application/json", `{"error":"blocked"}`),
		"404 of HTML": page(404, "text/html", "<html>not here</html>"), "407": page(407, "text/plain", ""), "511": page(511, "text/html", "<html>portal</html>"),
		"200 of HTML": page(200, "text/html", "<html>welcome</html>"), "an empty list": page(200, "application/json", "[]"),
		"an empty object": page(200, "application/json", "{}"), "empty rows": page(200, "application/x-ndjson", "[]\n[]\n[]\n"),
		"nothing": page(200, "application/x-ndjson", ""), "no content": page(204, "", ""), "a redirection": redirect,
	} {
		for what, known := range map[string]func(*recorded) bool{"everything": func(*recorded) bool { return true }, "pushes": (*recorded).push} {
			wire.taking(func(r *recorded) (*reply, bool) { return said, known(r) })
			err := x.troubled(d)
			if err == nil || errors.Is(err, syncclient.ErrSignedOut) {
				x.t.Errorf("%s for %s: %v", name, what, err)
			}
			if left := d.value(file, `SELECT count(*) FROM outbox`); left != "2" {
				x.t.Errorf("%s for %s: %s edits wait", name, what, left)
			}
		}
		if now := strings.Join(mirrored(x.t, d.follower.Folder()), "\n"); strings.Count(now, "\n") != strings.Count(before, "\n") {
			x.t.Fatalf("%s: what there was\n%s\nis\n%s", name, before, now)
		}
	}
	wire.taking(nil)
	x.must(x.again(d))
	x.alike(x.chloe, d)
	x.empty(d, file)
	if got := d.value(file, `SELECT count(*) FROM contacts WHERE email = 'waits@example.com'`); got != "1" {
		x.t.Errorf("%s of what waited", got)
	}
}

// troubled syncs a desk, by a new process, until it would wait, and returns why.
func (x *trial) troubled(d *desk) error {
	x.t.Helper()
	x.must(d.follower.Close())
	d.open()
	d.mu.Lock()
	d.events = nil
	d.mu.Unlock()
	ctx, cancel := context.WithCancel(x.t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- d.follower.Sync(ctx) }()
	for {
		select {
		case err := <-ended:
			return err
		case <-d.heard:
			d.mu.Lock()
			for _, e := range d.events {
				if waiting, ok := e.(syncclient.Waiting); ok {
					d.mu.Unlock()
					cancel()
					<-ended
					return waiting.Err
				}
			}
			d.mu.Unlock()
		}
	}
}

// texts go up from one desktop and down to another: what is alike to a database is one row for both sides, and what
// comes back is what the server made of it.
func texts(x *trial) {
	list, d, _ := x.guests(2)
	file := d.fileOf(list)
	a, _ := x.tapped(x.anna)
	a.sync()
	for _, email := range []string{"ZOË@example.com", "straße@example.com", "İ@example.com", "Kelvin@example.com", "a@BÜCHER.example"} {
		x.added(list, email)
	}
	for _, email := range []string{
		"zoë@EXAMPLE.com", "Zoe\u0308@example.com", "STRASSE@example.com", "i\u0307@example.com", "kelvin@example.com",
		"a@xn--bcher-kva.example", "😀@example.com", "o'neil+\"x\"@example.com",
	} {
		d.write(file, `INSERT INTO contacts (email, first_name) VALUES (?, 'mine')`, email)
	}
	x.sinks(d)
	for _, text := range []string{
		"9007199254740993", "1e400", "0.1", "null", "\u00e9 e\u0301", "👩‍👩‍👧", "\u202eabc", "\ufeffbom", "\ufffd", "a\u2028b", "line\r\nline", "\x01\x1f", "tab\t",
		"nul\x00after", "\xff\xfe not text", "\xed\xa0\x80", strings.Repeat("é", 150), `{"a":1}`, `\u0000`, "' OR 1=1 --", "",
	} {
		d.write(file, `UPDATE contacts SET city = ?, fields = json_object('n', ?) WHERE email LIKE 'one.000001%'`, text, text)
		x.sinks(d)
	}
	for _, wrong := range []string{`{"n":9007199254740993}`, `{"n":1.0}`, `{"n":null}`, `[]`, `{"n":`} {
		db := d.file(list)
		if _, err := db.Exec(`UPDATE contacts SET fields = ?`, wrong); err == nil {
			x.t.Errorf("fields became %s", wrong)
		}
		db.Close()
	}
	d.write(file, `UPDATE contacts SET city = CAST(x'ff00fe' AS TEXT) WHERE email LIKE 'one.000000%'`)
	x.sinks(d)
	a.sync()
	x.same(x.anna, a)
	a.agrees()
	unsub := contact.StateUnsubscribed
	id := x.contacts(list)[0]
	row, err := x.Store.Client().Contact.Get(x.anna.ctx, id)
	x.must(err)
	_, err = x.Addressbook.ChangeContact(x.anna.ctx, id, row.Version, addressbook.ContactPatch{State: &unsub})
	x.must(err)
	x.sinks(d)
}

// sinks syncs a desk, which is then what the server has, with nothing that waits: what was refused is told of, and
// settled by taking the server's.
func (x *trial) sinks(d *desk) {
	x.t.Helper()
	if err := d.follower.Sync(x.t.Context()); err != nil {
		x.t.Fatalf("sync: %v", err)
	}
	x.same(x.chloe, d)
	x.empty(d)
}

// sleeper: the lease is over by its days, the server has forgotten, the session has ended, all at once; or the clock was
// ahead when the desktop last had an answer.
func sleeper(x *trial) {
	list, d, _ := x.guests(8)
	const day = 86_400_000_000
	for _, days := range []int{40, 200, -200} {
		file := d.fileOf(list)
		d.write(file, `INSERT INTO contacts (email) VALUES (?)`, fmt.Sprintf("asleep%d@example.com", days))
		x.must(d.follower.Close())
		d.write("main.db", `UPDATE mirror SET contact_at = contact_at - ?, up_to_date_at = up_to_date_at - ?`, days*day, days*day)
		d.write("main.db", `UPDATE sent SET answered_at = answered_at - ?`, days*day)
		x.moved(x.contacts(list)[1], fmt.Sprint("city ", days))
		gone := x.contacts(list)[2]
		x.must(x.Addressbook.DeleteContact(x.anna.ctx, gone))
		x.forgotten()
		x.signedOut(x.chloe)
		d.open()
		if err := d.follower.Sync(x.t.Context()); !errors.Is(err, syncclient.ErrSignedOut) {
			x.t.Fatalf("a session that has ended is told as %v", err)
		}
		if got := d.value(file, `SELECT count(*) FROM contacts WHERE id = ?`, gone.String()); got != "1" {
			x.t.Error("it was not as it had been")
		}
		x.must(d.follower.Close())
		var err error
		d.login, err = d.client.Login(x.t.Context(), x.chloe.email, password)
		x.must(err)
		d.login, d.account, err = d.client.Renew(x.t.Context(), d.login, d.account)
		x.must(err)
		d.open()
		x.alike(x.chloe, d)
		x.empty(d, d.fileOf(list))
		for _, e := range d.events {
			switch e.(type) {
			case syncclient.Locked, syncclient.Erased:
				x.t.Errorf("%d days: %T", days, e)
			}
		}
	}
	if got := d.value(d.fileOf(list), `SELECT count(*) FROM contacts WHERE email LIKE 'asleep%'`); got != "3" {
		x.t.Errorf("%s of what was written arrived", got)
	}
}

// signedOut ends all sessions of a person's desks.
func (x *trial) signedOut(p person) {
	x.t.Helper()
	all, err := x.Identity.Sessions(p.ctx)
	x.must(err)
	for _, one := range all {
		if one.Device == "test" {
			x.must(x.Identity.EndSession(p.ctx, one.ID))
		}
	}
}
