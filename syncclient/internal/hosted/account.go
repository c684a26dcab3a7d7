package hosted

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
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
	a.ctx, a.cancel = context.WithCancel(context.Background())
	defer context.AfterFunc(ctx, a.cancel)()
	opened := make(chan string, 1)
	var why error // it ended; it is read after opened is closed
	a.work.Go(func() {
		defer close(opened)
		why = a.follow(opened)
		a.end(why)
	})
	if folder, is := <-opened; is {
		return a, answer{Wire: control.Wire, Account: a.account.Name, AccountID: a.account.ID, Folder: folder}, nil
	}
	a.cancel()
	if err = why; errors.Is(err, mirror.ErrInUse) {
		said.Control = listening(control.Path(a.client.Folder(a.login, a.account)))
		err = inUse(said.Control)
	}
	return nil, said, err
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

// follow works until Close, the request to stop, or what cannot be mended. It says into which folder, once it is open.
func (a *Account) follow(opened chan<- string) (err error) {
	defer func() {
		if p := recover(); p != nil { // the host goes on
			err = fmt.Errorf("a fault of the program: %v", p)
		}
	}()
	err = a.client.Follow(a.ctx, a.login, a.account, a.server.Tell, func(f *syncclient.Follower) error {
		a.events.add(control.Started{Account: a.account.Name, AccountID: a.account.ID, Folder: f.Folder()}.Line(time.Now()))
		select {
		case opened <- f.Folder():
		default: // with another session
		}
		return a.server.Drive(a.ctx, f)
	})
	if errors.Is(err, syncclient.ErrNoAccount) {
		return refuse(control.NotFound, "You do not belong to %s any more; its local copy has been erased.", a.account.Name)
	}
	return err
}

// end says that the account is not followed any more, and why.
func (a *Account) end(err error) {
	a.server.Stop()
	if a.ctx.Err() != nil {
		err = nil // it was closed
	}
	a.events.end(control.Ended{Err: err}.Line(time.Now()))
}
