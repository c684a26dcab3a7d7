package browse

import (
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// account is the copy that is open: whose it is, where it lies, who keeps it and how it is edited.
type account struct {
	client  *syncclient.Client
	login   *syncclient.Login
	account syncclient.Account
	folder  string
	editor  *mirror.Editor
	keeper  *keeper
	// trying: another keeper is being looked for.
	trying bool
	// main and rows watch the workspace, and the file of the list that is shown.
	main, rows watch
	// status is what the copy last said of itself.
	status mirror.Status
}

// openAccount opens a copy that a keeper keeps.
func openAccount(client *syncclient.Client, login *syncclient.Login, a syncclient.Account, k *keeper) *account {
	folder := client.Folder(login, a)
	return &account{
		client: client, login: login, account: a, folder: folder, editor: client.Editor(login, a), keeper: k,
		main: watch{folder: folder}, rows: watch{folder: folder},
	}
}

// close lets go of the copy.
func (a *account) close() {
	a.main.stop()
	a.rows.stop()
	a.keeper.close()
}
