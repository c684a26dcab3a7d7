package syncclient

import (
	"context"
	"errors"
	"sync/atomic"
)

// Follow opens the local copy of an account as Open does, has work use it, and closes it however work ends, by a panic,
// too, which goes on. Where work returns ErrSignedOut, since the account's session has ended, Follow begins another as Renew
// does and calls work with a new Follower: once until the copy has been up to date again, so that it also serves who follows
// for years. Errors are those of Open, work and Renew.
func (c *Client) Follow(ctx context.Context, login *Login, account Account, notify func(Event), work func(*Follower) error) error {
	var renew atomic.Bool
	renew.Store(true)
	tell := func(e Event) {
		if _, is := e.(UpToDate); is {
			renew.Store(true)
		}
		if notify != nil {
			notify(e)
		}
	}
	for {
		err := c.followed(ctx, login, account, tell, work)
		if !errors.Is(err, ErrSignedOut) || ctx.Err() != nil || !renew.Swap(false) {
			return err
		}
		if login, account, err = c.Renew(ctx, login, account); err != nil {
			return err
		}
	}
}

func (c *Client) followed(ctx context.Context, login *Login, account Account, notify func(Event), work func(*Follower) error) (err error) {
	f, err := c.Open(ctx, login, account, notify)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return work(f)
}
