package browse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// own follows a copy in this process: Client.Follow, in a goroutine until its context ends. It opens the control channel of the
// copy besides, as partage-sync run does, so that another program, or another window of this one, can follow along;
// control.Server.Drive runs the follower and interrupts it for requests, and Watch tells its events here as it does there.
type own struct {
	*board
	server *control.Server
}

// keep follows the copy here, or by way of the program that does already.
func keep(ctx context.Context, client *syncclient.Client, login *syncclient.Login, account syncclient.Account) (keeper, error) {
	answers := control.Copy{Client: client, Login: login, Account: account}
	folder := client.Folder(login, account)
	server, err := control.Listen(control.Path(folder), answers)
	if errors.Is(err, control.ErrInUse) {
		return attend(ctx, folder), nil
	}
	o := &own{server: server}
	var own context.Context
	o.board, own = newBoard(ctx, false)
	if err != nil { // such as a path that is too long: nobody else can ask then
		o.server, o.state.unheard = control.New(answers), control.Sentence(err)
	}
	o.server.Watch(o.line)
	opened := make(chan error, 1)
	go o.work(own, client, login, account, opened)
	select {
	case err = <-opened:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err == nil {
		return o, nil
	}
	o.close()
	if errors.Is(err, mirror.ErrInUse) {
		return attend(ctx, folder), nil
	}
	return nil, err
}

// work follows until ctx ends or the copy cannot be followed any more. opened gets nil when the copy is open, or why it cannot be.
func (o *own) work(ctx context.Context, client *syncclient.Client, login *syncclient.Login, account syncclient.Account, opened chan error) {
	defer close(o.ended)
	tell := func(err error) {
		select {
		case opened <- err:
		default: // it was told before
		}
	}
	var serving sync.WaitGroup
	serving.Go(func() { _ = o.server.Serve(ctx) })
	err := safely(func() error {
		return client.Follow(ctx, login, account, o.server.Tell, func(f *syncclient.Follower) error {
			tell(nil)
			return o.server.Drive(ctx, f)
		})
	})
	o.stop()
	serving.Wait()
	_ = o.server.Close()
	o.end(err)
	tell(err)
}

// safely makes an error of a panic: the terminal is to be restored first, so it ends nothing by itself.
func safely(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal: %v", r)
		}
	}()
	return do()
}

// ask does what the control channel does for others.
func (o *own) ask(ctx context.Context, what string) error {
	var said struct {
		Error *control.Error `json:"error"`
	}
	if err := json.Unmarshal(o.server.Answer(ctx, []byte(`{"id":1,"do":"`+what+`"}`)), &said); err != nil || said.Error == nil {
		return err
	}
	return said.Error
}
