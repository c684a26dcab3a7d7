package clienttest

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// TestDropBusy: while a program is writing into the file of a list that is to go, everything else is sent and fetched.
func TestDropBusy(t *testing.T) {
	t.Parallel()
	w := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
	list := w.list("customers", rows("one", 5))
	d := w.desk(w.chloe)
	d.sync()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(d.follower.Folder(), filepath.FromSlash(d.fileOf(list)))+"?mode=rw&_txlock=immediate")
	must(t, err)
	defer db.Close()
	tx, err := db.Begin()
	must(t, err)
	must(t, mirror.Edit(d.follower.Folder()).Drop(t.Context(), list.String()))
	d.write("main.db", `INSERT INTO templates (name) VALUES ('meanwhile')`)
	d.sync()
	if got := d.value("main.db", `SELECT (SELECT count(*) FROM server_templates WHERE name = 'meanwhile') || (SELECT count(*) FROM outbox)`); got != "10" {
		t.Errorf("the edit is not sent: %s", got)
	}
	must(t, tx.Rollback())
	d.sync()
	d.without(list)
}
