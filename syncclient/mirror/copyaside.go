package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// longestName is how many characters the name of an item has at most.
const longestName = 200

// copyAside makes a copy of an item as the person here had it, when the server kept other values of some fields. It is
// an item of its own, named after its author and the day, which stays on this computer until they decide.
func (m *Mirror) copyAside(ctx context.Context, tx *sql.Tx, e sentEdit) (any, error) {
	if e.kind != protocol.KindCampaign && e.kind != protocol.KindTemplate {
		return nil, nil // of a list it would be one without rows; both values are in attention
	}
	v, _ := viewOf(e.kind)
	author, err := authorOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	// As the person has it now: later edits of theirs, which are still to be sent, included.
	var pairs []string
	for _, c := range v.copied() {
		pairs = append(pairs, fmt.Sprintf("'%s', %s", c.fieldName(), strings.ReplaceAll(c.written, "NEW.", "v.")))
	}
	object := fmt.Sprintf("json_object(%s)", strings.Join(pairs, ", "))
	if e.kind == protocol.KindCampaign {
		object = fmt.Sprintf(`json_patch(%s, json_object(
			'lists', json((SELECT json_group_array(list) FROM campaign_lists WHERE campaign = v.id)),
			'blacklists', json((SELECT json_group_array(blacklist) FROM campaign_blacklists WHERE campaign = v.id))))`, object)
	}
	var name, fields string
	err = tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT v.name, %s FROM %s v WHERE v.id = ?`, object, v.name), e.id).Scan(&name, &fields)
	if err == sql.ErrNoRows {
		return nil, nil // it has left meanwhile
	}
	if err != nil {
		return nil, err
	}
	mark := " (" + strings.Join(nonEmpty("conflict", author, m.now().Format("2006-01-02")), ", ") + ")"
	runes := []rune(name)
	name = string(runes[:min(len(runes), max(0, longestName-len([]rune(mark))))]) + mark
	_, err = tx.ExecContext(ctx, `INSERT INTO edit (op, kind, id, fields, base)
		VALUES ('create', ?1, ?2, json_patch(?3, json_object('name', ?4, 'audience', 'restricted')), 0)`, e.kind, id.String(), fields, name)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE outbox SET state = 'held' WHERE id = ?`, id.String())
	}
	return id.String(), err
}

// authorOf is whose mirror it is, as a person calls them; shortened, since it goes into names.
func authorOf(ctx context.Context, db queryer) (string, error) {
	var author string
	err := db.QueryRowContext(ctx, `SELECT coalesce((SELECT trim(first_name || ' ' || last_name) FROM collaborators
		WHERE id = (SELECT collaborator FROM mirror)), '')`).Scan(&author)
	if runes := []rune(author); len(runes) > 40 {
		author = string(runes[:40]) + "…"
	}
	return author, err
}

// copied returns the columns of a kind of items that make up a copy.
func (v view) copied() []viewColumn {
	var some []viewColumn
	for _, c := range v.columns {
		if c.written != "" && !c.once && c.field == "" {
			some = append(some, c)
		}
	}
	return some
}

func nonEmpty(words ...string) []string {
	var some []string
	for _, w := range words {
		if w != "" {
			some = append(some, w)
		}
	}
	return some
}
