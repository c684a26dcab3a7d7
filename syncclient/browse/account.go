package browse

import (
	"context"

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
	keeper  keeper
	// status is what the copy last said of itself.
	status mirror.Status
}

func openAccount(ctx context.Context, client *syncclient.Client, login *syncclient.Login, a syncclient.Account) (*account, error) {
	k, err := keep(ctx, client, login, a)
	if err != nil {
		return nil, err
	}
	return &account{client: client, login: login, account: a, folder: client.Folder(login, a), editor: client.Editor(login, a), keeper: k}, nil
}

func (a *account) close() {
	if a != nil && a.keeper != nil {
		a.keeper.close()
	}
}
