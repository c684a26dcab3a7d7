package control

import (
	"context"

	"github.com/partage-mail/partage/syncclient"
)

// List is one of those of which a person chooses which are kept here, as lists prints it. Its names are a contract with
// other programs.
type List struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"` // contacts, entries, leads
	Name      string `json:"name"`
	Rows      int64  `json:"rows"`
	Bytes     int64  `json:"bytes"`     // that it takes or would take, as estimated; 0: not known
	BytesHere int64  `json:"bytesHere"` // that it takes now
	Kept      bool   `json:"kept"`
	Complete  bool   `json:"complete"`
}

// Page is a page of rows of a list as the server has them, as rows prints it. Its names are a contract with other programs.
type Page struct {
	Kind    string           `json:"kind"`
	Columns []string         `json:"columns"`
	Rows    []map[string]any `json:"rows"`
	Next    string           `json:"next"` // empty where nothing follows
	Total   int64            `json:"total"`
}

// RowsOf says which rows of a list are asked for.
type RowsOf struct {
	// List is the id of the list, blacklist or campaign.
	List string
	// After is next of the page before; First how many, Search what they are to match.
	After  string
	First  int
	Search string
}

// ListsOf returns lists as programs are told them.
func ListsOf(all []syncclient.List) []List {
	lists := make([]List, 0, len(all))
	for _, l := range all {
		lists = append(lists, List{l.ID, string(l.Kind), l.Name, l.Rows, l.Bytes, l.BytesHere, l.Kept, l.Complete})
	}
	return lists
}

// PageOf returns a page of rows as programs are told it.
func PageOf(p *syncclient.ListRows) Page {
	return Page{string(p.Kind), p.Columns, p.Rows, p.Next, p.Total}
}

// Lists returns a slice of List.
func (c Copy) Lists(ctx context.Context) (any, error) {
	found, err := c.Client.Lists(ctx, c.Login, c.Account)
	if err != nil {
		return nil, err
	}
	return ListsOf(found), nil
}

// Choose has a list be kept here, or not.
func (c Copy) Choose(ctx context.Context, list string, kept bool) error {
	if kept {
		return c.Client.Keep(ctx, c.Login, c.Account, list)
	}
	return c.Client.Drop(ctx, c.Login, c.Account, list)
}

// Rows returns a Page.
func (c Copy) Rows(ctx context.Context, of RowsOf) (any, error) {
	found, err := c.Client.Rows(ctx, c.Login, c.Account, of.List, of.After, of.First, of.Search)
	if err != nil {
		return nil, err
	}
	return PageOf(found), nil
}
