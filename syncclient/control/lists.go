package control

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/partage-mail/partage/syncclient"
)

// Which names an item whose rows are kept, or not.
type Which struct {
	// Item is the id of a list, blacklist or campaign.
	Item string `json:"item"`
}

func (w *Which) sound() string {
	if w.Item == "" {
		return "needs item: the id of a list, blacklist or campaign."
	}
	return ""
}

// RowsOf says which rows are asked for.
type RowsOf struct {
	Which
	// After is next of the page before; First how many, 50 where it is 0; Search what they are to match.
	After  string `json:"after,omitempty"`
	First  int    `json:"first,omitempty"`
	Search string `json:"search,omitempty"`
}

// PageOf returns a page of rows as programs are told it: fields is an object, as it is in an Edit.
func PageOf(p *syncclient.ListRows) syncclient.ListRows {
	page := *p
	page.Rows = make([]map[string]any, len(p.Rows))
	for i, row := range p.Rows {
		if text, is := row["fields"].(string); is {
			row = maps.Clone(row)
			row["fields"] = json.RawMessage(text)
		}
		page.Rows[i] = row
	}
	return page
}

// Lists returns what there is to choose from.
func (c Copy) Lists(ctx context.Context) ([]syncclient.List, error) {
	return c.Client.Lists(ctx, c.Login, c.Account)
}

// Keep has the rows of an item be kept here.
func (c Copy) Keep(ctx context.Context, item string) error {
	return c.Client.Keep(ctx, c.Login, c.Account, item)
}

// Drop has the rows of an item not be kept here.
func (c Copy) Drop(ctx context.Context, item string) error {
	_, err := c.Client.Drop(ctx, c.Login, c.Account, item)
	return err
}

// Rows returns a page of rows as the server has them.
func (c Copy) Rows(ctx context.Context, of RowsOf) (*syncclient.ListRows, error) {
	found, err := c.Client.Rows(ctx, c.Login, c.Account, of.Item, of.After, of.First, of.Search)
	if err != nil {
		return nil, err
	}
	page := PageOf(found)
	return &page, nil
}
