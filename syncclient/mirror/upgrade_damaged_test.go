package mirror

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestUpgradeDamaged opens mirrors of version 2 with a file that can be read and not upgraded: what it has that no server
// has is kept.
func TestUpgradeDamaged(t *testing.T) {
	t.Parallel()
	list, row, id := newID(), newID(), identity()
	// setupSecond makes a mirror of version 2 with an edit of a row, and returns its folder.
	setupSecond := func(t *testing.T) string {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "mirror")
		must(t, os.MkdirAll(filepath.Join(dir, listFolder), 0o700))
		old := func(name, schema string, fill ...string) {
			text, err := os.ReadFile(filepath.Join("testdata", "v2", schema))
			must(t, err)
			db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, name))
			must(t, err)
			run(t, db, string(text)+fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = 2;", applicationID))
			for _, statement := range fill {
				run(t, db, statement)
			}
			must(t, db.Close())
		}
		old(mainFile, "main.sql",
			fmt.Sprintf(`INSERT INTO mirror (one, server, user, account, collaborator, cursor, walking, contact_at) VALUES (1, '%s', '%s', '%s', '%s', 'here', 0, 1)`,
				id.Server, id.User, id.Account, id.Collaborator),
			fmt.Sprintf(`INSERT INTO account VALUES ('%s', 'Maison', 'everyone', 'fr', 'Europe/Paris', 1, 1, 7, 14)`, id.Account),
			fmt.Sprintf(`INSERT INTO server_contact_lists (id, name, audience, my_level, version, created_at, changed_at, description, row_count, complete, file, walk)
				VALUES ('%s', 'Old', 'everyone', 'edit', 1, 1, 1, '', 1, 1, 'lists/old.db', 1)`, list),
			fmt.Sprintf(`INSERT INTO buckets VALUES ('%s', 'contacts', 's', 1, 's', 1)`, list))
		old(listFolder+"/old.db", "contacts.sql",
			fmt.Sprintf(`INSERT INTO bucket (one, id, kind, cursor, state, walking, rows) VALUES (1, '%s', 'contacts', 'there', 's', 0, 1)`, list),
			fmt.Sprintf(`INSERT INTO server_contacts VALUES ('%s', 'a@example.com', 'A', 'B', '', '', '{}', 'subscribed', 3, 1, 1, 1)`, row),
			`UPDATE contacts SET city = 'Paris'`)
		return dir
	}
	t.Run("the edits of a list", func(t *testing.T) {
		dir := setupSecond(t)
		spoilFreePages(t, filepath.Join(dir, listFolder, "old.db"))
		m := mustOpen(t, dir)
		defer m.Close()
		if losses := m.Losses(); len(losses) != 1 || losses[0].ID != list {
			t.Fatal(losses)
		}
		same(t, outgoing(t, m), `1 change contact base 3 mine [] {"city":"Paris"}`)
	})
	t.Run("when it is locked and erased", func(t *testing.T) {
		dir := setupSecond(t)
		spoilFreePages(t, filepath.Join(dir, mainFile))
		m := mustOpen(t, dir)
		defer m.Close()
		if losses := m.Losses(); len(losses) != 1 || losses[0].Name != mainFile {
			t.Fatal(losses)
		}
		if got := ask(t, m.main, `SELECT desktop_lock_days || ' ' || desktop_erase_days FROM account`); got != "7 14" {
			t.Errorf("after %q days", got)
		}
		if lease, err := m.Lease(t.Context()); lease != Lapsed || err != nil {
			t.Error(lease, err)
		}
		same(t, outgoing(t, m)) // its list is not told of yet
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(list, "Old")}, Buckets: []protocol.Bucket{bucketOf(list, "s", 1)}})
		same(t, outgoing(t, m), `1 change contact base 3 mine [] {"city":"Paris"}`)
	})
}

// spoilFreePages damages a database where only who writes to it looks: in its list of free pages.
func spoilFreePages(t *testing.T, path string) {
	t.Helper()
	edit(t, path, `CREATE TABLE spare (x); INSERT INTO spare VALUES (zeroblob(100000)); DROP TABLE spare`)
	content, err := os.ReadFile(path)
	must(t, err)
	size, first := int64(binary.BigEndian.Uint16(content[16:])), int64(binary.BigEndian.Uint32(content[32:]))
	overwrite(t, path, (first-1)*size, first*size)
}
