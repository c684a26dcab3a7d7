package mirror

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestUnsent: whatever has happened to a mirror, what somebody wrote in it is counted, once, or an error is returned.
func TestUnsent(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	counts := func(t *testing.T, m *Mirror, edits, undecided int) {
		t.Helper()
		if e, u, err := Unsent(ctx, m.Dir()); e != edits || u != undecided || err != nil {
			t.Errorf("%d edits and %d to decide on, not %d and %d: %v", e, u, edits, undecided, err)
		}
	}
	// setupUnsent is a mirror with an edit of an item and one of a row.
	setupUnsent := func(t *testing.T) (*Mirror, Bucket) {
		t.Helper()
		m, _, b, main, list := setupEdits(t)
		run(t, main, `UPDATE campaigns SET subject = 'New'`)
		run(t, list, `UPDATE contacts SET city = 'Paris' WHERE email LIKE 'sentinel0-%'`)
		must(t, main.Close())
		must(t, list.Close())
		m.edited[b.ID] = b
		return m, b
	}
	t.Run("where there is none", func(t *testing.T) {
		if e, u, err := Unsent(ctx, t.TempDir()); e+u != 0 || err != nil {
			t.Error(e, u, err)
		}
	})
	t.Run("before it is sent, on its way, and refused", func(t *testing.T) {
		m, _ := setupUnsent(t)
		counts(t, m, 2, 0)
		outgoing(t, m)
		counts(t, m, 2, 0)
		answer(t, m, 1, protocol.Result{Version: 5})
		counts(t, m, 1, 0)
		answer(t, m, 2, protocol.Result{State: protocol.Refused, Code: protocol.Forbidden})
		counts(t, m, 0, 1)
		run(t, program(t, m, mainFile), `UPDATE attention SET resolution = 'mine'`)
		counts(t, m, 1, 0)
		run(t, program(t, m, mainFile), `UPDATE attention SET resolution = 'theirs'`)
		counts(t, m, 0, 0)
	})
	t.Run("of a list whose file is lost, while no answer has come", func(t *testing.T) {
		m, b := setupUnsent(t)
		outgoing(t, m)
		must(t, unlink(pathOf(t, m, b)))
		must(t, m.Look(ctx))
		counts(t, m, 2, 0)
	})
	t.Run("of lists that a new main.db does not know yet", func(t *testing.T) {
		m, _ := setupUnsent(t)
		must(t, m.Rebuild(ctx))
		counts(t, m, 2, 0)
		must(t, m.Lock(ctx))
		counts(t, m, 2, 0)
	})
	t.Run("of lists without a main.db, and with one that had not its place yet", func(t *testing.T) {
		m, _ := setupUnsent(t)
		must(t, m.makeRebuilt(ctx, m.save(ctx)))
		counts(t, m, 2, 0)
		must(t, m.Close())
		must(t, unlink(m.mainPath()))
		counts(t, m, 2, 0)
		must(t, unlink(filepath.Join(m.Dir(), rebuiltFile)))
		counts(t, m, 1, 0)
	})
	t.Run("not where a file cannot be read", func(t *testing.T) {
		for name, file := range map[string]func(m *Mirror, b Bucket) string{
			"main.db": func(m *Mirror, _ Bucket) string { return m.mainPath() },
			"a list":  func(m *Mirror, b Bucket) string { return pathOf(t, m, b) },
		} {
			m, b := setupUnsent(t)
			path := file(m, b)
			must(t, m.Close())
			overwrite(t, path, 0, fileSize(path))
			if e, u, err := Unsent(ctx, m.Dir()); !errors.Is(err, ErrFileDamaged) || e+u != 0 {
				t.Errorf("%s: %d, %d, %v", name, e, u, err)
			}
		}
		m, _ := setupUnsent(t)
		must(t, m.Close())
		must(t, os.RemoveAll(filepath.Join(m.Dir(), listFolder)))
		must(t, os.WriteFile(filepath.Join(m.Dir(), listFolder), nil, 0o600))
		if _, _, err := Unsent(ctx, m.Dir()); err == nil {
			t.Error("a folder that cannot be read has nothing unsent")
		}
	})
}
