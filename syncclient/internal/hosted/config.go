package hosted

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// config is what a host says of where and whose. libpartage's header documents its fields.
type config struct {
	Server      string `json:"server"`
	Data        string `json:"data"`
	Device      string `json:"device"`
	Credentials string `json:"credentials"`
	Reserve     *int64 `json:"reserve"` // MB
	Plain       bool   `json:"plain"`
	Email       string `json:"email"`
	Account     string `json:"account"`
}

// readConfig reads a config; empty text is one without fields.
func readConfig(text []byte) (config, error) {
	var c config
	if len(bytes.TrimSpace(text)) == 0 {
		return c, nil
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, refuse(control.BadRequest, "The config cannot be read: %v.", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return c, refuse(control.BadRequest, "The config has more than one JSON object.")
	}
	return c, nil
}

// client returns the client of the config's server: the one named, or the only one that anybody has signed in to.
func (c config) client() (*syncclient.Client, error) {
	if c.Data == "" {
		var err error
		if c.Data, err = syncclient.DataFolder(); err != nil {
			return nil, err
		}
	}
	files := credentials.Files(filepath.Join(c.Data, "tokens"))
	store, known := map[string]credentials.Store{
		"": credentials.Either(credentials.Keychain(), files), "auto": credentials.Either(credentials.Keychain(), files),
		"keychain": credentials.Keychain(), "files": files,
	}[c.Credentials]
	if !known {
		return nil, refuse(control.BadRequest, "credentials is auto, keychain or files.")
	}
	if c.Server == "" {
		all, err := syncclient.Servers(c.Data)
		if err != nil {
			return nil, err
		}
		if len(all) > 1 {
			return nil, refuse(control.BadRequest, "People have signed in to several servers here; say which.")
		}
		if len(all) == 1 {
			c.Server = all[0]
		}
	}
	var reserve int64 // as usual
	if c.Reserve != nil {
		if reserve = *c.Reserve << 20; reserve <= 0 {
			reserve = -1 // none
		}
	}
	return syncclient.New(syncclient.Config{
		Server: c.Server, Data: c.Data, Device: c.Device, Credentials: store, Reserve: reserve, AllowPlain: c.Plain,
	})
}

// people returns who has signed in, or the one named.
func (c config) people(client *syncclient.Client) ([]syncclient.Login, error) {
	all, err := client.Logins()
	if err != nil {
		return nil, err
	}
	found := []syncclient.Login{}
	for _, l := range all {
		if c.Email == "" || strings.EqualFold(l.Email, c.Email) {
			found = append(found, l)
		}
	}
	return found, nil
}

// person returns the one who has signed in, or the one named.
func (c config) person(client *syncclient.Client) (*syncclient.Login, error) {
	found, err := c.people(client)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0 && c.Email != "":
		return nil, refuse(control.SignedOut, "%s has not signed in to %s on this computer.", c.Email, client.Server())
	case len(found) == 0:
		return nil, refuse(control.SignedOut, "Nobody has signed in to %s on this computer.", client.Server())
	case len(found) > 1:
		return nil, refuse(control.BadRequest, "Several people have signed in on this computer; say who by email.")
	}
	return &found[0], nil
}

// account returns the account named, or the only one.
func (c config) account(login *syncclient.Login) (syncclient.Account, error) {
	switch {
	case c.Account != "":
		if a, ok := login.Account(c.Account); ok {
			return a, nil
		}
		return syncclient.Account{}, refuse(control.NotFound, "There is no account %q for %s, or several of that name.", c.Account, login.Email)
	case len(login.Accounts) == 1:
		return login.Accounts[0], nil
	case len(login.Accounts) == 0:
		return syncclient.Account{}, refuse(control.NotFound, "There is no account yet that %s belongs to.", login.Email)
	}
	return syncclient.Account{}, refuse(control.BadRequest, "%s may open several accounts; say which by its id or name.", login.Email)
}

func refuse(code control.Code, format string, args ...any) *control.Error {
	return &control.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
