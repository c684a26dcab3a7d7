package mirror

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestLostHere: the file of a list that was made here, and that the server does not know yet, is lost.
func TestLostHere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	setupList := func(t *testing.T) (*Mirror, string) {
		m, _, _, main, _ := setupEdits(t)
		run(t, main, `INSERT INTO contact_lists (name) VALUES ('Mine')`)
		must(t, m.Prepare(ctx))
		file := ask(t, main, `SELECT file FROM contact_lists WHERE name = 'Mine'`)
		db := program(t, m, file)
		run(t, db, `INSERT INTO contacts (email) VALUES ('a@example.com'), ('b@example.com')`)
		must(t, db.Close())
		must(t, os.Remove(filepath.Join(m.Dir(), filepath.FromSlash(file))))
		return m, ask(t, main, `SELECT id FROM contact_lists WHERE name = 'Mine'`)
	}
	t.Run("is noticed, and its rows are sent after it", func(t *testing.T) {
		m, id := setupList(t)
		must(t, m.Look(ctx))
		if losses := m.Losses(); len(losses) != 1 || losses[0].ID != id || losses[0].Name != "Mine" {
			t.Fatalf("lost %+v", losses)
		}
		got := outgoing(t, m)
		if len(got) != 3 || !strings.Contains(got[0], "create list") || !strings.Contains(got[1], "create contact") {
			t.Fatalf("sends %q", got)
		}
	})
	t.Run("gets another that programs can fill", func(t *testing.T) {
		m, id := setupList(t)
		must(t, m.Look(ctx))
		if _, err := m.file(ctx, Bucket{ID: id, Kind: protocol.Contacts}); err != ErrGone {
			t.Fatalf("before Prepare: %v", err)
		}
		must(t, m.Prepare(ctx))
		if strays := listFiles(t, m); len(strays) != 2 {
			t.Errorf("there are %v", strays)
		}
		if _, err := m.file(ctx, Bucket{ID: id, Kind: protocol.Contacts}); err != nil {
			t.Error(err)
		}
	})
}

// listFiles returns the databases in the folder of lists.
func listFiles(t *testing.T, m *Mirror) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(m.Dir(), listFolder, "*.db"))
	must(t, err)
	return all
}
