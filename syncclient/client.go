// Package syncclient is the desktop side of Partage: it signs a person in, and keeps for each of their accounts a local SQLite
// copy of exactly what they may see, following the server live.
//
//	client, err := syncclient.New(syncclient.Config{Server: "https://mail.example.com"})
//	login, err := client.Login(ctx, "anna@example.com", password)
//	follower, err := client.Open(ctx, login, login.Accounts[0], notify)
//	defer follower.Close()
//	err = follower.Run(ctx)
//
// # Reading and writing
//
// While it is followed, and also when it is not, any program reads the copy with SQL, and edits it by SQL or with an [Editor],
// with or without contact to the server. mirror/SCHEMA.md documents the tables. A [Follower] brings what changes to the copy and
// the edits to the server. Its [Event] values say what it does; of these [Changed] names the items and rows that a program which
// shows them is to read again.
//
// Where two people change the same, the server's value stands in the copy and a person decides: [Editor.Attention] has what they had
// written, [Editor.Decide] takes the decision.
//
// # Accounts and servers
//
// A [Client] is one server, a [Login] one person who has signed in to it, an [Account] what a team shares and the person may open. Any number of
// them may be open at once, in one process or in several; a copy has one Follower at a time ([ErrInUse]). [Servers] and
// [Client.Logins] find who has signed in before. There is no state outside of what New and Open return.
//
// # Promises
//
// What stands in a copy is what the server sent, with what was edited here over it. A killed process goes on where it was. What a
// person may no longer see is erased from the files (mirror/SCHEMA.md says when). A list whose file was deleted or damaged is fetched
// again. Nothing that was edited in the copy is silently gone: it takes effect once, or a person is told.
//
// # More
//
// STATES.md has the follower's states, protocol/PROTOCOL.md what goes over the wire. go doc ./syncclient/mirror Editor has the methods
// of an [Editor]. Whole programs are in example_test.go (sign in, sync, read), example_edit_test.go, example_conflict_test.go,
// example_watch_test.go (show what changes) and example_accounts_test.go (several servers, people and accounts), which go test runs.
package syncclient

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/partage-mail/partage/syncclient/credentials"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// Version is that of the client, as the server sees it.
const Version = "0.1.0"

// DefaultServer is where a server started without options listens.
const DefaultServer = "http://127.0.0.1:8080"

// Config of a Client. Every field has a working default.
type Config struct {
	// Server is the server's address; DefaultServer where empty.
	Server string
	// Data is the folder of local copies and logins; DataFolder's where empty.
	Data string
	// Device is what the person's list of sessions calls this computer; its host name where empty.
	Device string
	// Credentials keeps tokens: the keychain where empty, and files in Data where there is none.
	Credentials credentials.Store
	// Reserve is how many bytes of the disk stay free when a large list is fetched; mirror.DefaultReserve where 0, none
	// where negative.
	Reserve int64
	// AllowPlain lets passwords and contents travel unencrypted to other machines than this one.
	AllowPlain bool
}

// Client is one server as seen from this computer. It is safe for use by several goroutines.
type Client struct {
	server *transport.Server
	data   string
	device string
	tokens credentials.Store
	// reserve is Config.Reserve in bytes.
	reserve int64
}

// ErrNoAccount says that the person may not open an account, or not any more.
var ErrNoAccount = errors.New("there is no such account for this person")

// New returns a client. It neither connects nor writes.
func New(cfg Config) (*Client, error) {
	if cfg.Server == "" {
		cfg.Server = DefaultServer
	}
	server, err := transport.New(cfg.Server, transport.Options{Agent: "partage-sync/" + Version, AllowPlain: cfg.AllowPlain})
	if err != nil {
		return nil, err
	}
	if cfg.Data == "" {
		if cfg.Data, err = DataFolder(); err != nil {
			return nil, err
		}
	}
	if cfg.Data, err = filepath.Abs(cfg.Data); err != nil {
		return nil, fmt.Errorf("find the data folder: %w", err)
	}
	if cfg.Device == "" {
		cfg.Device, _ = os.Hostname()
	}
	if cfg.Credentials == nil {
		cfg.Credentials = credentials.Either(credentials.Keychain(), credentials.Files(filepath.Join(cfg.Data, "tokens")))
	}
	if cfg.Reserve == 0 {
		cfg.Reserve = mirror.DefaultReserve
	}
	return &Client{server: server, data: cfg.Data, device: cfg.Device, tokens: cfg.Credentials, reserve: max(cfg.Reserve, 0)}, nil
}

// Close lets go of idle connections. Followers of the client must be closed before.
func (c *Client) Close() { c.server.Close() }

// Server returns the server's address in its one form.
func (c *Client) Server() string { return c.server.Address() }

// Login signs a person in with a password, which is not kept. The session that it begins serves to open accounts
// later without the password.
func (c *Client) Login(ctx context.Context, email, password string) (*Login, error) {
	var said struct {
		LogIn protocol.SignIn `json:"logIn"`
	}
	input := map[string]any{"email": email, "password": password, "device": c.device, "openOnly": false}
	err := c.server.Query(ctx, "", protocol.LogInDocument, map[string]any{"input": input}, &said)
	if err != nil {
		return nil, err
	}
	if err := check(&said.LogIn); err != nil {
		return nil, err
	}
	v, err := c.viewer(ctx, said.LogIn.Token)
	if err != nil {
		return nil, err
	}
	login, err := c.loginOf(v)
	if err != nil {
		return nil, err
	}
	before, _ := c.tokens.Get(signInName(login))
	if err := c.tokens.Set(signInName(login), said.LogIn.Token); err != nil {
		return nil, err
	}
	if before != "" {
		// The earlier session would only lie about; that it cannot be ended is no harm.
		_ = c.server.Query(ctx, before, protocol.LogOutDocument, nil, &struct{}{})
	}
	return login, c.keep(login)
}

// Accounts asks the server which accounts a person may open. Local copies of accounts that they may no longer open
// are erased, unless a process has them open.
func (c *Client) Accounts(ctx context.Context, login *Login) (*Login, error) {
	token, err := c.token(signInName(login))
	if err != nil {
		return nil, err
	}
	v, err := c.viewer(ctx, token)
	if err != nil {
		return nil, signedOutOf(err)
	}
	now, err := c.loginOf(v)
	if err != nil {
		return nil, err
	}
	if now.User != login.User {
		return nil, fmt.Errorf("the session is that of another person; sign in again")
	}
	return now, c.keep(now)
}

// Open opens the mirror of an account, made if need be, for a Follower that tells what it does to notify (nil for
// nobody). It needs the server only where the account has not been opened here before. Errors: ErrSignedOut,
// ErrNoAccount, and those of mirror.Open.
func (c *Client) Open(ctx context.Context, login *Login, account Account, notify func(Event)) (*Follower, error) {
	token, account, err := c.session(ctx, login, account)
	if err != nil {
		return nil, err
	}
	id := c.identity(login, account)
	m, err := mirror.Open(ctx, mirror.Folder(c.data, id), id)
	if err != nil {
		return nil, err
	}
	m.SetReserve(c.reserve)
	return newFollower(c.server, token, m, notify), nil
}

// Folder returns where the mirror of an account is, or would be.
func (c *Client) Folder(login *Login, account Account) string {
	return mirror.Folder(c.data, c.identity(login, account))
}

// Status reads what the local copy of an account says of itself, also while a process follows. It needs no server.
// mirror.ErrNone where there is none.
func (c *Client) Status(ctx context.Context, login *Login, account Account) (Status, error) {
	return mirror.Inspect(ctx, c.Folder(login, account))
}

// Search finds items, or the rows of one, in the local copy of an account, also while a process follows. It needs no
// server. Errors: those of mirror.Search.
func (c *Client) Search(ctx context.Context, login *Login, account Account, q mirror.Query) (mirror.Found, error) {
	return mirror.Search(ctx, c.Folder(login, account), q)
}

// Editor edits the local copy of an account, also without contact and while a process follows. It needs no server.
func (c *Client) Editor(login *Login, account Account) *Editor {
	return mirror.Edit(c.Folder(login, account))
}

func (c *Client) identity(login *Login, account Account) mirror.Identity {
	return mirror.Identity{Server: login.Server, User: login.User, Account: account.ID, Collaborator: account.Collaborator}
}
