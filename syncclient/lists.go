package syncclient

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// List is a contact list, a blacklist or the leads of a campaign. A person chooses which of them are kept on this computer;
// all are, unless they say otherwise. Its names in JSON are a contract with other programs.
type List struct {
	// ID is the plain UUID of the list, blacklist or campaign.
	ID string `json:"id"`
	// Kind is KindList, KindBlacklist or KindCampaign.
	Kind Kind   `json:"kind"`
	Name string `json:"name"`
	// Rows is how many rows the person sees of it on the server.
	Rows int64 `json:"rows"`
	// Bytes is what it takes, or would take, on the disk with its indexes, as the server estimates; 0 where that is not
	// known.
	Bytes int64 `json:"bytes"`
	// BytesHere is what it takes here now.
	BytesHere int64 `json:"bytesHere"`
	// Kept: it is kept here, or to be. Otherwise its rows are to be had page by page (Client.Rows).
	Kept bool `json:"kept"`
	// Complete: all of its rows are here, as the server last told.
	Complete bool `json:"complete"`
}

// Lists returns what there is to choose from, by kind and name, also before the account has a copy here. Where the server
// does not answer, it is what the copy knows, without sizes; its error where there is no copy either. ErrSignedOut where the
// session is over, ErrLocked while the copy is locked.
func (c *Client) Lists(ctx context.Context, login *Login, account Account) ([]List, error) {
	status, here := c.Status(ctx, login, account)
	if here != nil && !errors.Is(here, mirror.ErrNone) {
		return nil, here
	}
	if here == nil && status.Locked { // what it holds is nobody's to see now
		return nil, mirror.ErrLocked
	}
	token, _, err := c.session(ctx, login, account)
	var buckets []protocol.SizedBucket
	if err == nil {
		buckets, err = c.server.Buckets(ctx, token)
		err = signedOutOf(err)
	}
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
		kind, id, err := b.ID.Split()
		if err != nil {
			return nil, err
		}
		l, ok := known[id]
		if !ok {
			l = List{Kept: !slices.Contains(status.NotKept, id)}
		}
		l.ID, l.Kind, l.Name, l.Rows, l.Bytes = id, kind, b.Name, b.Rows, b.Bytes
		all = append(all, l)
	}
	sortLists(all)
	return all, nil
}

// listsHere are the lists that a copy knows of.
func listsHere(s mirror.Status) []List {
	all := []List{}
	for kind, of := range map[Kind][]mirror.ListStatus{KindList: s.Lists, KindBlacklist: s.Blacklists, KindCampaign: s.Leads} {
		for _, l := range of {
			one := List{ID: l.ID, Kind: kind, Name: l.Name, Rows: l.Rows, Kept: l.Kept, Complete: l.Complete}
			if l.File != "" {
				path := filepath.Join(s.Folder, filepath.FromSlash(l.File))
				one.BytesHere = max(sizeOf(path), sizeOf(path+"-wal")) // new rows are in the journal alone, later in both
			}
			all = append(all, one)
		}
	}
	sortLists(all)
	return all
}

// sizeOf is the size of a file, 0 where there is none.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// sortLists sorts contact lists first, then blacklists and campaigns, each by name.
func sortLists(all []List) {
	order := map[Kind]int{KindList: 1, KindBlacklist: 2, KindCampaign: 3}
	slices.SortFunc(all, func(a, b List) int {
		return cmp.Or(cmp.Compare(order[a.Kind], order[b.Kind]), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
}
