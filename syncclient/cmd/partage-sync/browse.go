package main

import (
	"os"
	"os/signal"
	"sync"
	"syscall"

	"golang.org/x/term"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/browse"
)

type browseCommand struct {
	Account string `help:"Name or id of the account to open; chosen there where left out." placeholder:"ACCOUNT"`
}

// Run shows the local copies in the terminal.
func (c *browseCommand) Run(s *session) error {
	out, is := s.out.(*os.File)
	if !is || !term.IsTerminal(int(out.Fd())) || !term.IsTerminal(int(s.in.Fd())) {
		return usageError("browse needs a terminal")
	}
	data := s.opt.Data
	if data == "" {
		var err error
		if data, err = syncclient.DataFolder(); err != nil {
			return err
		}
	}
	known := clientsOf{opt: s.opt, known: map[string]*syncclient.Client{}}
	defer known.close()
	ctx, stop := signal.NotifyContext(s.ctx, syscall.SIGHUP) // the window was closed
	defer stop()
	return browse.Run(ctx, browse.Config{
		Client: known.client,
		Servers: func() ([]string, error) {
			if s.opt.Server != "" {
				return []string{s.opt.Server}, nil
			}
			return syncclient.Servers(data)
		},
		Server: s.client.Server(), Email: s.opt.Email, Account: c.Account,
		In: s.in, Out: out, Environ: os.Environ(),
	})
}

// clientsOf makes a client for each server that is asked for, once.
type clientsOf struct {
	opt   options
	mu    sync.Mutex
	known map[string]*syncclient.Client
}

func (c *clientsOf) client(server string) (*syncclient.Client, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.known[server]; known != nil {
		return known, nil
	}
	of := c.opt
	of.Server = server
	client, err := of.client()
	if err == nil {
		c.known[server] = client
	}
	return client, err
}

func (c *clientsOf) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, client := range c.known {
		client.Close()
	}
}
