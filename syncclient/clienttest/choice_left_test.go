package clienttest

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestDropInUse: what is chosen while something else has the copy, or the list's file, is carried out in the end.
func TestDropInUse(t *testing.T) {
	t.Parallel()
	w := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
	list := w.list("customers", rows("one", 5))
	d := w.desk(w.chloe)
	d.sync()
	folder := d.follower.Folder()
	file := filepath.Join(folder, filepath.FromSlash(d.fileOf(list)))
	there := func() bool {
		_, err := os.Stat(file)
		return !errors.Is(err, fs.ErrNotExist)
	}
	drop := func(want bool) {
		t.Helper()
		gone, err := d.client.Drop(t.Context(), d.login, d.account, list.String())
		must(t, err)
		if gone != want || there() == want {
			t.Fatalf("gone: %v, its file is there: %v", gone, there())
		}
	}
	t.Run("by a process that has looked already, and lets go of the copy", func(t *testing.T) {
		drop(false)
		must(t, d.follower.Close())
		if there() {
			t.Error("its rows are left")
		}
		drop(true) // as it is
	})
	t.Run("by a program that writes to its file", func(t *testing.T) {
		must(t, d.keep(list))
		d.open()
		d.sync()
		file = filepath.Join(folder, filepath.FromSlash(d.fileOf(list)))
		must(t, d.follower.Close())
		db, err := sql.Open("sqlite3", "file:"+file+"?mode=rw&_txlock=immediate")
		must(t, err)
		defer db.Close()
		tx, err := db.Begin()
		must(t, err)
		drop(false)
		must(t, tx.Rollback())
		drop(true)
	})
}
