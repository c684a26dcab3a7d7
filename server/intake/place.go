package intake

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// Received is what became of a lead that came in.
type Received struct {
	ID uuid.UUID
	// Repeated is whether it had come in before, with the same idempotency key and content.
	Repeated bool
}

// arrival is a lead on its way in.
type arrival struct {
	entry
	id       uuid.UUID
	campaign uuid.UUID
	// keyHash is that of the secret it was posted with; nil where it came another way.
	keyHash []byte

	// What became of it, set anew by each run of the transaction.
	received  Received
	err       error
	before    earlier
	duplicate uuid.NullUUID
	record    Record
}

// earlier is the lead that came in with the same idempotency key, if there is one, and the hash of its content.
type earlier struct {
	id   uuid.NullUUID
	hash []byte
}

// place stores leads of the transaction's account, in their order, and gives each to whoever's turn it is, or has it
// wait. A lead that cannot be stored gets a fault of its own (NotFound, Conflict) and hinders no other one.
func (in *Intake) place(ctx context.Context, tx *feed.Tx, all []*arrival) error {
	campaigns, err := lock(ctx, tx, campaignsOf(all))
	if err != nil {
		return err
	}
	if err := look(ctx, tx, all); err != nil {
		return err
	}
	fresh := admit(campaigns, all)
	if len(fresh) == 0 {
		return nil
	}
	markAmong(fresh)
	rows := make(map[uuid.UUID]*feed.Rows)
	for _, id := range campaignsOf(fresh) {
		if rows[id], err = tx.Rows(ctx, id); err != nil {
			return err
		}
	}
	if err := in.seatAll(ctx, tx, campaigns); err != nil {
		return err
	}
	now, to := in.instant(), make(given)
	for _, a := range fresh {
		rows[a.campaign].Added(1)
		if a.record = campaigns[a.campaign].Deal(ByRotation); a.record.To != uuid.Nil {
			to.add(a.campaign, a.record.To)
		}
	}
	if err := insert(ctx, tx, fresh, rows, now); err != nil {
		return err
	}
	return to.moved(ctx, tx, campaigns, now)
}

// campaignsOf returns the campaigns of leads in the order in which they are locked.
func campaignsOf(all []*arrival) []uuid.UUID {
	ids := make([]uuid.UUID, len(all))
	for i, a := range all {
		ids[i] = a.campaign
	}
	return slices.Compact(slices.SortedFunc(slices.Values(ids), compareIDs))
}

// request names what came in with an idempotency key.
type request struct {
	campaign uuid.UUID
	key      string
}

// admit returns the leads that are to be stored, and settles the others: their campaign or its key is gone, or they
// came in before.
func admit(campaigns map[uuid.UUID]*campaignState, all []*arrival) []*arrival {
	before := make(map[request]earlier)
	fresh := make([]*arrival, 0, len(all))
	for _, a := range all {
		a.received, a.err = Received{ID: a.id}, nil
		c, of := campaigns[a.campaign], request{a.campaign, a.Request}
		first, again := a.before, a.before.id.Valid
		if !again && a.Request != "" {
			first, again = before[of]
		}
		switch {
		case c == nil || a.keyHash != nil && !bytes.Equal(a.keyHash, c.keyHash):
			a.received, a.err = Received{}, fault.Missing("campaign")
		case !again:
			fresh = append(fresh, a)
			before[of] = earlier{uuid.NullUUID{UUID: a.id, Valid: true}, a.hash}
		case bytes.Equal(first.hash, a.hash):
			a.received = Received{first.id.UUID, true}
		default:
			a.received, a.err = Received{}, fault.New(fault.Conflict, "Another lead came in with this idempotency key.")
		}
	}
	return fresh
}

// insert stores leads with whom they were given to.
func insert(ctx context.Context, tx *feed.Tx, fresh []*arrival, positions map[uuid.UUID]*feed.Rows, now instant.Instant) error {
	rows := make([][]any, len(fresh))
	for i, a := range fresh {
		var assignee, duplicate, hash any
		assigned := instant.Instant(0)
		if a.record.To != uuid.Nil {
			assignee, assigned = a.record.To, now
		}
		if a.duplicate.Valid {
			duplicate = a.duplicate.UUID
		}
		if a.hash != nil {
			hash = hex.EncodeToString(a.hash)
		}
		rows[i] = []any{a.id, a.campaign, assignee, duplicate, a.Email.Written, a.Email.Key, a.Name, a.Phone, a.phoneKey, a.searchKey,
			a.Source, a.Fields, a.record.String(), a.Request, hash, positions[a.campaign].Seq, assigned}
	}
	const columns = `id, campaign_id, assignee_id, duplicate_of, email, email_key, name, phone, phone_key, search_key,
		source, fields, decision, request_key, request_hash, row_seq, assigned_at`
	const texts = `value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13`
	elements := `value ->> 0, value ->> 1, value ->> 2, value ->> 3, ` + texts + `, unhex(value ->> 14), value ->> 15, value ->> 16`
	from := `jsonb_each(CAST(?1 AS text))`
	if tx.Dialect == dialect.Postgres {
		elements = `(value ->> 0)::uuid, (value ->> 1)::uuid, (value ->> 2)::uuid, (value ->> 3)::uuid, ` + texts +
			`, decode(value ->> 14, 'hex'), (value ->> 15)::bigint, (value ->> 16)::bigint`
		from = `jsonb_array_elements(CAST(?1 AS jsonb)) AS value`
	}
	err := exec(ctx, tx, `INSERT INTO leads (`+columns+`, account_id, created_at, changed_at, state, notes, version, field_versions)
		SELECT `+elements+`, ?2, CAST(?3 AS bigint), CAST(?3 AS bigint), 'new', '', 1, '' FROM `+from, plain(rows), tx.Account, int64(now))
	if err != nil {
		return fmt.Errorf("storing leads: %w", err)
	}
	return nil
}
