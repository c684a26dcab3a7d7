package hosted

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// Account is an account that is followed. Its methods may be called by several goroutines at once.
type Account struct {
	client  *syncclient.Client
	login   *syncclient.Login
	account syncclient.Account
	server  *control.Server
	events  *queue

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup
	// renewed: the session was begun anew, and nothing has been up to date since.
	renewed atomic.Bool
}

// Open opens an account of a person who has signed in, and begins to follow it. It answers with wire, account, accountId
// and folder; a nil Account and why where that fails. The server is needed only where the account was never opened here.
func Open(ctx context.Context, text []byte) (*Account, []byte) {
	a, said, err := open(ctx, text)
	if err != nil {
		said.Error = control.ErrorOf(err)
		return nil, said.json()
	}
	said.OK = true
	return a, said.json()
}

func open(ctx context.Context, text []byte) (_ *Account, said answer, err error) {
	c, err := readConfig(text)
	if err != nil {
		return nil, said, err
	}
	a := &Account{events: newQueue()}
	if a.client, err = c.client(); err != nil {
		return nil, said, err
	}
	defer func() {
		if err != nil {
			a.client.Close()
		}
	}()
	if a.login, err = c.person(a.client); err != nil {
		return nil, said, err
	}
	if a.account, err = c.account(a.login); err != nil {
		return nil, said, err
	}
	a.server = control.New(control.Copy{Client: a.client, Login: a.login, Account: a.account})
	a.server.Watch(a.events.add)
	f, err := a.client.Open(ctx, a.login, a.account, a.tell)
	if errors.Is(err, mirror.ErrInUse) {
		said.Control = listening(control.Path(a.client.Folder(a.login, a.account)))
		return nil, said, inUse(said.Control)
	}
	if err != nil {
		return nil, said, err
	}
	a.ctx, a.cancel = context.WithCancel(context.Background())
	a.events.add(control.Started{Account: a.account.Name, AccountID: a.account.ID, Folder: f.Folder()}.Line(time.Now()))
	a.work.Go(func() { a.follow(f) })
	return a, answer{Wire: control.Wire, Account: a.account.Name, AccountID: a.account.ID, Folder: f.Folder()}, nil
}

// listening returns the path where somebody listens there.
func listening(path string) string {
	conn, err := net.DialTimeout("unix", path, time.Second)
	if err != nil {
		return ""
	}
	conn.Close()
	return path
}

func inUse(path string) error {
	if path == "" {
		return refuse(control.InUse, "Another program keeps the local copy of this account, or this one does already.")
	}
	return refuse(control.InUse, "A partage-sync keeps the local copy of this account already; ask it at %s.", path)
}

// Ask answers a request of the control channel; line breaks in it count as spaces. It waits until that is done.
func (a *Account) Ask(request []byte) []byte {
	return a.server.Answer(a.ctx, request)
}

// Next returns the next event, without a newline. It waits for one so long, or as long as it takes where that is negative;
// nil where none came. The last one is ended; after it there is nil at once.
func (a *Account) Next(wait time.Duration) []byte {
	return bytes.TrimSuffix(a.events.next(wait), []byte("\n"))
}

// Close ends the following and returns when other programs may have the local copy. Requests that wait are answered. It
// is safe to call twice.
func (a *Account) Close() {
	a.cancel()
	a.work.Wait()
	a.client.Close()
}

// tell hands on what the follower does.
func (a *Account) tell(e syncclient.Event) {
	if _, is := e.(syncclient.UpToDate); is {
		a.renewed.Store(false)
	}
	a.server.Tell(e)
}

// follow works until Close, the request to stop, or what cannot be mended, and says so.
func (a *Account) follow(f *syncclient.Follower) {
	err := a.keep(f)
	a.server.Stop()
	last := struct {
		Event string       `json:"event"`
		At    time.Time    `json:"at"`
		Code  control.Code `json:"code"`
		Why   string       `json:"why"`
	}{Event: "ended", At: time.Now().UTC()}
	if err != nil && a.ctx.Err() == nil {
		told := control.ErrorOf(err)
		last.Code, last.Why = told.Code, told.Message
	}
	line, _ := json.Marshal(last)
	a.events.end(line)
}

// keep follows. Where the account's session has ended it begins another, once until all has been up to date again.
func (a *Account) keep(f *syncclient.Follower) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a fault of the program: %v", p)
		}
	}()
	for {
		err := errors.Join(a.server.Drive(a.ctx, f), f.Close())
		if !errors.Is(err, syncclient.ErrSignedOut) || a.ctx.Err() != nil || a.renewed.Swap(true) {
			return err
		}
		login, account, err := a.client.Renew(a.ctx, a.login, a.account)
		if err != nil {
			return err
		}
		if f, err = a.client.Open(a.ctx, login, account, a.tell); err != nil {
			return err
		}
		a.events.add(control.Started{Account: account.Name, AccountID: account.ID, Folder: f.Folder()}.Line(time.Now()))
	}
}
