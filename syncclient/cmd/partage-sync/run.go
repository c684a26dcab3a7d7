package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
)

type runCommand struct {
	Account string `help:"Name or id of the account; needed where there are several." placeholder:"ACCOUNT"`
	Quiet   bool   `help:"Say nothing but errors." short:"q"`
	JSON    bool   `help:"Print events as lines of JSON (syncclient/control/CONTROL.md)." name:"json"`
	Control string `help:"Where programs ask and steer it: a path in a folder of mode 0700; a place of its own in the data folder where left out." placeholder:"PATH" type:"path"`
}

// Run follows the server until interrupted, or stopped by a program.
func (c *runCommand) Run(s *session) error {
	login, account, err := s.whose(c.Account)
	if err != nil {
		return err
	}
	server, err := c.listen(s, login, account)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	var printing sync.Mutex
	print := func(line []byte) {
		printing.Lock()
		defer printing.Unlock()
		if _, err := s.out.Write(line); err != nil {
			cancel() // who started this does not listen any more
		}
	}
	if !c.JSON {
		print = func([]byte) {}
	}
	server.Watch(print)
	// Clients hear the end of their connection when the local copy is free again.
	defer serve(server)()
	return s.followAccount(login, account, c.Quiet, server.Tell, func(f *syncclient.Follower) error {
		print(control.Started{Account: account.Name, AccountID: account.ID, Folder: f.Folder(), Control: server.Path()}.Line(time.Now()))
		return server.Drive(ctx, f)
	})
}

// listen opens the socket. Where it cannot be opened at its own place, following goes on without.
func (c *runCommand) listen(s *session, login *syncclient.Login, account syncclient.Account) (*control.Server, error) {
	path, answers := c.Control, control.Copy{Client: s.client, Login: login, Account: account}
	if path == "" {
		path = control.Path(s.client.Folder(login, account))
	}
	server, err := control.Listen(path, answers)
	if err != nil && c.Control == "" && !errors.Is(err, control.ErrInUse) {
		fmt.Fprintln(s.notes, "Other programs cannot steer this one.", control.Sentence(err))
		return control.New(answers), nil
	}
	return server, err
}

// serve begins to answer; what it returns ends that.
func serve(server *control.Server) (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(ctx) })
	return func() {
		cancel()
		serving.Wait()
		_ = server.Close()
	}
}
