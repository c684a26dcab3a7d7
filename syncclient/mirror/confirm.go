package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Row names an item, or a row of one.
type Row struct {
	Kind protocol.Kind
	// Item is the list, blacklist or campaign that a row belongs to; empty of an item.
	Item string
	ID   string
}

// Confirm lets go of edits that took effect and whose rows have come since. Call it where nothing is behind: the server
// has been asked after its last answer to an edit. It returns the rows whose edits these were.
func (m *Mirror) Confirm(ctx context.Context) (done []Row, err error) {
	if !m.unconfirmed {
		return nil, nil
	}
	if err := m.forgetGone(ctx); err != nil {
		return nil, err
	}
	waiting := false
	if done, err = confirm(ctx, m.main, ""); err != nil {
		return nil, err
	}
	for id, b := range m.edited {
		var reached bool
		err := m.main.QueryRowContext(ctx, `SELECT reached = state FROM buckets WHERE id = ?`, id).Scan(&reached)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return done, fmt.Errorf("let go of edits: %w", classify(err))
		}
		if !reached {
			waiting = true
			continue
		}
		f, err := m.file(ctx, b)
		if err == nil {
			var rows []Row
			rows, err = confirm(ctx, f.db, b.ID)
			done, err = append(done, rows...), m.loseDamaged(ctx, b, err)
		}
		if errors.Is(err, ErrGone) || errors.Is(err, ErrStale) {
			delete(m.edited, id)
			continue
		}
		if err != nil {
			return done, err
		}
		var left bool
		if err := f.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM outbox)`).Scan(&left); err != nil {
			if err = m.loseDamaged(ctx, b, classify(err)); !errors.Is(err, ErrStale) {
				return done, fmt.Errorf("let go of edits: %w", err)
			}
		}
		if !left {
			delete(m.edited, id)
		}
	}
	m.unconfirmed = waiting
	return done, m.forgetSent(ctx)
}

// goneItems are items about which something was written here, which are neither here nor about to be made.
const goneItems = `
	SELECT DISTINCT item, CASE kind WHEN 'contact' THEN 'list' WHEN 'entry' THEN 'blacklist' WHEN 'lead' THEN 'campaign' ELSE kind END FROM (
		SELECT item, kind FROM sent WHERE fields IS NOT NULL AND result IN ('applied', 'merged')
		UNION SELECT item, kind FROM attention WHERE item <> '')
	WHERE item NOT IN (SELECT id FROM server_campaigns UNION ALL SELECT id FROM server_templates
			UNION ALL SELECT id FROM server_contact_lists UNION ALL SELECT id FROM server_blacklists)
		AND item NOT IN (SELECT id FROM outbox WHERE op = 'create' AND state <> 'applied')
		AND item NOT IN (SELECT id FROM sent WHERE op = 'create' AND result IS NULL)
		AND item NOT IN (SELECT id FROM attention WHERE op = 'create' AND id = item)`

// forgetGone erases what was written about items that are not there, without a page that told of their going: they were
// made here and went before they ever came, or went while main.db was lost.
func (m *Mirror) forgetGone(ctx context.Context) error {
	gone, err := pairs(ctx, m.main, goneItems)
	if err != nil {
		return fmt.Errorf("look for what is gone: %w", classify(err))
	}
	if len(gone) == 0 {
		return nil
	}
	unsent, err := m.unsentRows(ctx)
	if err != nil {
		return err
	}
	var ids []string
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		w := &writer{ctx: ctx, tx: tx, account: m.id.Account, now: micros(m.now()), unsent: unsent}
		for _, item := range gone {
			ids = append(ids, item[0])
			if err := w.forget(protocol.Kind(item[1]), item[0]); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE mirror SET removed = removed + ?`, len(gone))
		return err
	})
	if err != nil {
		return fmt.Errorf("let go of edits: %w", err)
	}
	m.owe(Bucket{}, m.mainPath(), m.now(), true)
	m.letGo(ids...)
	return m.removeDoomed(ctx)
}

// confirm lets go of the edits of one file that took effect, of the rows of item or of items themselves.
func confirm(ctx context.Context, db *sql.DB, item string) (done []Row, err error) {
	rows, err := pairs(ctx, db, `SELECT key, kind || ' ' || id FROM outbox WHERE state = 'applied'`)
	if err != nil {
		return nil, fmt.Errorf("let go of edits: %w", classify(err))
	}
	if len(rows) == 0 {
		return nil, nil
	}
	applied := make([]string, len(rows))
	for i, r := range rows {
		kind, id, _ := strings.Cut(r[1], " ")
		row := Row{Kind: protocol.Kind(kind), Item: item, ID: id}
		if applied[i] = r[0]; !slices.Contains(done, row) {
			done = append(done, row)
		}
	}
	if err := transact(ctx, db, func(tx *sql.Tx) error { return takeBack(ctx, tx, applied...) }); err != nil {
		return nil, fmt.Errorf("let go of edits: %w", err)
	}
	return done, nil
}

// How long, and how many, answered edits are kept in case that the server loses them, and how long is known what was
// taken away.
const (
	keptSentDays     = 7
	keptSent         = 10_000
	keptDepartedDays = 90
)

func (m *Mirror) forgetSent(ctx context.Context) error {
	_, err := m.main.ExecContext(ctx, `DELETE FROM sent WHERE settled = 1 AND result IS NOT NULL AND (answered_at < ?
		OR number <= (SELECT issued FROM replica) - ?)`, micros(m.now().AddDate(0, 0, -keptSentDays)), keptSent)
	if err != nil {
		return fmt.Errorf("forget old edits: %w", classify(err))
	}
	if _, err := m.main.ExecContext(ctx, `DELETE FROM departed WHERE at < ?`, micros(m.now().AddDate(0, 0, -keptDepartedDays))); err != nil {
		return fmt.Errorf("forget what was taken away: %w", classify(err))
	}
	return nil
}
