package protocol

import (
	"encoding/json"
	"fmt"
)

// SizedBucket is how the rows of one item stand, and what they take.
type SizedBucket struct {
	Bucket
	// Name is the item's.
	Name string `json:"name"`
	// Bytes is what the rows take on a desktop's disk with their indexes, as the server estimates.
	Bytes int64 `json:"bytes"`
}

// BucketsPerPage is how many buckets are asked for at once.
const BucketsPerPage = 500

// BucketsDocument asks for buckets and their sizes, which the server has to estimate. Variables: of, after, first.
const BucketsDocument = `query Buckets($of: [ID!], $after: String, $first: Int!) {
  buckets(of: $of, after: $after, first: $first) { buckets { id kind name state rows bytes } next }
}`

// ItemDocument asks which of some ids is that of an item with rows. Variables: of.
const ItemDocument = `query Item($of: [ID!]) { buckets(of: $of, first: 1) { buckets { id } } }`

// ItemsOf returns the ids that an item with rows may have: as a list, a blacklist or a campaign with a plain UUID.
func ItemsOf(id string) []ID {
	return []ID{Global(KindList, id), Global(KindBlacklist, id), Global(KindCampaign, id)}
}

// ListRowsDocument returns the document that asks for a page of an item's rows to look at, as rows. Variables: id, first,
// after, search. It is empty for kinds without rows.
func ListRowsDocument(kind Kind) string {
	const arguments, head = `($id: ID!, $first: Int!, $after: String, $search: String)`, `totalCount pageInfo { hasNextPage endCursor } edges { node { id `
	const moments = ` version createdAt changedAt } } }`
	switch kind {
	case KindList:
		return `query ContactRows` + arguments + ` { node(id: $id) { id ... on ContactList {
  rows: contacts(first: $first, after: $after, search: $search) { ` + head + `email firstName lastName company city fields { name value } state` + moments + ` } } }`
	case KindBlacklist:
		return `query EntryRows` + arguments + ` { node(id: $id) { id ... on Blacklist {
  rows: entries(first: $first, after: $after, search: $search) { ` + head + `kind value reason note` + moments + ` } } }`
	case KindCampaign:
		return `query LeadRows` + arguments + ` { node(id: $id) { id }
  rows: leads(first: $first, after: $after, filter: {campaigns: [$id], search: $search}) {
    ` + head + `assignee { id } assignedAt email name phone source fields { name value } state notes` + moments + ` }`
	}
	return ""
}

// ListRows is a page of an item's rows to look at.
type ListRows struct {
	Total    int64 `json:"totalCount"`
	PageInfo struct {
		More bool   `json:"hasNextPage"`
		End  string `json:"endCursor"`
	} `json:"pageInfo"`
	Edges []struct {
		Node ListRow `json:"node"`
	} `json:"edges"`
}

// ListRow is a row of any kind; which fields count depends on it.
type ListRow struct {
	ID         ID        `json:"id"`
	Assignee   *Ref      `json:"assignee"`
	AssignedAt *Moment   `json:"assignedAt"`
	Email      string    `json:"email"`
	FirstName  string    `json:"firstName"`
	LastName   string    `json:"lastName"`
	Company    string    `json:"company"`
	City       string    `json:"city"`
	Name       string    `json:"name"`
	Phone      string    `json:"phone"`
	Source     string    `json:"source"`
	Kind       Enum      `json:"kind"`
	Value      string    `json:"value"`
	Reason     Enum      `json:"reason"`
	Note       string    `json:"note"`
	State      Enum      `json:"state"`
	Notes      string    `json:"notes"`
	Fields     []further `json:"fields"`
	Version    int64     `json:"version"`
	CreatedAt  Moment    `json:"createdAt"`
	ChangedAt  Moment    `json:"changedAt"`
}

// further is a field that goes by name.
type further struct{ Name, Value string }

// Column returns the value that a mirror has in a column of the row: a string, an int64 or nil.
func (r *ListRow) Column(name string) (any, error) {
	switch name {
	case "id":
		_, plain, err := r.ID.Split()
		return plain, err
	case "assignee":
		if r.Assignee == nil {
			return nil, nil
		}
		plain, err := r.Assignee.ID.Of(KindPerson)
		return plain, err
	case "assigned_at":
		if r.AssignedAt == nil {
			return nil, nil
		}
		return int64(*r.AssignedAt), nil
	case "fields":
		byName := make(map[string]string, len(r.Fields))
		for _, f := range r.Fields {
			byName[f.Name] = f.Value
		}
		text, err := json.Marshal(byName)
		return string(text), err
	case "version":
		return r.Version, nil
	case "created_at":
		return int64(r.CreatedAt), nil
	case "changed_at":
		return int64(r.ChangedAt), nil
	case "email":
		return r.Email, nil
	case "first_name":
		return r.FirstName, nil
	case "last_name":
		return r.LastName, nil
	case "company":
		return r.Company, nil
	case "city":
		return r.City, nil
	case "name":
		return r.Name, nil
	case "phone":
		return r.Phone, nil
	case "source":
		return r.Source, nil
	case "notes":
		return r.Notes, nil
	case "value":
		return r.Value, nil
	case "note":
		return r.Note, nil
	case "kind":
		return string(r.Kind), nil
	case "reason":
		return string(r.Reason), nil
	case "state":
		return string(r.State), nil
	}
	return nil, fmt.Errorf("rows have no column %q", name)
}
