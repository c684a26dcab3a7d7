package intake

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// querier is the client of a transaction, or the plain one.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Place is a member with what their place shows: when the rotation last gave them a lead, and until when they are away.
type Place struct {
	Member
	LastLeadAt instant.Instant
	AwayUntil  instant.Instant
}

// Open is a rotation with the places of its members, in their order.
type Open struct {
	Rotation
	Places []Place
}

// Read returns the rotations of live campaigns as they are now. It asks for no right: the caller has.
func Read(ctx context.Context, q querier, dialectName string, now instant.Instant, campaigns ...uuid.UUID) (map[uuid.UUID]Open, error) {
	all, err := states(ctx, q, dialectName, campaigns, "")
	if err != nil {
		return nil, err
	}
	places, err := members(ctx, q, dialectName, campaigns, now, false)
	if err != nil {
		return nil, err
	}
	opened := make(map[uuid.UUID]Open, len(all))
	for id, c := range all {
		c.seat(places[id])
		opened[id] = Open{c.Rotation, places[id]}
	}
	return opened, nil
}

// campaignState is a campaign as intake sees it.
type campaignState struct {
	Rotation
	name string
	// head is how many ranks were given out.
	head int64
	// keyHash is that of the secret of its form; nil where there is none.
	keyHash []byte
}

// states returns live campaigns without their members. lock is what PostgreSQL is to lock of them.
func states(ctx context.Context, q querier, dialectName string, ids []uuid.UUID, lock string) (map[uuid.UUID]*campaignState, error) {
	rows, err := q.QueryContext(ctx, store.Rebind(dialectName, `SELECT c.id, i.name, c.rotation_head, c.rotation_at, c.rotation_paused, c.lead_key_hash
		FROM items i JOIN campaigns c ON c.id = i.id WHERE i.deleted_at = 0 AND `+among(dialectName, "i.id", "?1")+lock), idList(dialectName, ids))
	if err != nil {
		return nil, fmt.Errorf("reading rotations: %w", err)
	}
	defer rows.Close()
	all := make(map[uuid.UUID]*campaignState, len(ids))
	for rows.Next() {
		var id uuid.UUID
		c := &campaignState{}
		if err := rows.Scan(&id, &c.name, &c.head, &c.At, &c.Paused, &c.keyHash); err != nil {
			return nil, fmt.Errorf("reading rotations: %w", err)
		}
		all[id] = c
	}
	return all, rows.Err()
}

// members returns who has round robin on in campaigns, by rank. Held, they stay what they are until the transaction
// ends: the caller has locked the campaigns, and people come after items in the order of locks.
func members(ctx context.Context, q querier, dialectName string, campaigns []uuid.UUID, now instant.Instant, held bool) (map[uuid.UUID][]Place, error) {
	query := `SELECT a.item_id, c.id, a.rotation_rank, a.last_lead_at, c.status, c.away_until FROM access a
		JOIN collaborators c ON c.id = a.collaborator_id
		WHERE a.round_robin AND c.removed_at = 0 AND ` + among(dialectName, "a.item_id", "?1")
	if held && dialectName == dialect.Postgres {
		query += ` ORDER BY c.id FOR SHARE OF c`
	}
	rows, err := q.QueryContext(ctx, store.Rebind(dialectName, query), idList(dialectName, campaigns))
	if err != nil {
		return nil, fmt.Errorf("reading who is in rotations: %w", err)
	}
	defer rows.Close()
	all := make(map[uuid.UUID][]Place)
	for rows.Next() {
		var campaign uuid.UUID
		var p Place
		var status collaborator.Status
		if err := rows.Scan(&campaign, &p.Person, &p.Rank, &p.LastLeadAt, &status, &p.AwayUntil); err != nil {
			return nil, fmt.Errorf("reading who is in rotations: %w", err)
		}
		switch {
		case status != collaborator.StatusActive:
			p.Out = WhoIsDeactivated
		case now < p.AwayUntil:
			p.Out = WhoIsAway
		}
		all[campaign] = append(all[campaign], p)
	}
	for _, places := range all {
		slices.SortFunc(places, func(a, b Place) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), compareIDs(a.Person, b.Person)) })
	}
	return all, rows.Err()
}

// lock returns live campaigns, locked until the transaction ends, without their members. One that is not there is left
// out. Whoever changes a campaign's rotation holds its item, so both rows are those of the last commit.
func lock(ctx context.Context, tx *feed.Tx, campaigns []uuid.UUID) (map[uuid.UUID]*campaignState, error) {
	how := ""
	if tx.Dialect == dialect.Postgres { // SQLite has one writer
		how = ` ORDER BY i.id FOR NO KEY UPDATE`
	}
	return states(ctx, tx, tx.Dialect, campaigns, how)
}

// seatAll puts the members into campaigns that are locked, and holds them.
func (in *Intake) seatAll(ctx context.Context, tx *feed.Tx, all map[uuid.UUID]*campaignState) error {
	places, err := members(ctx, tx, tx.Dialect, slices.Collect(maps.Keys(all)), in.instant(), true)
	if err != nil {
		return err
	}
	for id, c := range all {
		c.seat(places[id])
	}
	return nil
}

// open returns a live campaign of the account with its members, locked and held until the transaction ends, or the
// NotFound fault.
func (in *Intake) open(ctx context.Context, tx *feed.Tx, campaign uuid.UUID) (*campaignState, error) {
	all, err := lock(ctx, tx, []uuid.UUID{campaign})
	if err != nil {
		return nil, err
	}
	if all[campaign] == nil {
		return nil, fault.Missing("campaign")
	}
	return all[campaign], in.seatAll(ctx, tx, all)
}

// seat puts the members in.
func (c *campaignState) seat(places []Place) {
	c.Members = make([]Member, len(places))
	for i, p := range places {
		c.Members[i] = p.Member
	}
}

// given are the people who were given leads in a transaction, by campaign.
type given map[uuid.UUID]map[uuid.UUID]struct{}

func (g given) add(campaign, person uuid.UUID) {
	if g[campaign] == nil {
		g[campaign] = make(map[uuid.UUID]struct{})
	}
	g[campaign][person] = struct{}{}
}

// moved stores how far rotations have come, and when their people were given leads.
func (g given) moved(ctx context.Context, tx *feed.Tx, all map[uuid.UUID]*campaignState, now instant.Instant) error {
	if len(g) == 0 {
		return nil
	}
	var people [][2]uuid.UUID
	var places [][2]any
	for _, id := range slices.SortedFunc(maps.Keys(g), compareIDs) {
		places = append(places, [2]any{id, all[id].At})
		for _, person := range slices.SortedFunc(maps.Keys(g[id]), compareIDs) {
			people = append(people, [2]uuid.UUID{id, person})
		}
	}
	if tx.Dialect == dialect.Postgres { // in one trip
		err := exec(ctx, tx, `WITH places AS (UPDATE campaigns SET rotation_at = (value ->> 1)::bigint
			FROM jsonb_array_elements(CAST(?1 AS jsonb)) WHERE campaigns.id = (value ->> 0)::uuid)
			UPDATE access SET last_lead_at = ?3 FROM jsonb_array_elements(CAST(?2 AS jsonb))
			WHERE item_id = (value ->> 0)::uuid AND collaborator_id = (value ->> 1)::uuid`, list(places), list(people), int64(now))
		if err != nil {
			return fmt.Errorf("moving rotations: %w", err)
		}
		return nil
	}
	err := exec(ctx, tx, `UPDATE campaigns SET rotation_at = value ->> 1 FROM json_each(?1) WHERE campaigns.id = value ->> 0`, list(places))
	if err == nil {
		err = exec(ctx, tx, `UPDATE access SET last_lead_at = ?2 FROM json_each(?1)
			WHERE item_id = value ->> 0 AND collaborator_id = value ->> 1`, list(people), int64(now))
	}
	if err != nil {
		return fmt.Errorf("moving rotations: %w", err)
	}
	return nil
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }
