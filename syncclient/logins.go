package syncclient

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// Login is a person who has signed in on this computer, and the accounts they may open. It holds no secrets.
type Login struct {
	// Server is the server's address.
	Server string `json:"server"`
	// User is the person's plain UUID.
	User string `json:"user"`
	// Email is what they sign in with.
	Email string `json:"email"`
	// Accounts are as the server last told, last visited first.
	Accounts []Account `json:"accounts"`
}

// Account is a workspace that a person may open.
type Account struct {
	// ID is its plain UUID.
	ID   string `json:"id"`
	Name string `json:"name"`
	// Role is owner, manager or member.
	Role string `json:"role"`
	// Collaborator is the person's plain UUID in that account; empty until it has been opened here.
	Collaborator string `json:"collaborator,omitempty"`
}

const loginFile = "login.json"

// Account returns the account with a name or id; false where there is none, or several of that name.
func (l *Login) Account(nameOrID string) (Account, bool) {
	var found []Account
	for _, a := range l.Accounts {
		if a.ID == nameOrID || "account_"+a.ID == nameOrID {
			return a, true
		}
		if a.Name == nameOrID {
			found = append(found, a)
		}
	}
	if len(found) != 1 {
		return Account{}, false
	}
	return found[0], true
}

// Logins returns the people who have signed in to the client's server on this computer, in the order of their ids.
func (c *Client) Logins() ([]Login, error) {
	return readLogins(mirror.ServerFolder(c.data, c.server.Address()))
}

// readLogins reads the logins in a server's folder; none where it is not one.
func readLogins(folder string) ([]Login, error) {
	people, err := os.ReadDir(folder)
	if err != nil {
		if info, serr := os.Stat(folder); errors.Is(serr, fs.ErrNotExist) || serr == nil && !info.IsDir() {
			return nil, nil
		}
		return nil, fmt.Errorf("look for logins: %w", err)
	}
	var all []Login
	for _, person := range people {
		path := filepath.Join(folder, person.Name(), loginFile)
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) || !person.IsDir() {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read a login: %w", err)
		}
		var l Login
		if err := json.Unmarshal(content, &l); err != nil {
			return nil, fmt.Errorf("read the login in %s: %w", path, err)
		}
		all = append(all, l)
	}
	return all, nil
}

// Servers returns the addresses of the servers to which anyone has signed in on this computer with this data folder.
func Servers(data string) ([]string, error) {
	folders, err := os.ReadDir(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look for logins: %w", err)
	}
	var all []string
	for _, folder := range folders {
		people, err := readLogins(filepath.Join(data, folder.Name()))
		if err != nil {
			return nil, err
		}
		if len(people) > 0 {
			all = append(all, people[0].Server)
		}
	}
	return all, nil
}

// saveLogin writes what is known of a login, whole or not at all.
func (c *Client) saveLogin(l *Login) error {
	dir := c.userFolder(l)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("keep the login: %w", err)
	}
	content, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return fmt.Errorf("keep the login: %w", err)
	}
	tmp, err := os.CreateTemp(dir, ".login-*")
	if err != nil {
		return fmt.Errorf("keep the login: %w", err)
	}
	_, err = tmp.Write(append(content, '\n'))
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(dir, loginFile))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("keep the login: %w", err)
	}
	return nil
}

func (c *Client) userFolder(l *Login) string {
	return filepath.Join(mirror.ServerFolder(c.data, l.Server), l.User)
}
