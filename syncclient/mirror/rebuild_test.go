package mirror

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestRebuild: a main.db that is lost is made anew, and nothing that people wrote is lost with it.
func TestRebuild(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	// told has the server tell of the list once more, after everything begins anew.
	told := func(t *testing.T, m *Mirror, b Bucket) {
		t.Helper()
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "list "+b.ID)}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s2", 3)}})
	}
	t.Run("at the next start, where it is no database any more", func(t *testing.T) {
		m, _, b, _, list := setupEdits(t)
		file := fileOf(t, m, b)
		run(t, list, `UPDATE contacts SET city = 'Paris' WHERE email LIKE 'sentinel0-%'`)
		must(t, m.Close())
		must(t, os.WriteFile(m.mainPath(), []byte(strings.Repeat("not a database ", 1000)), 0o600))
		again := mustOpen(t, m.Dir())
		defer again.Close()
		losses := again.Losses()
		if len(losses) != 1 || losses[0].Name != mainFile || !errors.Is(losses[0].Why, ErrFileDamaged) {
			t.Fatal(losses)
		}
		same(t, outgoing(t, again)) // its list is not told of yet
		told(t, again, b)
		if at, err := again.RowsPosition(ctx, b); err != nil || at.Cursor != "r1" || fileOf(t, again, b) != file {
			t.Fatal(at, err)
		}
		same(t, outgoing(t, again), `1 change contact base 1 mine [] {"city":"Paris"}`)
	})
	t.Run("with what was written in it, where it was removed under way", func(t *testing.T) {
		m, campaign, b, main, list := setupEdits(t)
		run(t, list, `UPDATE contacts SET city = 'refused' WHERE email LIKE 'sentinel0-%'`)
		m.edited[b.ID] = b
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Refused, Code: protocol.Forbidden})
		run(t, main, `UPDATE campaigns SET subject = 'New'`)
		replica, err := m.Replica(ctx)
		must(t, err)
		must(t, main.Close())
		must(t, unlink(m.mainPath()))
		if err := m.Look(ctx); !errors.Is(err, ErrRemoved) {
			t.Fatal(err)
		}
		must(t, m.Rebuild(ctx))
		if after, err := m.Replica(ctx); err != nil || after == replica {
			t.Errorf("the replica is still %s, %v", after, err)
		}
		same(t, outgoing(t, m), `1 change campaign base 4 mine [] {"subject":"New"}`)
		if all, err := Edit(m.Dir()).Attention(ctx); err != nil || len(all) != 1 || !strings.Contains(string(all[0].Mine), "refused") {
			t.Errorf("%+v, %v", all, err)
		}
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{campaignItem(campaign, "Spring", "edit", 4)}})
		if got := ask(t, program(t, m, mainFile), `SELECT subject FROM campaigns`); got != "New" {
			t.Errorf("subject %s", got)
		}
	})
	t.Run("to the end, where a process was killed before the new one was in its place", func(t *testing.T) {
		m, _, _, main, _ := setupEdits(t)
		run(t, main, `UPDATE campaigns SET subject = 'New'`)
		must(t, main.Close())
		must(t, m.makeRebuilt(ctx, m.save(ctx)))
		must(t, m.Close())
		must(t, os.Truncate(m.mainPath(), 100))
		again := mustOpen(t, m.Dir())
		defer again.Close()
		same(t, outgoing(t, again), `1 change campaign base 4 mine [] {"subject":"New"}`)
		// One that is not whole is not taken.
		path := filepath.Join(m.Dir(), rebuiltFile)
		must(t, os.WriteFile(path, []byte("half"), 0o600))
		must(t, again.Close())
		third := mustOpen(t, m.Dir())
		defer third.Close()
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Error("it is still there")
		}
	})
	t.Run("with the lease, which ends also where the server is not reached again", func(t *testing.T) {
		l := newLeased(t, 30, 90)
		l.pass(29 * day)
		l.want(Running)
		must(t, l.Rebuild(ctx))
		l.pass(day)
		l.want(Lapsed)
		l.pass(60 * day)
		l.want(Lapsed)
		l.pass(time.Hour)
		l.want(Over)
	})
	t.Run("locked, and stays locked", func(t *testing.T) {
		l := newLeased(t, 30, 90)
		must(t, l.Lock(ctx))
		must(t, l.Close())
		file, err := os.OpenFile(filepath.Join(l.dir, lockedMain), os.O_WRONLY, 0)
		must(t, err)
		_, err = file.WriteString(strings.Repeat("not a database ", 1000))
		must(t, err)
		must(t, file.Close())
		l.open(l.dir)
		if losses := l.Losses(); !l.Locked() || len(losses) != 1 || losses[0].Name != mainFile {
			t.Fatal(l.Locked(), losses)
		}
		if at, err := l.Position(ctx); err != nil || at.Cursor != "" || !at.Walking {
			t.Fatal(at, err)
		}
		must(t, l.Unlock(ctx))
		if got := strings.Join(names(t, l.dir), " "); got != "ballast lock main.db" {
			t.Fatal(got)
		}
	})
	t.Run("keeps the edits of a list whose file is lost", func(t *testing.T) {
		for name, harm := range map[string]func(path string) error{
			"deleted": func(path string) error { return unlink(path) },
			"damaged": func(path string) error { return os.WriteFile(path, []byte(strings.Repeat("x", 5000)), 0o600) },
		} {
			m, _, b, _, list := setupEdits(t)
			run(t, list, `UPDATE contacts SET city = 'Paris' WHERE email LIKE 'sentinel0-%'`)
			must(t, harm(filepath.Join(m.Dir(), fileOf(t, m, b))))
			must(t, m.Look(ctx))
			if losses := m.Losses(); len(losses) != 1 {
				t.Fatalf("%s: %v", name, losses)
			}
			got := outgoing(t, m)
			if name == "deleted" && (len(got) != 1 || !strings.Contains(got[0], "Paris")) {
				t.Errorf("%s: %v", name, got)
			}
		}
	})
}
