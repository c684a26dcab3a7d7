package syncclient

import (
	"encoding/json"
	"slices"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// namedAtMost is how many ids an event names.
const namedAtMost = 1000

// changes collects what one transaction did, by kind and item.
type changes struct {
	all []Changed
}

func (c *changes) of(kind Kind, item string) *Changed {
	i := slices.IndexFunc(c.all, func(e Changed) bool { return e.Kind == kind && e.Item == item })
	if i < 0 {
		i = len(c.all)
		c.all = append(c.all, Changed{Kind: kind, Item: item})
	}
	return &c.all[i]
}

func (e *Changed) came(id string) { e.IDs = append(e.IDs, id) }

// item notes an item of which something came. What cannot be read was refused before.
func (c *changes) item(id protocol.ID) {
	if kind, plain, err := id.Split(); err == nil {
		c.of(kindOf(kind), "").came(plain)
	}
}

// kindOf is what the mirror calls a kind of thing.
func kindOf(kind protocol.Kind) Kind {
	if kind == protocol.KindPerson {
		return KindCollaborator
	}
	return kind
}

// tellChanges tells what a transaction did. Where it names too many, or was part of a walk, none are named: who shows
// them reads them again.
func (f *Follower) tellChanges(c changes, walking bool) {
	for _, e := range c.all {
		if walking || e.Many || len(e.IDs)+len(e.Removed) > namedAtMost {
			e = Changed{Kind: e.Kind, Item: e.Item, Many: true}
		}
		f.tell(e)
	}
}

// pageChanges is what a page of the workspace did. The last page of a walk takes out what the walk did not name.
func pageChanges(page *protocol.ChangePage, done mirror.Applied) (c changes) {
	if page.Account != nil {
		c.item(page.Account.ID)
	}
	for _, p := range page.Collaborators {
		c.item(p.ID)
	}
	for _, i := range page.Items {
		c.item(i.ID)
	}
	for _, b := range page.Buckets {
		c.item(b.ID)
	}
	for _, id := range page.Removals {
		if kind, plain, err := id.Split(); err == nil {
			e := c.of(kindOf(kind), "")
			e.Removed = append(e.Removed, plain)
		}
	}
	for i := range c.all { // an item and its rows come together
		slices.Sort(c.all[i].IDs)
		c.all[i].IDs = slices.Compact(c.all[i].IDs)
	}
	if done.Walked && done.Removed > 0 {
		for _, kind := range []Kind{KindCollaborator, KindCampaign, KindTemplate, KindList, KindBlacklist} {
			c.of(kind, "").Many = true
		}
	}
	return c
}

// rowChanges is what a page of a list's rows did: to its rows, and to what the list says of them.
func rowChanges(b mirror.Bucket, page *protocol.RowPage, done mirror.RowsApplied, walking, complete bool) (c changes) {
	if done.Changed+done.Removed > 0 {
		e := c.of(rowKind(b.Kind), b.ID)
		e.Many = walking || done.Changed+done.Removed > namedAtMost
		if !e.Many {
			e.IDs, e.Removed = idsOf(page), textsOf(page.Removed)
		}
	}
	if complete {
		c.item(b.Global())
	}
	return c
}

// rowKind is what one row of a bucket is called.
func rowKind(bucket protocol.Enum) Kind {
	switch bucket {
	case protocol.Entries:
		return KindEntry
	case protocol.Leads:
		return KindLead
	}
	return KindContact
}

// idsOf returns the ids of the rows of a page, which the mirror has taken.
func idsOf(page *protocol.RowPage) []string {
	at := slices.Index(page.Columns, "id")
	var rows [][]json.RawMessage
	if json.Unmarshal(page.Upserts, &rows) != nil {
		return nil
	}
	ids := make([]string, 0, len(rows))
	for _, row := range rows {
		var id string
		if at >= 0 && at < len(row) && json.Unmarshal(row[at], &id) == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

func textsOf(array []byte) (texts []string) {
	_ = json.Unmarshal(array, &texts) // the mirror has read it
	return texts
}

// answerChanges is what the server's answers did at once: the edits that it did not take, or not whole, need a person's eye. The
// others are settled when their rows have come.
func answerChanges(edits []protocol.Mutation, results []protocol.Result) (c changes) {
	for _, r := range results {
		i := slices.IndexFunc(edits, func(e protocol.Mutation) bool { return e.Number == r.Number })
		if i >= 0 && r.State != protocol.Applied {
			c.of(edits[i].Kind, edits[i].Item).came(edits[i].ID)
		}
	}
	return c
}

// rowsChanged names rows.
func rowsChanged(rows []mirror.Row) (c changes) {
	for _, r := range rows {
		c.of(r.Kind, r.Item).came(r.ID)
	}
	return c
}
