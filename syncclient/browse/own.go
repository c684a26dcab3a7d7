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

// keep keeps a copy like the server. It follows it in this process, and opens the control channel of the copy besides, as
// partage-sync run does, so that another program, or another window of this one, can follow along. Where a program follows it
// already, it goes along with that one.
func keep(ctx context.Context, client *syncclient.Client, login *syncclient.Login, account syncclient.Account) (*keeper, error) {
	answers := control.Copy{Client: client, Login: login, Account: account}
	folder := client.Folder(login, account)
	server, err := control.Listen(control.Path(folder), answers)
	if errors.Is(err, control.ErrInUse) {
		return attend(ctx, folder), nil
	}
	k, following := newKeeper(ctx, false)
	if err != nil { // such as a path that is too long: nobody else can ask then
		server, k.state.unheard = control.New(answers), control.Sentence(err)
	}
	server.Watch(k.tell)
	k.ask = func(ctx context.Context, what string) error { return askOwn(ctx, server, what) }
	opened := make(chan error, 1)
	go func() {
		defer close(k.ended)
		err := follow(following, server, client, login, account, opened)
		k.over(err)
		offer(opened, err)
	}()
	select {
	case err = <-opened:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err == nil {
		return k, nil
	}
	k.close()
	if errors.Is(err, mirror.ErrInUse) {
		return attend(ctx, folder), nil
	}
	return nil, err
}

// follow follows until ctx ends or the copy cannot be followed any more, and closes the server. opened gets nil when the copy
// is open. control.Server.Drive runs the follower and interrupts it for requests, and Tell passes its events on.
func follow(ctx context.Context, server *control.Server, client *syncclient.Client, login *syncclient.Login, account syncclient.Account, opened chan error) error {
	serve, stop := context.WithCancel(ctx)
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(serve) })
	defer func() {
		stop()
		serving.Wait()
		_ = server.Close()
	}()
	return safely(func() error {
		return client.Follow(ctx, login, account, server.Tell, func(f *syncclient.Follower) error {
			offer(opened, nil)
			return server.Drive(ctx, f)
		})
	})
}

// offer says whether the copy could be opened; once.
func offer(opened chan error, err error) {
	select {
	case opened <- err:
	default: // it was told before
	}
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

// askOwn does what the control channel does for others.
func askOwn(ctx context.Context, server *control.Server, what string) error {
	var said struct {
		Error *control.Error `json:"error"`
	}
	if err := json.Unmarshal(server.Answer(ctx, []byte(`{"id":1,"do":"`+what+`"}`)), &said); err != nil || said.Error == nil {
		return err
	}
	return said.Error
}
