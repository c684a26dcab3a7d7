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
	level           string // view, edit
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
	person  string
	items   map[protocol.Kind][]item
	// attention is how much needs the person's eye.
	attention int
}

// readWorkspace reads all items without their bodies, by name.
func readWorkspace(ctx context.Context, folder string) (*workspace, error) {
	w := &workspace{items: map[protocol.Kind][]item{}}
	err := read(ctx, folder, mainFile, func(tx *sql.Tx) error {
		found, err := query(ctx, tx, `SELECT coalesce((SELECT name FROM account), '') AS account, coalesce((SELECT first_name || ' ' || last_name
			FROM collaborators c JOIN mirror m ON m.collaborator = c.id), '') AS person, (SELECT count(*) FROM attention WHERE resolution IS NULL) AS attention`)
		if err != nil {
			return err
		}
		w.account, w.person, w.attention = found[0].text("account"), found[0].text("person"), int(found[0].number("attention"))
		for _, k := range items() {
			more := "0 AS row_count, 1 AS complete, 1 AS kept, '' AS file, ''"
			switch {
			case k.kind == protocol.KindCampaign:
				more = "i.row_count, i.complete, i.kept, coalesce(i.file, '') AS file, i.state"
			case k.rows != "":
				more = "i.row_count, i.complete, i.kept, coalesce(i.file, '') AS file, ''"
			}
			found, err := query(ctx, tx, fmt.Sprintf(`SELECT i.id, i.name, i.my_level, i.changed_at, i.archived_at, %s AS phase, s.state,
				coalesce(nullif(trim(c.first_name || ' ' || c.last_name), ''), c.email, '') AS changed_by
				FROM %s i JOIN item_states s ON s.id = i.id LEFT JOIN collaborators c ON c.id = i.changed_by ORDER BY i.name COLLATE NOCASE, i.id`, more, k.view))
			if err != nil {
				return err
			}
			for _, r := range found {
				w.items[k.kind] = append(w.items[k.kind], item{
					id: r.text("id"), name: r.text("name"), level: r.text("my_level"), changedAt: r.number("changed_at"),
					changedBy: r.text("changed_by"), archived: r["archived_at"] != nil, rows: r.number("row_count"),
					complete: r.number("complete") == 1, kept: r.number("kept") == 1, file: r.text("file"), phase: r.text("phase"), state: r.text("state"),
				})
			}
		}
		return nil
	})
	return w, err
}

// detail is all of one item.
type detail struct {
	record
	state             string
	lists, blacklists []string // names
	creator, changer  string
}

// readItem reads one item with all its columns that programs may know.
func readItem(ctx context.Context, folder string, k kind, id string) (*detail, error) {
	var d *detail
	err := read(ctx, folder, mainFile, func(tx *sql.Tx) error {
		columns := "s.state AS item_state, i.id, i.my_level, i.version, i.created_at, i.changed_at, i.archived_at"
		for _, in := range k.inputs {
			columns += ", i." + in.column
		}
		found, err := query(ctx, tx, fmt.Sprintf(`SELECT %s,
			(SELECT trim(first_name || ' ' || last_name) FROM collaborators WHERE id = i.creator) AS creator_name,
			(SELECT trim(first_name || ' ' || last_name) FROM collaborators WHERE id = i.changed_by) AS changer_name
			FROM %s i JOIN item_states s ON s.id = i.id WHERE i.id = ?`, columns, k.view), id)
		if err != nil || len(found) == 0 {
			return err
		}
		d = &detail{record: found[0], creator: found[0].text("creator_name"), changer: found[0].text("changer_name")}
		d.state = d.text("item_state")
		if k.kind != protocol.KindCampaign {
			return nil
		}
		if d.lists, err = names(ctx, tx, `SELECT l.name FROM campaign_lists c JOIN contact_lists l ON l.id = c.list WHERE c.campaign = ? ORDER BY l.name COLLATE NOCASE`, id); err != nil {
			return err
		}
		d.blacklists, err = names(ctx, tx, `SELECT l.name FROM campaign_blacklists c JOIN blacklists l ON l.id = c.blacklist WHERE c.campaign = ? ORDER BY l.name COLLATE NOCASE`, id)
		return err
	})
	return d, err
}

func names(ctx context.Context, tx *sql.Tx, statement, id string) ([]string, error) {
	found, err := query(ctx, tx, statement, id)
	var all []string
	for _, r := range found {
		all = append(all, r.text("name"))
	}
	return all, err
}
