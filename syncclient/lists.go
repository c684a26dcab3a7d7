package syncclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// List is a contact list, a blacklist or the leads of a campaign. A person chooses which of them are kept on this computer;
// all are, unless they say otherwise.
type List struct {
	// ID is the plain UUID of the list, blacklist or campaign.
	ID string
	// Kind is protocol.Contacts, protocol.Entries or protocol.Leads.
	Kind protocol.Enum
	Name string
	// Rows is how many rows the person sees of it on the server.
	Rows int64
	// Bytes is what it takes, or would take, on the disk with its indexes, as the server estimates; 0 where that is not
	// known.
	Bytes int64
	// BytesHere is what it takes here now.
	BytesHere int64
	// Kept: it is kept here, or to be. Otherwise its rows are to be had page by page (Client.Rows).
	Kept bool
	// Complete: all of its rows are here, as the server last told.
	Complete bool
}

// Lists returns what there is to choose from, by kind and name, also before the account has a copy here. Where the server
// does not answer, it is what the copy knows, without sizes; its error where there is no copy either. ErrSignedOut where the session is over, mirror.ErrLocked while the
// copy is locked.
func (c *Client) Lists(ctx context.Context, login *Login, account Account) ([]List, error) {
	status, here := c.Status(ctx, login, account)
	if here != nil && !errors.Is(here, mirror.ErrNone) {
		return nil, here
	}
	if here == nil && status.Locked { // what it holds is nobody's to see now
		return nil, mirror.ErrLocked
	}
	buckets, err := c.buckets(ctx, login, account)
	switch {
	case err == nil:
	case here == nil && ctx.Err() == nil && !errors.Is(err, ErrSignedOut):
		return listsHere(status), nil
	default:
		return nil, err
	}
	known := make(map[string]List)
	for _, l := range listsHere(status) {
		known[l.ID] = l
	}
	all := make([]List, 0, len(buckets))
	for _, b := range buckets {
		_, id, err := b.ID.Split()
		if err != nil {
			return nil, err
		}
		l, ok := known[id]
		if !ok {
			l = List{Kept: !slices.Contains(status.NotKept, id)}
		}
		l.ID, l.Kind, l.Name, l.Rows, l.Bytes = id, b.Kind, b.Name, b.Rows, b.Bytes
		all = append(all, l)
	}
	sortLists(all)
	return all, nil
}

// listsHere are the lists that a copy knows of.
func listsHere(s mirror.Status) []List {
	var all []List
	for kind, of := range map[protocol.Enum][]mirror.ListStatus{protocol.Contacts: s.Lists, protocol.Entries: s.Blacklists, protocol.Leads: s.Leads} {
		for _, l := range of {
			one := List{ID: l.ID, Kind: kind, Name: l.Name, Rows: l.Rows, Kept: l.Kept, Complete: l.Complete}
			if l.File != "" {
				one.BytesHere = sizeOf(filepath.Join(s.Folder, filepath.FromSlash(l.File)))
			}
			all = append(all, one)
		}
	}
	sortLists(all)
	return all
}

// sizeOf is the size of a file. Its journal passes.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

func sortLists(all []List) {
	slices.SortFunc(all, func(a, b List) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
}

// buckets asks the server for all lists, or some.
func (c *Client) buckets(ctx context.Context, login *Login, account Account, of ...protocol.ID) ([]protocol.SizedBucket, error) {
	token, _, err := c.session(ctx, login, account)
	if err != nil {
		return nil, err
	}
	found, err := c.server.Buckets(ctx, token, of...)
	if err != nil {
		return nil, fmt.Errorf("ask for the lists: %w", signedOutOf(err))
	}
	return found, nil
}

// session returns the token of an account, and the account as the session knows it, with a new session where there is none.
func (c *Client) session(ctx context.Context, login *Login, account Account) (string, Account, error) {
	if known, ok := login.Account(account.ID); ok && account.Collaborator == "" {
		account = known
	}
	token, err := c.token(accountName(login, account))
	if errors.Is(err, ErrSignedOut) || err == nil && account.Collaborator == "" {
		return c.openAccount(ctx, login, account)
	}
	return token, account, err
}

// named asks for one list, whatever it is of. mirror.ErrGone where the person does not see it.
func (c *Client) named(ctx context.Context, login *Login, account Account, id string) (protocol.SizedBucket, error) {
	found, err := c.buckets(ctx, login, account,
		protocol.Global(protocol.KindList, id), protocol.Global(protocol.KindBlacklist, id), protocol.Global(protocol.KindCampaign, id))
	if err == nil && len(found) == 0 {
		err = noList{}
	}
	if err != nil {
		return protocol.SizedBucket{}, err
	}
	return found[0], nil
}

// noList is mirror.ErrGone to who asks.
type noList struct{}

// Error says so without saying which of the two.
func (noList) Error() string { return "there is no such list, or it is not shared with you" }

// Is says what it is.
func (noList) Is(target error) bool { return target == mirror.ErrGone }
