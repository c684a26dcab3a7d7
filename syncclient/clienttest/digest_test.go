package clienttest

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/syncclient"
)

// agrees fails unless the whole mirror adds up to what the server says, row by row, and unless it always has.
func (d *desk) agrees() {
	d.tb.Helper()
	for _, c := range d.verify(false) {
		if !c.Same() {
			d.tb.Errorf("%s %q differs from the server in %d parts: %v here and %v there, %v", c.Kind, c.Name, c.Parts, c.Here, c.There, c.Err)
		}
	}
	if told := d.diverged(); len(told) > 0 {
		d.tb.Errorf("it was repaired: %+v", told)
	}
}

func (d *desk) verify(repair bool) []syncclient.Compared {
	d.tb.Helper()
	all, err := d.follower.Verify(context.Background(), repair)
	must(d.tb, err)
	return all
}

// diverged returns what was told of differences, and forgets it.
func (d *desk) diverged() (told []syncclient.Diverged) {
	d.mu.Lock()
	defer d.mu.Unlock()
	rest := d.events[:0]
	for _, e := range d.events {
		if difference, ok := e.(syncclient.Diverged); ok {
			told = append(told, difference)
		} else {
			rest = append(rest, e)
		}
	}
	d.events = rest
	return told
}

// file opens the file of a list's rows behind the follower's back.
func (d *desk) file(list uuid.UUID) *sql.DB {
	d.tb.Helper()
	s, err := d.client.Status(context.Background(), d.login, d.account)
	must(d.tb, err)
	for _, l := range append(append(s.Lists, s.Blacklists...), s.Leads...) {
		if l.ID == list.String() {
			db, err := sql.Open("sqlite3", "file:"+filepath.Join(s.Folder, filepath.FromSlash(l.File))+"?_busy_timeout=5000")
			must(d.tb, err)
			d.tb.Cleanup(func() { db.Close() })
			return db
		}
	}
	d.tb.Fatalf("there is no list %s", list)
	return nil
}

// damage does something to a file of rows.
func (d *desk) damage(list uuid.UUID, statements ...string) {
	d.tb.Helper()
	db := d.file(list)
	defer db.Close()
	for _, statement := range statements {
		result, err := db.Exec(statement)
		must(d.tb, err)
		if n, _ := result.RowsAffected(); n != 1 {
			d.tb.Fatalf("%s: %d rows", statement, n)
		}
	}
}

// damages are what can happen to a row of a contact list, and how many parts of it that can concern.
func damages() map[string]string {
	const some = `(SELECT id FROM server_contacts ORDER BY id LIMIT 1 OFFSET 40)`
	return map[string]string{
		"a text was flipped":       `UPDATE server_contacts SET city = city || 'x' WHERE id = ` + some,
		"a text moved by a column": `UPDATE server_contacts SET first_name = '', last_name = first_name || last_name WHERE id = ` + some,
		"a number was flipped":     `UPDATE server_contacts SET changed_at = changed_at + 1 WHERE id = ` + some,
		"an old version is left":   `UPDATE server_contacts SET version = version - 1 WHERE id = ` + some,
		"a row is missing":         `DELETE FROM server_contacts WHERE id = ` + some,
		"a row is there twice": `INSERT INTO server_contacts SELECT '00' || substr(id, 3), email, first_name, last_name, company, city, fields,
			state, version, created_at, changed_at, walk FROM server_contacts WHERE id = ` + some,
		"a row is too many": `INSERT INTO server_contacts VALUES ('0193e3a6-5f6b-7cc0-8f51-2d1f0a9c7b11', 'a@example.com', '', '', '', '', '{}', 'subscribed', 1, 1, 1, 1)`,
	}
}

// TestDigest is I13: what is up to date adds up to what the server says, after any history of its writers, to whoever
// looks; what is not is found, and mended by the parts that differ alone.
func TestDigest(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("guests", rows("mark", 300))
		d := w.desk(w.chloe)
		d.agrees()
		t.Run("is the same after any history", func(t *testing.T) {
			for seed := range uint64(8) {
				h := newHistory(w, list, seed)
				for range 6 {
					for range 1 + h.rand.IntN(4) {
						h.step()
					}
					must(t, d.follower.Close()) // a program that runs would begin the same walk twice only after a minute
					d.open()
					d.sync()
				}
				if d.agrees(); t.Failed() {
					t.Fatalf("seed %d: %v", seed, h.done)
				}
			}
			must(t, w.Sharing.SetAccess(w.anna.ctx, list, w.chloe.collaborator, access.LevelEdit))
			must(t, d.follower.Close())
			d.open()
			d.sync()
		})
		for what, statement := range damages() {
			t.Run("shows that "+what, func(t *testing.T) {
				d.damage(list, statement)
				if differing := unlike(d.verify(false)); len(differing) != 1 || differing[0].ID != list.String() || differing[0].Parts != 1 {
					t.Fatalf("found %+v", differing)
				}
				differing := unlike(d.verify(true))
				told := d.diverged()
				if len(differing) != 1 || !differing[0].Repaired || len(told) != 1 || told[0].Parts != 1 || told[0].Rows > 20 {
					t.Fatalf("repaired %+v, told %+v", differing, told)
				}
				w.same(w.chloe, d)
				d.agrees()
			})
		}
		t.Run("mends the workspace", func(t *testing.T) {
			s, err := d.client.Status(t.Context(), d.login, d.account)
			must(t, err)
			db, err := sql.Open("sqlite3", "file:"+filepath.Join(s.Folder, "main.db")+"?_busy_timeout=5000")
			must(t, err)
			defer db.Close()
			_, err = db.Exec(`UPDATE server_contact_lists SET my_level = 'view' WHERE id = ?`, list.String())
			must(t, err)
			if differing := unlike(d.verify(false)); len(differing) != 1 || differing[0].Kind != "lists" {
				t.Fatalf("found %+v", differing)
			}
			if differing := unlike(d.verify(true)); len(differing) != 1 || !differing[0].Repaired {
				t.Fatalf("repaired %+v", differing)
			}
			d.diverged()
			w.same(w.chloe, d)
			// The follower finds it by itself once a day.
			_, err = db.Exec(`DELETE FROM server_collaborators WHERE id = (SELECT collaborator FROM mirror); UPDATE mirror SET verified_at = 1`)
			must(t, err)
			must(t, d.follower.Close())
			d.open()
			d.sync()
			if told := d.diverged(); len(told) != 1 || told[0].Name != "" {
				t.Errorf("told %+v", told)
			}
			w.same(w.chloe, d)
			d.agrees()
		})
	})
}

func unlike(all []syncclient.Compared) (differing []syncclient.Compared) {
	for _, c := range all {
		if !c.Same() {
			differing = append(differing, c)
		}
	}
	return differing
}

// TestDiverged has a list differ while it is followed.
func TestDiverged(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("guests", rows("mark", 300))
		other := w.list("others", rows("other", 10))
		d := w.desk(w.chloe)
		d.sync()
		change := func() {
			_, err := w.Addressbook.CreateContact(w.anna.ctx, list, addressbook.ContactPatch{Email: ptr(uuid.NewString() + "@example.com")})
			must(t, err)
		}
		// A change that was missed, and not noticed by what was noted since.
		const missed = `UPDATE server_contacts SET city = 'missed' WHERE id = (SELECT max(id) FROM server_contacts)`
		t.Run("and is mended with the next change", func(t *testing.T) {
			d.damage(list, missed, `UPDATE bucket SET digest = ''`)
			change()
			d.sync()
			if told := d.diverged(); len(told) != 1 || told[0].Parts != 1 || told[0].Rows > 20 || told[0].Err != nil {
				t.Errorf("told %+v", told)
			}
			w.same(w.chloe, d)
			d.agrees()
		})
		t.Run("and soon again, and is compared from the start", func(t *testing.T) {
			d.damage(list, missed, `UPDATE bucket SET digest = ''`)
			change()
			d.sync()
			if told := d.diverged(); len(told) != 1 || told[0].Err == nil || told[0].Rows != 0 {
				t.Errorf("told %+v", told)
			}
			w.same(w.chloe, d)
			d.agrees()
		})
		t.Run("in nothing but what was noted", func(t *testing.T) {
			d.damage(other, `UPDATE bucket SET digest = '10:00000000000000000000000000000000'`)
			_, err := w.Addressbook.CreateContact(w.anna.ctx, other, addressbook.ContactPatch{Email: ptr("x@example.com")})
			must(t, err)
			d.sync()
			w.same(w.chloe, d)
			d.agrees()
		})
		t.Run("since the server does not know its own rows", func(t *testing.T) {
			add := func(n int) {
				must(t, w.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
					_, err := tx.ExecContext(ctx, store.Rebind(w.Store.Dialect(), `UPDATE items SET rows_digest_b = rows_digest_b + ? WHERE id = ?`), n, other)
					return err
				}))
			}
			add(1)
			fresh := w.desk(w.anna)
			fresh.sync()
			if told := fresh.diverged(); len(told) != 1 || told[0].Err == nil || told[0].Parts != 0 {
				t.Errorf("told %+v", told)
			}
			w.same(w.anna, fresh)
			add(-1)
			fresh.agrees()
		})
	})
}

// TestDigestOfLeads holds the mirror of somebody who sees a part of the leads against that part.
func TestDigestOfLeads(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		must(t, w.memberLeads(account.MemberLeadsOwn))
		spring := w.campaign("spring")
		for i := range 60 {
			w.receive(spring, []uuid.UUID{w.anna.collaborator, w.chloe.collaborator, uuid.Nil}[i%3])
		}
		anna, chloe := w.desk(w.anna), w.desk(w.chloe)
		anna.agrees()
		chloe.agrees()
		for _, statement := range []string{
			`UPDATE server_leads SET notes = 'flipped' WHERE id = (SELECT min(id) FROM server_leads)`,
			`UPDATE server_leads SET assigned_at = NULL WHERE id = (SELECT min(id) FROM server_leads)`,
			`DELETE FROM server_leads WHERE id = (SELECT min(id) FROM server_leads)`,
		} {
			chloe.damage(spring, statement)
			differing := unlike(chloe.verify(true))
			told := chloe.diverged()
			if len(differing) != 1 || !differing[0].Repaired || differing[0].There.Count != 20 || len(told) != 1 || told[0].Parts != 1 || told[0].Rows > 5 {
				t.Fatalf("repaired %+v, told %+v", differing, told)
			}
			w.same(w.chloe, chloe)
		}
		// A lead of somebody else's, put there, goes.
		chloe.damage(spring, `INSERT INTO server_leads SELECT '00' || substr(id, 3), NULL, NULL, email, name, phone, source, fields, state, notes,
			version, created_at, changed_at, walk FROM server_leads ORDER BY id LIMIT 1`)
		if differing := unlike(chloe.verify(true)); len(differing) != 1 || !differing[0].Repaired {
			t.Fatalf("repaired %+v", differing)
		}
		chloe.diverged()
		w.same(w.chloe, chloe)
		chloe.agrees()
		anna.agrees()
	})
}

// TestRevokedRepair takes a list away between the question for its digest and that for its parts.
func TestRevokedRepair(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("guests", rows("mark", 300))
		w.list("others", rows("other", 10))
		to, err := url.Parse(s.URL)
		must(t, err)
		var once sync.Once
		proxy := httputil.NewSingleHostReverseProxy(to)
		between := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if r.FormValue("part") != "" {
				once.Do(func() {
					if err := w.Sharing.SetAccess(w.anna.ctx, list, w.chloe.collaborator, access.LevelNone); err != nil {
						t.Error(err)
					}
				})
			}
			proxy.ServeHTTP(rw, r)
		}))
		defer between.Close()
		far := *w
		far.Server = &servertest.Server{App: s.App, URL: between.URL}
		d := far.desk(w.chloe)
		d.sync()
		d.damage(list, `UPDATE server_contacts SET city = 'SENTINEL' WHERE id = (SELECT max(id) FROM server_contacts)`, `UPDATE bucket SET digest = ''`)
		_, err = w.Addressbook.CreateContact(w.anna.ctx, list, addressbook.ContactPatch{Email: ptr("x@example.com")})
		must(t, err)
		d.sync()
		w.same(w.chloe, d)
		if told := d.diverged(); len(told) != 1 || told[0].Rows != 0 {
			t.Errorf("told %+v", told)
		}
		if found := servertest.Scan(t, d.follower.Folder(), "SENTINEL", "mark."); len(found) > 0 {
			t.Errorf("left: %v", found)
		}
		d.agrees()
	})
}
