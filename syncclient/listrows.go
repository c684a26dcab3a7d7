package syncclient

import (
	"context"
	"fmt"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// ListRows is a page of a list's rows as the server has them. Its names in JSON are a contract with other programs.
type ListRows struct {
	// Kind is that of the list: KindList, KindBlacklist or KindCampaign.
	Kind Kind `json:"kind"`
	// Columns are the mirror's columns of such rows, in order.
	Columns []string `json:"columns"`
	// Rows have a value by column: a string, an int64 (versions, and moments in microseconds) or nil. fields is the text of
	// a JSON object, as in the mirror.
	Rows []map[string]any `json:"rows"`
	// Next is what to ask for the next page with; empty where nothing follows.
	Next string `json:"next"`
	// Total is how many rows match in all.
	Total int64 `json:"total"`
}

// mostRows is how many rows are on a page at most, and usualRows where nobody says.
const (
	mostRows  = 100
	usualRows = 50
)

// ArgumentError says what is wrong with what a caller asked for: asking for it again does not help.
type ArgumentError string

// Error returns it.
func (e ArgumentError) Error() string { return string(e) }

// Rows asks the server for a page of the rows of a list, a blacklist or a campaign, by the plain id of the item: for those
// that are not kept here. after is Next of the page before, first how many, 1 to 100 (0: 50), search part of a name or
// address, of a lead's phone number, too. Contacts and entries come by address, leads newest first. mirror.ErrGone where the
// person does not see the list, an ArgumentError where after, first or search is none; without contact, the error is that of
// the way to the server.
func (c *Client) Rows(ctx context.Context, login *Login, account Account, id, after string, first int, search string) (*ListRows, error) {
	if first == 0 {
		first = usualRows
	}
	if first < 1 || first > mostRows {
		return nil, ArgumentError(fmt.Sprintf("a page has 1 to %d rows", mostRows))
	}
	token, _, err := c.session(ctx, login, account)
	if err != nil {
		return nil, err
	}
	kind, err := c.kindOf(ctx, login, account, token, id)
	if err != nil {
		return nil, err
	}
	page, err := c.server.ListRows(ctx, token, protocol.Global(kind, id), after, first, search)
	if said := protocol.AsError(err); said != nil && said.Code == protocol.BadInput {
		return nil, ArgumentError(said.Message)
	}
	if err != nil {
		return nil, signedOutOf(err)
	}
	if page == nil {
		return nil, noList{}
	}
	found := &ListRows{Kind: kind, Columns: protocol.Columns(kind.Rows()), Rows: make([]map[string]any, 0, len(page.Edges)), Total: page.Total}
	if page.PageInfo.More {
		found.Next = page.PageInfo.End
	}
	for i := range page.Edges {
		row := make(map[string]any, len(found.Columns))
		for _, column := range found.Columns {
			if row[column], err = page.Edges[i].Node.Column(column); err != nil {
				return nil, fmt.Errorf("read the rows of a list: %w", err)
			}
		}
		found.Rows = append(found.Rows, row)
	}
	return found, nil
}
