package mirror

import (
	"fmt"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// remove takes a person or an item out, with all that main.db holds of it, and dooms its file. Ids that are not
// here, and kinds that are not known, are passed over.
func (w *writer) remove(kind protocol.Kind, id string) error {
	var table string
	switch kind {
	case protocol.KindPerson:
		table = "server_collaborators"
	case protocol.KindCampaign:
		return w.removeRowed(leads(), kind, id) // its links go with it
	case protocol.KindTemplate:
		table = "server_templates"
		if err := w.forget(kind, id); err != nil {
			return err
		}
	case protocol.KindList:
		return w.removeRowed(contacts(), kind, id)
	case protocol.KindBlacklist:
		return w.removeRowed(entries(), kind, id)
	default:
		return nil
	}
	n, err := w.exec(fmt.Sprintf("DELETE FROM %s WHERE id = ?", table), id)
	w.removed += n
	return err
}

// removeRowed takes an item out that may have rows.
func (w *writer) removeRowed(l layout, kind protocol.Kind, id string) error {
	if err := w.forget(kind, id); err != nil {
		return err
	}
	if err := w.doom(l, id); err != nil {
		return err
	}
	n, err := w.exec(fmt.Sprintf("DELETE FROM %s WHERE id = ?", l.items), id)
	if err != nil {
		return err
	}
	w.removed += n
	if l.links != "" {
		if _, err := w.exec(fmt.Sprintf("DELETE FROM %s WHERE %s = ?", l.links, l.target), id); err != nil {
			return err
		}
	}
	return w.dropBucket(id)
}

// removeRows takes out the rows of an item that stays: the person sees none of them any more.
func (w *writer) removeRows(l layout, id string) error {
	if err := w.forgetRowsOf(id); err != nil {
		return err
	}
	if err := w.doom(l, id); err != nil {
		return err
	}
	n, err := w.exec(fmt.Sprintf("UPDATE %s SET file = NULL, complete = 0, row_count = 0 WHERE id = ?", l.items), id)
	if err != nil {
		return err
	}
	w.removed += n
	return w.dropBucket(id)
}

// doom names the file of an item as one that is to go.
func (w *writer) doom(l layout, id string) error {
	_, err := w.exec(fmt.Sprintf("INSERT OR IGNORE INTO doomed (file) SELECT file FROM %s WHERE id = ? AND file IS NOT NULL", l.items), id)
	return err
}

// dropBucket takes out how rows stand, with what has come of an image of them and what was chosen about them.
func (w *writer) dropBucket(id string) error {
	if _, err := doomIncoming(w.ctx, w.tx, id); err != nil {
		return err
	}
	if _, err := w.exec("DELETE FROM choices WHERE id = ?", id); err != nil {
		return err
	}
	_, err := w.exec("DELETE FROM buckets WHERE id = ?", id)
	w.dropped = append(w.dropped, id)
	return err
}

// sweep takes out what the walk that ends has not named.
func (w *writer) sweep() error {
	for _, of := range []struct {
		table string
		kind  protocol.Kind
	}{
		{"server_collaborators", protocol.KindPerson},
		{"server_campaigns", protocol.KindCampaign},
		{"server_templates", protocol.KindTemplate},
		{"server_contact_lists", protocol.KindList},
		{"server_blacklists", protocol.KindBlacklist},
	} {
		unnamed, err := column(w.ctx, w.tx, fmt.Sprintf("SELECT id FROM %s WHERE walk <> ?", of.table), w.walk)
		if err != nil {
			return err
		}
		for _, id := range unnamed {
			if made, err := w.unsay(of.table, of.kind, id); err != nil || made {
				if err != nil {
					return err
				}
				continue
			}
			if err := w.remove(of.kind, id); err != nil {
				return err
			}
		}
	}
	for _, l := range layouts() { // of items that were named
		unnamed, err := column(w.ctx, w.tx, fmt.Sprintf("SELECT id FROM buckets WHERE kind = '%s' AND walk <> ?", l.kind), w.walk)
		if err != nil {
			return err
		}
		for _, id := range unnamed {
			if err := w.removeRows(l, id); err != nil {
				return err
			}
		}
	}
	// Of a file of leads that a new main.db took over, the server may name no bucket any more.
	hidden, err := column(w.ctx, w.tx, `SELECT id FROM server_campaigns WHERE file IS NOT NULL AND id NOT IN (SELECT id FROM buckets)`)
	if err != nil {
		return err
	}
	for _, id := range hidden {
		if err := w.removeRows(leads(), id); err != nil {
			return err
		}
	}
	return w.settleChoices()
}

// unsay makes an item that was made here, and whose creation is to be sent again, one that the server has not been told
// of: it was put back to before it. False for any other item.
func (w *writer) unsay(table string, kind protocol.Kind, id string) (bool, error) {
	var made bool
	err := w.tx.QueryRowContext(w.ctx, `SELECT EXISTS (SELECT 1 FROM sent WHERE id = ? AND item = id AND op = 'create' AND number IS NOT NULL
		AND result IS NULL AND fields IS NOT NULL)`, id).Scan(&made)
	if err != nil || !made {
		return false, err
	}
	switch kind {
	case protocol.KindList, protocol.KindBlacklist:
		_, err = w.exec(fmt.Sprintf(`INSERT OR IGNORE INTO local_files (id, kind, file) SELECT id, ?, file FROM %s WHERE id = ? AND file IS NOT NULL`, table),
			kind.Rows(), id)
	case protocol.KindCampaign: // nobody has its leads any more
		err = w.removeRows(leads(), id)
	}
	if err != nil {
		return false, err
	}
	_, err = w.exec(`INSERT OR IGNORE INTO outbox (key, op, kind, id, fields, base, at, state)
		SELECT key, op, kind, id, coalesce(fields, '{}'), base, at, 'sealed' FROM sent
		WHERE id = ? AND item = id AND number IS NOT NULL AND result IS NULL ORDER BY number`, id)
	if err != nil {
		return false, err
	}
	// In the order in which they are sent: its creation is before what was edited since.
	_, err = w.exec(`UPDATE outbox SET seq = (SELECT max(seq) FROM outbox) + t.n FROM (
			SELECT o.key, row_number() OVER (ORDER BY s.number IS NULL, s.number, o.seq) AS n FROM outbox o LEFT JOIN sent s ON s.key = o.key WHERE o.id = ?) t
		WHERE outbox.key = t.key`, id)
	if err != nil {
		return false, err
	}
	if err := rebuild(w.ctx, w.tx, id); err != nil {
		return false, err
	}
	if err := w.dropBucket(id); err != nil {
		return false, err
	}
	n, err := w.exec(fmt.Sprintf("DELETE FROM %s WHERE id = ?", table), id)
	w.removed += n
	return true, err
}
