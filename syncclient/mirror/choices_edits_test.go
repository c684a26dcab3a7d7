package mirror

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestChoicesWithEdits: no edit is lost with a list that is not kept.
func TestChoicesWithEdits(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	const change = `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'sentinel0-%'`
	t.Run("one that was made in between is sent first", func(t *testing.T) {
		m, b := setupChoice(t)
		file := fileOf(t, m, b)
		drop(t, m, b)
		run(t, program(t, m, file), change)
		done, err := m.CarryOut(ctx)
		if err != nil || len(done) != 1 || !done[0].Waits || done[0].Kept {
			t.Fatalf("told is %+v, %v", done, err)
		}
		if found, err := m.Edited(ctx); err != nil || !found {
			t.Fatal(found, err)
		}
		same(t, outgoing(t, m), `1 change contact base 1 mine [] {"city":"Lyon"}`)
		carriedOut(t, m, 0) // it has no answer yet
		answer(t, m, 1, protocol.Result{State: protocol.Applied, Version: 2})
		carriedOut(t, m, 1)
		mustStand(t, m, b, gone)
	})
	t.Run("one that was refused in between has it stay", func(t *testing.T) {
		m, b := setupChoice(t)
		list := program(t, m, fileOf(t, m, b))
		drop(t, m, b)
		run(t, list, change)
		m.edited[b.ID] = b
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Refused, Code: protocol.Forbidden})
		done, err := m.CarryOut(ctx)
		if err != nil || len(done) != 1 || done[0].ID != b.ID || !done[0].Kept || done[0].Waits {
			t.Fatalf("told is %+v, %v", done, err)
		}
		mustStand(t, m, b, here)
		run(t, list, change) // it takes edits
		if err := Edit(m.Dir()).Drop(ctx, b.ID); !errors.Is(err, ErrUndecided) || err.Error() != ErrUndecided.Error() {
			t.Errorf("drop: %v", err)
		}
	})
	t.Run("one that comes too late is refused", func(t *testing.T) {
		m, b := setupChoice(t)
		list := program(t, m, fileOf(t, m, b))
		must(t, list.Ping())
		drop(t, m, b)
		carriedOut(t, m, 1)
		if _, err := list.Exec(change); err == nil || !strings.Contains(err.Error(), "not kept on this computer") {
			t.Fatalf("it was taken: %v", err)
		}
		if n := ask(t, list, `SELECT count(*) FROM contacts`); n == "0" {
			t.Error("a program that has it open does not read on")
		}
		_, err := Edit(m.Dir()).Create(ctx, protocol.KindContact, b.ID, map[string]any{"email": "x@example.com"})
		if !errors.Is(err, ErrNotKept) {
			t.Errorf("create: %v", err)
		}
	})
	t.Run("with the list stays what a person thought better of", func(t *testing.T) {
		m, b := setupChoice(t)
		list := program(t, m, fileOf(t, m, b))
		drop(t, m, b)
		if closed, err := m.closeFile(ctx, b); err != nil || !closed {
			t.Fatal(closed, err)
		}
		keep(t, m, b)
		carriedOut(t, m, 1)
		run(t, list, change)
		mustStand(t, m, b, "kept not complete file behind")
	})
	t.Run("one that was saved from a file that was lost is sent first", func(t *testing.T) {
		m, b := setupChoice(t)
		file := fileOf(t, m, b)
		drop(t, m, b)
		run(t, program(t, m, file), change)
		must(t, os.Remove(filepath.Join(m.Dir(), filepath.FromSlash(file))))
		must(t, m.Look(ctx))
		carriedOut(t, m, 0)
		if err := Edit(m.Dir()).Drop(ctx, b.ID); !errors.Is(err, ErrUnsent) {
			t.Errorf("drop: %v", err)
		}
		same(t, outgoing(t, m), `1 change contact base 1 mine [] {"city":"Lyon"}`)
		answer(t, m, 1, protocol.Result{State: protocol.Applied, Version: 2})
		carriedOut(t, m, 1)
		mustStand(t, m, b, gone)
	})
	t.Run("a list that the server does not know yet stays", func(t *testing.T) {
		m, _ := setupChoice(t)
		id, err := Edit(m.Dir()).Create(ctx, protocol.KindList, "", map[string]any{"name": "New"})
		must(t, err)
		must(t, m.Prepare(ctx))
		if err := Edit(m.Dir()).Drop(ctx, id); !errors.Is(err, ErrUnsent) {
			t.Errorf("drop: %v", err)
		}
	})
	t.Run("an edit keeps it from being dropped", func(t *testing.T) {
		m, b := setupChoice(t)
		run(t, program(t, m, fileOf(t, m, b)), change)
		if err := Edit(m.Dir()).Drop(ctx, b.ID); !errors.Is(err, ErrUnsent) {
			t.Errorf("while it is open: %v", err)
		}
		m.edited[b.ID] = b
		outgoing(t, m)
		if err := Edit(m.Dir()).Drop(ctx, b.ID); !errors.Is(err, ErrUnsent) {
			t.Errorf("while it is on its way: %v", err)
		}
	})
}

// TestChoicesKilled kills the process at every step of carrying a choice out: it takes edits, or is gone, and the next
// process comes to the end.
func TestChoicesKilled(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for calls := 0; ; calls++ {
		source, b := setupChoice(t)
		drop(t, source, b)
		must(t, source.Close())
		crash := &crasher{dir: source.Dir(), copyTo: filepath.Join(t.TempDir(), fmt.Sprint(calls)), left: -1}
		m, err := open(ctx, source.Dir(), identity(), crash.connect)
		must(t, err)
		crash.left = calls
		_, err = m.CarryOut(ctx)
		_ = m.release()
		if !crash.crashed {
			must(t, err)
			if calls < 5 {
				t.Fatalf("it was over after %d calls", calls)
			}
			return
		}
		must(t, crash.copyErr)
		again := mustOpen(t, crash.copyTo)
		if strings.Contains(stands(t, again, b), " file ") && !strings.Contains(stands(t, again, b), "no file") {
			run(t, program(t, again, fileOf(t, again, b)), `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'sentinel0-%'`)
			if _, err := again.Edited(ctx); err != nil {
				t.Fatal(err)
			}
			same(t, outgoing(t, again), `1 change contact base 1 mine [] {"city":"Lyon"}`)
			answer(t, again, 1, protocol.Result{State: protocol.Applied, Version: 2})
		}
		if _, err := again.CarryOut(ctx); err != nil {
			t.Fatal(err)
		}
		mustStand(t, again, b, gone)
		if left := inLists(t, again); len(left) > 0 {
			t.Errorf("killed at call %d: left are %v", calls, left)
		}
		must(t, again.Close())
	}
}
