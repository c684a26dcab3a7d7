package protocol

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Kinds of buckets, as headers and mirrors write them.
const (
	Contacts Enum = "contacts"
	Entries  Enum = "entries"
	Leads    Enum = "leads"
)

// Rows is the kind of bucket that rows of a kind, or those of an item of a kind, are in.
func (k Kind) Rows() Enum {
	switch k {
	case KindEntry, KindBlacklist:
		return Entries
	case KindLead, KindCampaign:
		return Leads
	}
	return Contacts
}

// Columns returns the columns a client needs of a bucket's rows, in the order in which this version of the server
// sends them; nil for an unknown kind.
func Columns(kind Enum) []string {
	switch kind {
	case Contacts:
		return []string{"id", "email", "first_name", "last_name", "company", "city", "fields", "state", "version", "created_at", "changed_at"}
	case Entries:
		return []string{"id", "kind", "value", "reason", "note", "version", "created_at", "changed_at"}
	case Leads:
		return []string{"id", "assignee", "assigned_at", "email", "name", "phone", "source", "fields", "state", "notes",
			"version", "created_at", "changed_at"}
	}
	return nil
}

// RowHeader is the first line of a page of rows.
type RowHeader struct {
	// Kind is "contacts", "entries" or "leads".
	Kind Enum `json:"kind"`
	// Columns names the places of each row's array. New ones may be added by newer servers.
	Columns []string `json:"columns"`
	// State is the bucket's as of this page; a mirror has reached it with the last page.
	State string `json:"state"`
	// Rows is how many rows the bucket has in all.
	Rows int64  `json:"rows"`
	Next string `json:"next"`
	More bool   `json:"more"`
	// Count is how many rows this page carries.
	Count int64 `json:"count"`
	// Digest is that of all rows of the bucket, where nothing follows and the server tells it; of a page of parts, that of
	// their rows. Empty where it is not told.
	Digest string `json:"digest"`
	// Parts are those whose rows a page of parts has, which follows no cursor and moves none.
	Parts []int `json:"parts"`
}

// RowPage is a page of rows. Upserts and Removed stay as the server wrote them: JSON text for the database to read.
type RowPage struct {
	RowHeader
	// Upserts is a JSON array of rows, each an array in the order of Columns.
	Upserts []byte
	// Removed is a JSON array of plain UUIDs.
	Removed []byte
}

// BucketRows is a page of a bucket's rows that came with a page of the workspace.
type BucketRows struct {
	Bucket ID `json:"bucket"`
	// From is the cursor that the page follows.
	From string `json:"from"`
	// Page is what GET /sync/rows answers: see ParseRows.
	Page string `json:"page"`
}

// Parse reads the page.
func (b *BucketRows) Parse() (*RowPage, error) { return ParseRows([]byte(b.Page), b.From) }

// ParseRows cuts a body into its three lines and checks that it is whole and can follow a request with the given
// cursor. The page keeps parts of body.
func ParseRows(body []byte, after string) (*RowPage, error) {
	header, rest, ok := bytes.Cut(body, []byte{'\n'})
	if !ok {
		return nil, fmt.Errorf("the page of rows breaks off in its header")
	}
	page := &RowPage{}
	if err := json.Unmarshal(header, &page.RowHeader); err != nil {
		return nil, fmt.Errorf("the header of a page of rows is not readable: %w", err)
	}
	page.Upserts, rest, ok = bytes.Cut(rest, []byte{'\n'})
	if !ok || !isArray(page.Upserts) {
		return nil, fmt.Errorf("the page of rows breaks off in its rows")
	}
	page.Removed = bytes.TrimSuffix(rest, []byte{'\n'})
	if !isArray(page.Removed) || bytes.IndexByte(page.Removed, '\n') >= 0 {
		return nil, fmt.Errorf("the page of rows breaks off in its removals")
	}
	return page, page.check(after)
}

func (p *RowPage) check(after string) error {
	need := Columns(p.Kind)
	if need == nil {
		return fmt.Errorf("the server sent rows of the unknown kind %q", clip(string(p.Kind)))
	}
	for _, name := range need {
		if !slices.Contains(p.Columns, name) {
			return fmt.Errorf("the server sent rows without the column %s", name)
		}
	}
	if len(p.Columns) > 200 || p.Count < 0 || p.Rows < 0 || len(p.State) > MaxCursor || p.State == "" {
		return fmt.Errorf("the header of a page of rows makes no sense")
	}
	if p.Digest != "" {
		if _, err := ParseDigest(p.Digest); err != nil {
			return fmt.Errorf("the header of a page of rows makes no sense: %w", err)
		}
	}
	if len(p.Parts) > 0 {
		return nil
	}
	return checkNext(p.Next, after, p.More)
}

func isArray(b []byte) bool {
	return len(b) >= 2 && b[0] == '[' && b[len(b)-1] == ']'
}
