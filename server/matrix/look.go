package matrix

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// looker reads an account's rows, past the viewer: the commands are for owners, who see everything.
type looker struct {
	querier
	dialect string
	account uuid.UUID
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each runs a query written for SQLite and hands each row to scan.
func (l looker) each(ctx context.Context, query string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := l.QueryContext(ctx, store.Rebind(l.dialect, query), args...)
	if err != nil {
		return fmt.Errorf("campaign access: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("campaign access: %w", err)
		}
	}
	return rows.Err()
}

// person is somebody whom a draft names: a collaborator, or who an invitation is for.
type person struct {
	ID     uuid.UUID
	Name   string
	Viewer *sharing.Viewer
	// Invited is whether ID is of an invitation.
	Invited bool
	// Joined is whether the draft named an invitation that has been accepted since.
	Joined bool
	// AfterJob is the number of the last job that had been confirmed when somebody last changed the invitation's
	// access by hand.
	AfterJob int64
}

// named returns everyone whom a draft names, or the NotFound fault.
func (l looker) named(ctx context.Context, d Draft) ([]person, error) {
	found, err := l.people(ctx, d.People, d.Invitations)
	if err != nil {
		return nil, err
	}
	for _, p := range found {
		if p == nil || p.Joined {
			return nil, fault.Missing("person")
		}
	}
	list := make([]person, len(found))
	for i, p := range found {
		list[i] = *p
	}
	return list, nil
}

// people returns people by id, collaborators first, nil for those who are gone. Who has accepted an invitation
// meanwhile is returned as the collaborator they are.
func (l looker) people(ctx context.Context, collaborators, invitations []uuid.UUID) ([]*person, error) {
	found := make(map[uuid.UUID]*person)
	err := l.each(ctx, `SELECT id, id, first_name, last_name, role, '', 0 FROM collaborators
			WHERE account_id = ?1 AND removed_at = 0 AND id IN (`+store.IDs(l.dialect, "?2")+`)`, l.person(found), l.account, store.List(collaborators))
	if err == nil && len(invitations) > 0 {
		err = l.each(ctx, `SELECT id, id, first_name, last_name, role, 'pending', access_after_job FROM invitations
			WHERE account_id = ?1 AND state = 'pending' AND id IN (`+store.IDs(l.dialect, "?2")+`)`, l.person(found), l.account, store.List(invitations))
	}
	if err == nil && len(invitations) > 0 {
		err = l.each(ctx, `SELECT i.id, c.id, c.first_name, c.last_name, c.role, 'accepted', 0 FROM invitations i
			JOIN users u ON u.email_key = i.email_key JOIN collaborators c ON c.user_id = u.id AND c.account_id = i.account_id
			WHERE i.account_id = ?1 AND i.state = 'accepted' AND c.removed_at = 0 AND i.id IN (`+store.IDs(l.dialect, "?2")+`)`,
			l.person(found), l.account, store.List(invitations))
	}
	if err != nil {
		return nil, err
	}
	all := make([]*person, 0, len(collaborators)+len(invitations))
	for _, id := range slices.Concat(collaborators, invitations) {
		all = append(all, found[id])
	}
	return all, nil
}

// person scans one, whom a draft knows by the first id.
func (l looker) person(found map[uuid.UUID]*person) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var (
			named            uuid.UUID
			p                person
			first, last, how string
			role             collaborator.Role
		)
		if err := rows.Scan(&named, &p.ID, &first, &last, &role, &how, &p.AfterJob); err != nil {
			return err
		}
		p.Name, p.Invited, p.Joined = first+" "+last, how == "pending", how == "accepted"
		// Who is deactivated keeps what they have, and is given more, for their return.
		p.Viewer = &sharing.Viewer{Account: l.account, Role: role}
		if !p.Invited {
			p.Viewer.Collaborator = p.ID
		}
		found[named] = &p
		return nil
	}
}

const campaigns = `SELECT id, name, audience, creator_id, seq FROM items WHERE account_id = ?1 AND kind = 'campaign' AND deleted_at = 0`

// some returns the campaigns with the given ids that are there, in the order of their ids.
func (l looker) some(ctx context.Context, ids []uuid.UUID) (found []campaign, err error) {
	err = l.each(ctx, campaigns+` AND id IN (`+store.IDs(l.dialect, "?2")+`) ORDER BY id`, campaignsInto(&found), l.account, store.List(ids))
	return found, err
}

// deleted returns the names of deleted campaigns, of those that are still known.
func (l looker) deleted(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	names := make(map[uuid.UUID]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	err := l.each(ctx, `SELECT id, name FROM items WHERE account_id = ?1 AND kind = 'campaign' AND id IN (`+store.IDs(l.dialect, "?2")+`)`,
		func(rows *sql.Rows) error {
			var id uuid.UUID
			var name string
			err := rows.Scan(&id, &name)
			names[id] = name
			return err
		}, l.account, store.List(ids))
	return names, err
}

// after returns the next n campaigns after an id.
func (l looker) after(ctx context.Context, id uuid.UUID, n int) (found []campaign, err error) {
	err = l.each(ctx, campaigns+` AND id > ?2 ORDER BY id LIMIT ?3`, campaignsInto(&found), l.account, id, n)
	return found, err
}

func campaignsInto(found *[]campaign) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var c campaign
		var creator uuid.NullUUID
		if err := rows.Scan(&c.ID, &c.Name, &c.Audience, &creator, &c.Seq); err != nil {
			return err
		}
		if creator.Valid {
			c.Creator = &creator.UUID
		}
		*found = append(*found, c)
		return nil
	}
}

// pair names a person and a campaign.
type pair struct{ Person, Campaign uuid.UUID }

// edges returns what collaborators, or those invited, have on campaigns.
func (l looker) edges(ctx context.Context, people, campaigns []uuid.UUID, invited bool) (map[pair]edge, error) {
	query := `SELECT collaborator_id, item_id, level, round_robin FROM access WHERE collaborator_id IN (` + store.IDs(l.dialect, "?1") + `) AND item_id IN (` + store.IDs(l.dialect, "?2") + `)`
	if invited {
		query = `SELECT invitation_id, item_id, level, round_robin FROM promises WHERE invitation_id IN (` + store.IDs(l.dialect, "?1") + `) AND item_id IN (` + store.IDs(l.dialect, "?2") + `)`
	}
	found := make(map[pair]edge)
	err := l.each(ctx, query, func(rows *sql.Rows) error {
		var p pair
		var e edge
		err := rows.Scan(&p.Person, &p.Campaign, &e.Level, &e.RoundRobin)
		found[p] = e
		return err
	}, store.List(people), store.List(campaigns))
	return found, err
}

// byHand returns the pairs of people that somebody changed by hand after the account's change number.
func (l looker) byHand(ctx context.Context, people []uuid.UUID, after int64) (map[pair]bool, error) {
	found := make(map[pair]bool)
	err := l.each(ctx, `SELECT collaborator_id, item_id FROM visibility_events
			WHERE account_id = ?1 AND job_number = 0 AND collaborator_id IN (`+store.IDs(l.dialect, "?2")+`) AND seq > ?3`,
		func(rows *sql.Rows) error {
			var p pair
			err := rows.Scan(&p.Person, &p.Campaign)
			found[p] = true
			return err
		}, l.account, store.List(people), after)
	return found, err
}

// total returns how many pairs a draft is about. A campaign it names that is not there is the NotFound fault.
func (l looker) total(ctx context.Context, d Draft) (int64, error) {
	named, err := l.some(ctx, keys(d.Changes))
	if err != nil {
		return 0, err
	}
	if len(named) < len(d.Changes) {
		return 0, fault.Missing("campaign")
	}
	n := int64(len(named))
	if d.All != nil {
		excepted, err := l.some(ctx, without(d.Except, d.Changes))
		if err != nil {
			return 0, err
		}
		err = l.each(ctx, `SELECT count(*) FROM items WHERE account_id = ?1 AND kind = 'campaign' AND deleted_at = 0`,
			func(rows *sql.Rows) error { return rows.Scan(&n) }, l.account)
		if err != nil {
			return 0, err
		}
		n -= int64(len(excepted))
	}
	return n * int64(len(d.People)+len(d.Invitations)), nil
}

// without returns the distinct ids that are not among the others.
func without(ids []uuid.UUID, others map[uuid.UUID]Wish) []uuid.UUID {
	var left []uuid.UUID
	for id := range set(ids) {
		if _, named := others[id]; !named {
			left = append(left, id)
		}
	}
	return left
}

func set(ids []uuid.UUID) map[uuid.UUID]bool {
	m := make(map[uuid.UUID]bool, len(ids))
	for _, id := range ids {
		m[id] = true
	}
	return m
}

func keys(m map[uuid.UUID]Wish) []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	return ids
}
