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
		table = "collaborators"
	case protocol.KindCampaign:
		table = "campaigns" // its links go with it
	case protocol.KindTemplate:
		table = "templates"
	case protocol.KindList:
		return w.removeRowed(contacts(), id)
	case protocol.KindBlacklist:
		return w.removeRowed(entries(), id)
	default:
		return nil
	}
	n, err := w.exec(fmt.Sprintf("DELETE FROM %s WHERE id = ?", table), id)
	w.removed += n
	return err
}

// removeRowed takes a list or blacklist out.
func (w *writer) removeRowed(l layout, id string) error {
	if _, err := w.exec(fmt.Sprintf("INSERT OR IGNORE INTO doomed (file) SELECT file FROM %s WHERE id = ? AND file IS NOT NULL", l.items), id); err != nil {
		return err
	}
	n, err := w.exec(fmt.Sprintf("DELETE FROM %s WHERE id = ?", l.items), id)
	if err != nil {
		return err
	}
	w.removed += n
	if _, err := w.exec(fmt.Sprintf("DELETE FROM %s WHERE %s = ?", l.links, l.target), id); err != nil {
		return err
	}
	if _, err := w.exec("DELETE FROM buckets WHERE id = ?", id); err != nil {
		return err
	}
	w.dropped = append(w.dropped, id)
	return nil
}

// sweep takes out what the walk that ends has not named.
func (w *writer) sweep() error {
	for _, of := range []struct {
		table string
		kind  protocol.Kind
	}{
		{"collaborators", protocol.KindPerson},
		{"campaigns", protocol.KindCampaign},
		{"templates", protocol.KindTemplate},
		{"contact_lists", protocol.KindList},
		{"blacklists", protocol.KindBlacklist},
	} {
		unnamed, err := column(w.ctx, w.tx, fmt.Sprintf("SELECT id FROM %s WHERE walk <> ?", of.table), w.walk)
		if err != nil {
			return err
		}
		for _, id := range unnamed {
			if err := w.remove(of.kind, id); err != nil {
				return err
			}
		}
	}
	_, err := w.exec("DELETE FROM buckets WHERE walk <> ?", w.walk)
	return err
}
