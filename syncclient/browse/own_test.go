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
	k, err := keep(t.Context(), w.client, &login, one)
	must(t, err)
	account := openAccount(w.client, &login, one, k)
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
		must(t, k.ask(t.Context(), "stop"))
		d.sees("This copy is not followed any more")
		d.press("S")
		d.sees("Offline")
		must(t, tokens.Delete(token))
		d.look(func(a *app) { k = a.open.keeper })
		must(t, k.ask(t.Context(), "stop"))
		d.sees("This copy is not followed any more")
		d.press("S")
		d.sees("The session has ended; sign in again.")
	})
	t.Run("opens nothing after it was closed", func(t *testing.T) {
		look := &watch{folder: account.folder}
		look.stop()
		if look.moved(t.Context(), mainFile) || look.db != nil {
			t.Error("it opened the file")
		}
	})
}
