package clienttest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// listed returns what Lists says of one list.
func (d *desk) listed(id uuid.UUID) syncclient.List {
	d.tb.Helper()
	all, err := d.client.Lists(context.Background(), d.login, d.account)
	must(d.tb, err)
	i := slices.IndexFunc(all, func(l syncclient.List) bool { return l.ID == id.String() })
	if i < 0 {
		d.tb.Fatalf("no such list among %v", all)
	}
	return all[i]
}

func (d *desk) drop(id uuid.UUID) error {
	_, err := d.client.Drop(context.Background(), d.login, d.account, id.String())
	return err
}

func (d *desk) keep(id uuid.UUID) error {
	return d.client.Keep(context.Background(), d.login, d.account, id.String())
}

// without fails unless the mirror is up to date, and has nothing of a list but its name.
func (d *desk) without(id uuid.UUID) {
	d.tb.Helper()
	const upToDate = `SELECT walking = 0 AND NOT EXISTS (SELECT 1 FROM buckets WHERE reached <> state) FROM mirror`
	if got := d.value("main.db", upToDate); got != "1" {
		d.tb.Errorf("up to date: %s", got)
	}
	row := d.value("main.db", `SELECT kept || complete || coalesce(file, '-') FROM (SELECT id, kept, complete, file FROM contact_lists
		UNION ALL SELECT id, kept, complete, file FROM blacklists UNION ALL SELECT id, kept, complete, file FROM campaigns) WHERE id = ?`, id.String())
	if row != "00-" {
		d.tb.Errorf("the list is %s", row)
	}
	s, err := d.client.Status(context.Background(), d.login, d.account)
	must(d.tb, err)
	if s.Behind != 0 {
		d.tb.Errorf("%d lists are behind", s.Behind)
	}
}

// chosenFor knows the event that a choice was carried out.
func chosenFor(id uuid.UUID) func(syncclient.Event) bool {
	return func(e syncclient.Event) bool {
		c, ok := e.(syncclient.Changed)
		return ok && c.Item == id.String() && c.Many
	}
}

// TestChoice: a person chooses which lists are kept on a desktop, before the first fill and later.
func TestChoice(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		big, small := w.list("large", rows("mark", large)), w.list("small", rows("few", 50))
		t.Run("before anything is fetched", func(t *testing.T) {
			p := newProxy(t, w.URL)
			d := w.signedIn(w.chloe, syncclient.Config{Server: p.URL, Data: t.TempDir()})
			if l := d.listed(big); l.Rows != large || l.Bytes < large*100 || !l.Kept || l.Complete || l.BytesHere != 0 {
				t.Errorf("before: %+v", l)
			}
			must(t, d.keep(big))
			if _, err := d.client.Status(t.Context(), d.login, d.account); !errors.Is(err, mirror.ErrNone) {
				t.Fatalf("a copy was made: %v", err)
			}
			must(t, d.drop(big))
			if l := d.listed(big); l.Kept {
				t.Errorf("chosen: %+v", l)
			}
			d.open()
			d.sync()
			d.without(big)
			if images, pages := p.asked(big); images+pages > 0 {
				t.Errorf("asked %d times for the file and %d times for rows", images, pages)
			}
			d.agrees() // the workspace's sum has all buckets, kept or not
			t.Run("while others change it", func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				ended := d.follow(ctx)
				at := d.await(0, isConnected)
				_, err := w.Addressbook.CreateContact(w.anna.ctx, small, addressbook.ContactPatch{Email: ptr("seen@example.com")})
				must(t, err)
				_, err = w.Addressbook.CreateContact(w.anna.ctx, big, addressbook.ContactPatch{Email: ptr("unseen@example.com")})
				must(t, err)
				d.await(at, func(e syncclient.Event) bool {
					c, ok := e.(syncclient.Changed)
					return ok && c.Kind == protocol.KindList && slices.Contains(c.IDs, big.String())
				})
				cancel()
				must(t, <-ended)
				d.sync()
				d.without(big)
				if l := d.listed(big); l.Rows != large+1 {
					t.Errorf("it has %d rows", l.Rows)
				}
			})
			t.Run("and again, to be kept", func(t *testing.T) {
				must(t, d.keep(big))
				d.sync()
				w.same(w.chloe, d)
				d.agrees()
				if l := d.listed(big); !l.Kept || !l.Complete || l.BytesHere < l.Bytes*3/4 || l.BytesHere > l.Bytes*5/4 {
					t.Errorf("it is %+v", l)
				}
			})
			if images, pages := p.asked(big); images+pages == 0 {
				t.Error("it came from nowhere")
			}
		})
		t.Run("while it is followed, and in the midst of the first fill", func(t *testing.T) {
			p := newProxy(t, w.URL, 100_000)
			d := w.signedIn(w.chloe, syncclient.Config{Server: p.URL, Data: t.TempDir()})
			dropped := false
			d.watch = func(e syncclient.Event) {
				if page, ok := e.(syncclient.RowsPage); ok && page.Item == big.String() && !dropped {
					dropped = true
					must(t, d.drop(big))
				}
			}
			d.open()
			ctx, cancel := context.WithCancel(t.Context())
			ended := d.follow(ctx)
			d.await(d.await(0, chosenFor(big)), isUpToDate)
			cancel()
			must(t, <-ended)
			d.sync()
			d.without(big)
			for _, name := range servertest.Scan(t, d.follower.Folder(), "mark.000007@", "mark company") {
				t.Errorf("%s has rows of it", name)
			}
			if names, err := os.ReadDir(d.follower.Folder() + "/lists"); err != nil || strings.Contains(fmt.Sprint(names), ".part") {
				t.Errorf("left of it: %v, %v", names, err)
			}
			must(t, d.keep(big))
			d.sync()
			w.same(w.chloe, d)
			t.Run("with the file that programs have open", func(t *testing.T) {
				file := d.fileOf(big)
				open, err := sql.Open("sqlite3", "file:"+filepath.Join(d.follower.Folder(), filepath.FromSlash(file))+"?mode=rw&_busy_timeout=5000")
				must(t, err)
				defer open.Close()
				must(t, open.Ping())
				must(t, d.drop(big))
				d.sync()
				if _, err := os.Stat(d.follower.Folder() + "/" + file); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("its file is there: %v", err)
				}
				if _, err := open.Exec(`INSERT INTO contacts (email) VALUES ('late@example.com')`); err == nil || !strings.Contains(err.Error(), "not kept") {
					t.Errorf("an edit after that: %v", err)
				}
				d.without(big)
			})
		})
		t.Run("and is taken away and given back", func(t *testing.T) {
			p := newProxy(t, w.URL)
			d := w.deskVia(w.chloe, t.TempDir(), p.URL)
			d.sync()
			d.sync()
			n, before := p.holds(small, 0)
			if n == 0 {
				t.Error("it was not named as held")
			}
			must(t, d.drop(small))
			d.sync()
			_, before = p.holds(small, before) // the pull before it was carried out
			d.sync()
			if n, all := p.holds(small, before); n > 0 || all == before {
				t.Errorf("it was named as held in %d of %d queries", n, all-before)
			}
			d.without(small)
			must(t, w.Sharing.SetAudience(w.anna.ctx, small, item.AudienceRestricted))
			d.sync()
			if got := d.value("main.db", `SELECT count(*) FROM choices`); got != "0" {
				t.Errorf("choices that are left: %s", got)
			}
			if err := d.drop(small); !errors.Is(err, mirror.ErrGone) {
				t.Errorf("drop: %v", err)
			}
			must(t, w.Sharing.SetAudience(w.anna.ctx, small, item.AudienceEveryone))
			d.sync()
			w.same(w.chloe, d)
		})
	})
}

// TestChoiceWithEdits: nothing that somebody wrote goes with a list that is not kept.
func TestChoiceWithEdits(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("customers", rows("one", 5))
		campaign := w.campaign("Spring")
		d := w.desk(w.anna)
		d.sync()
		file := d.fileOf(list)
		d.write(file, `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'one.000001@%'`)
		if err := d.drop(list); !errors.Is(err, mirror.ErrUnsent) {
			t.Fatalf("with an edit that was not sent: %v", err)
		}
		d.sync()
		d.write(file, `INSERT INTO contacts (email) VALUES ('nonsense')`)
		d.sync()
		if err := d.drop(list); !errors.Is(err, mirror.ErrUndecided) || len(d.attention()) != 1 {
			t.Fatalf("with one that was refused: %v, %v", err, d.attention())
		}
		d.decide(d.attention()[0].Key, mirror.Theirs)
		d.sync()
		must(t, d.client.Editor(d.login, d.account).Drop(t.Context(), list.String()))
		d.write(file, `INSERT INTO contacts (email) VALUES ('nonsense')`) // before it is carried out
		at := d.count(func(syncclient.Event) bool { return true })
		d.sync()
		d.await(at, chosenFor(list)) // it is taken back, and that is told
		if l := d.listed(list); !l.Kept || !l.Complete {
			t.Errorf("after an edit that was refused in between: %+v", l)
		}
		d.decide(d.attention()[0].Key, mirror.Theirs)
		must(t, d.drop(list))
		d.sync()
		d.without(list)

		editor := d.client.Editor(d.login, d.account)
		if _, err := editor.Create(t.Context(), protocol.KindContact, list.String(), map[string]any{"email": "x@example.com"}); !errors.Is(err, mirror.ErrNotKept) {
			t.Errorf("an edit of a row: %v", err)
		}
		// The list itself can be edited, and named.
		must(t, editor.Change(t.Context(), protocol.KindList, "", list.String(), map[string]any{"name": "clients"}))
		d.write("main.db", `INSERT INTO campaign_lists (campaign, list) VALUES (?, ?)`, campaign.String(), list.String())
		d.sync()
		d.without(list)
		must(t, d.keep(list))
		d.sync()
		w.same(w.anna, d)
		if got := d.value("main.db", `SELECT name FROM campaign_lists JOIN contact_lists ON id = list`); got != "clients" {
			t.Errorf("the campaign goes to %s", got)
		}
		if got := d.value(d.fileOf(list), `SELECT city FROM contacts WHERE email LIKE 'one.000001@%'`); got != "Lyon" {
			t.Errorf("the city is %s", got)
		}
	})
}

// TestShortDisk: what would leave too little of the disk is held back, and the rest comes.
func TestShortDisk(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		big := w.list("large", rows("mark", large))
		small := w.list("small", rows("few", 50))
		data := t.TempDir()
		d := w.signedIn(w.chloe, syncclient.Config{Server: w.URL, Data: data, Reserve: 1 << 60})
		d.open()
		var short *mirror.NoRoomError
		if err := d.follower.Sync(t.Context()); !errors.As(err, &short) || short.Needed < large*100 || short.Free != 0 {
			t.Fatalf("sync: %v", err)
		}
		if got := d.value("main.db", `SELECT group_concat(name) FROM contact_lists WHERE complete = 1`); got != "small" {
			t.Errorf("complete are %s", got)
		}
		held := d.count(func(e syncclient.Event) bool {
			h, ok := e.(syncclient.HeldBack)
			return ok && h.Name == "large" && errors.Is(h.Err, mirror.ErrNoRoom)
		})
		if held != 1 {
			t.Errorf("told of it %d times", held)
		}
		must(t, d.keep(big)) // as it is already
		must(t, d.drop(small))
		must(t, d.keep(small)) // which is not large
		must(t, d.drop(big))
		must(t, d.follower.Sync(t.Context()))
		if err := d.keep(big); !errors.Is(err, mirror.ErrNoRoom) || !strings.Contains(err.Error(), "MB") {
			t.Errorf("keep: %v", err)
		}
		d.without(big)
		must(t, d.follower.Close())

		d = w.signedIn(w.chloe, syncclient.Config{Server: w.URL, Data: data})
		must(t, d.keep(big))
		d.open()
		d.sync()
		w.same(w.chloe, d)
	})
}
