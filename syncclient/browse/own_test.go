package browse

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// TestOwn follows a copy in this process, where other programs cannot ask for it, and where it cannot be followed any more.
func TestOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	must(t, w.mirror.Close())
	login, one := w.login, w.login.Accounts[0]
	tokens := credentials.Files(filepath.Join(w.data, "tokens"))
	token := w.client.Server() + " " + login.User + " " + one.ID
	must(t, tokens.Set(token, "token"))
	path := control.Path(w.client.Folder(&login, one))
	must(t, os.MkdirAll(filepath.Dir(path), 0o700))
	must(t, os.WriteFile(path, []byte("no socket"), 0o600))
	d := w.bare()
	account, err := openAccount(t.Context(), w.client, &login, one)
	must(t, err)
	d.program.Send(opened{account})
	d.sees("Spring news")
	t.Run("says why other programs cannot ask", func(t *testing.T) {
		d.sees("No other program can ask this window")
		d.press("?")
		d.press("pgdown")
		d.sees("Other programs", "There is something else than a socket")
		d.press("x")
	})
	t.Run("says why it cannot be followed again", func(t *testing.T) {
		account.keeper.(*own).server.Stop()
		d.sees("This copy is not followed any more")
		d.press("S")
		d.sees("Offline")
		must(t, tokens.Delete(token))
		var now keeper
		d.look(func(a *app) { now = a.open.keeper })
		now.(*own).server.Stop()
		d.sees("This copy is not followed any more")
		d.press("S")
		d.sees("The session has ended; log in again.")
	})
	t.Run("opens nothing after it was closed", func(t *testing.T) {
		look := &watch{folder: account.folder, name: mainFile}
		look.stop()
		if look.moved(t.Context()) || look.db != nil {
			t.Error("it opened the file")
		}
	})
}
