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

// own follows a copy in this process: Client.Open, and a goroutine in which the follower runs until its context ends. What
// it does is told as events of the library. It opens the control channel of the copy besides, as partage-sync run does, so
// that another program, or another window of this one, can follow along; control.Server.Drive runs the follower and
// interrupts it for requests.
type own struct {
	*board
	server  *control.Server
	stop    context.CancelFunc
	working sync.WaitGroup
}

// keep follows the copy here, or by way of the program that does already.
func keep(ctx context.Context, client *syncclient.Client, login *syncclient.Login, account syncclient.Account) (keeper, error) {
	answers := control.Copy{Client: client, Login: login, Account: account}
	folder := client.Folder(login, account)
	server, err := control.Listen(control.Path(folder), answers)
	if errors.Is(err, control.ErrInUse) {
		return attend(ctx, folder), nil
	}
	if err != nil { // such as a path that is too long: nobody else can ask then
		server = control.New(answers)
	}
	o := &own{board: newBoard(false), server: server}
	server.Watch(o.steered)
	f, err := client.Open(ctx, login, account, o.tell)
	if err != nil {
		_ = server.Close()
		if errors.Is(err, mirror.ErrInUse) {
			return attend(ctx, folder), nil
		}
		return nil, err
	}
	ctx, o.stop = context.WithCancel(context.WithoutCancel(ctx))
	o.working.Go(func() { _ = server.Serve(ctx) })
	o.working.Go(func() {
		defer o.stop()
		o.work(ctx, f, client, login, account)
	})
	return o, nil
}

// tell takes the events of the library.
func (o *own) tell(e syncclient.Event) {
	o.event(e)
	o.server.Tell(e)
}

// steered takes what the channel tells besides: that somebody has paused or resumed, this window or another program.
func (o *own) steered(line []byte) {
	var h heardLine
	if json.Unmarshal(line, &h) != nil {
		return
	}
	switch h.Event {
	case "paused":
		o.change(func(s *standing) { s.phase = paused })
	case "resumed":
		o.change(func(s *standing) { s.phase = working })
	}
}

// work follows until ctx ends or the copy cannot be followed any more. Where only the account's session has ended, it
// begins another, once.
func (o *own) work(ctx context.Context, f *syncclient.Follower, client *syncclient.Client, login *syncclient.Login, account syncclient.Account) {
	var err error
	defer func() {
		if r := recover(); r != nil { // the terminal is to be restored first, so it ends nothing by itself
			err = fmt.Errorf("internal: %v", r)
		}
		o.end(err)
	}()
	err = o.drive(ctx, f)
	if errors.Is(err, syncclient.ErrSignedOut) && ctx.Err() == nil {
		if login, account, err = client.Renew(ctx, login, account); err != nil {
			return
		}
		if f, err = client.Open(ctx, login, account, o.tell); err == nil {
			err = o.drive(ctx, f)
		}
	}
}

func (o *own) drive(ctx context.Context, f *syncclient.Follower) error {
	return errors.Join(o.server.Drive(ctx, f), f.Close())
}

// ask does what the control channel does for others.
func (o *own) ask(ctx context.Context, what string) error {
	var said struct {
		Error *control.Error `json:"error"`
	}
	answer := o.server.Answer(ctx, []byte(`{"id":1,"do":"`+what+`"}`))
	if err := json.Unmarshal(answer, &said); err != nil {
		return err
	}
	if said.Error != nil {
		return said.Error
	}
	return nil
}

func (o *own) close() {
	o.stop()
	o.working.Wait()
	_ = o.server.Close()
}
