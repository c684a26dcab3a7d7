package browse

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// item is a campaign, template, list or blacklist as lists of them show it.
type item struct {
	id, name, state string
	changedAt       int64
	changedBy       string
	archived        bool
	rows            int64
	complete, kept  bool
	file            string
	phase           string // of campaigns: draft, sending, sent
}

// workspace is what the tabs show.
type workspace struct {
	account string
	items   map[protocol.Kind][]item
	// attention is how much needs the person's eye.
	attention int
}

// readWorkspace reads all items without their bodies, by name.
func readWorkspace(ctx context.Context, folder string) (*workspace, error) {
	w := &workspace{items: map[protocol.Kind][]item{}}
	err := read(ctx, folder, mainFile, func(tx *sql.Tx) error {
		found, err := query(ctx, tx, `SELECT coalesce((SELECT name FROM account), '') AS account,
			(SELECT count(*) FROM attention WHERE resolution IS NULL) AS attention`)
		if err != nil {
			return err
		}
		w.account, w.attention = found[0].text("account"), int(found[0].number("attention"))
		for _, k := range items() {
			more := "0 AS row_count, 1 AS complete, 1 AS kept, '' AS file, ''"
			switch {
			case k.kind == protocol.KindCampaign:
				more = "i.row_count, i.complete, i.kept, coalesce(i.file, '') AS file, i.state"
			case k.rows != "":
				more = "i.row_count, i.complete, i.kept, coalesce(i.file, '') AS file, ''"
			}
			found, err := query(ctx, tx, fmt.Sprintf(`SELECT i.id, i.name, i.changed_at, i.archived_at, %s AS phase, s.state,
				coalesce(nullif(trim(c.first_name || ' ' || c.last_name), ''), c.email, '') AS changed_by
				FROM %s i JOIN item_states s ON s.id = i.id LEFT JOIN collaborators c ON c.id = i.changed_by ORDER BY i.name COLLATE NOCASE, i.id`, more, k.view))
			if err != nil {
				return err
			}
			for _, r := range found {
				w.items[k.kind] = append(w.items[k.kind], item{
					id: r.text("id"), name: r.text("name"), changedAt: r.number("changed_at"),
					changedBy: r.text("changed_by"), archived: r["archived_at"] != nil, rows: r.number("row_count"),
					complete: r.number("complete") == 1, kept: r.number("kept") == 1, file: r.text("file"), phase: r.text("phase"), state: r.text("state"),
				})
			}
		}
		return nil
	})
	return w, err
}

// readItem reads all of one item that the screens know; nil where it is not there.
func readItem(ctx context.Context, folder string, k kind, id string) (record, error) {
	columns := "s.state AS mark, i.id, i.my_level, i.version, i.created_at, i.changed_at, i.archived_at"
	for _, in := range k.inputs {
		columns += ", i." + in.column
	}
	if k.kind == protocol.KindCampaign {
		columns += `, (SELECT group_concat(name, ', ') FROM (SELECT name FROM contact_lists WHERE id IN
				(SELECT list FROM campaign_lists WHERE campaign = i.id) ORDER BY name COLLATE NOCASE)) AS goes_to,
			(SELECT group_concat(name, ', ') FROM (SELECT name FROM blacklists WHERE id IN
				(SELECT blacklist FROM campaign_blacklists WHERE campaign = i.id) ORDER BY name COLLATE NOCASE)) AS never_to`
	}
	var found []record
	err := read(ctx, folder, mainFile, func(tx *sql.Tx) (err error) {
		found, err = query(ctx, tx, fmt.Sprintf(`SELECT %s,
			(SELECT trim(first_name || ' ' || last_name) FROM collaborators WHERE id = i.creator) AS creator_name,
			(SELECT trim(first_name || ' ' || last_name) FROM collaborators WHERE id = i.changed_by) AS changer_name
			FROM %s i JOIN item_states s ON s.id = i.id WHERE i.id = ?`, columns, k.view), id)
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}
