package e2e

import (
	"bytes"
	"context"
	"fmt"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/sharing"
)

// many is how many campaigns and contacts a crowd has.
const many = 100_000

// crowd adds many campaigns, "Campaign 000000" and so on, and the list "Everyone" of many contacts.
func crowd(ctx context.Context, a *app.App) error {
	system := viewer.System(ctx, "a test makes very many rows")
	owner, err := a.Store.Client().Collaborator.Query().Where(collaborator.RoleEQ(collaborator.RoleOwner)).Only(system)
	if err != nil {
		return err
	}
	ctx = sharing.NewContext(ctx, &sharing.Viewer{Account: owner.AccountID, Collaborator: owner.ID, User: owner.UserID, Role: owner.Role})
	name := "Everyone"
	list, err := a.Library.Create(ctx, item.KindContactList, library.Patch{Name: &name})
	if err != nil {
		return err
	}
	var csv bytes.Buffer
	csv.WriteString("email,first name,last name,company,city\n")
	for i := range many {
		fmt.Fprintf(&csv, "person.%06d@example.com,First%d,Last%06d,Company %d,City %d\n", i, i%500, i, i%1000, i%100)
	}
	if _, err := a.Addressbook.Import(ctx, list, &csv, nil); err != nil {
		return err
	}
	return a.Store.Write(system, func(ctx context.Context, tx *ent.Tx) error { return campaigns(ctx, tx, owner) })
}

// campaigns writes rows directly, since commands would take minutes. They have change numbers of their own, older than
// all others in time.
func campaigns(ctx context.Context, tx *ent.Tx, owner *ent.Collaborator) error {
	numbers := fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT ", many)
	const id = "printf('00000004-0000-7000-8000-%012x', i), "
	const moment = "a.created_at - i * 1000000"
	for _, statement := range []string{
		"INSERT INTO items (id, created_at, account_id, kind, name, name_key, audience, creator_id, version, seq, rows_seq, rows_epoch, rows_head, rows_floor, rows_count, changed_at, archived_at, deleted_at) " +
			numbers + id + moment + ", a.id, 'campaign', printf('Campaign %06d', i), printf('campaign %06d', i), 'everyone', ?, 1, a.seq + i, 0, 1, 0, 0, 0, " + moment + ", 0, 0 FROM n, accounts a",
		"INSERT INTO campaigns (id, created_at, account_id, subject, preheader, sender_name, sender_email, reply_to, format, body, state, lead_key_made_at, rotation_head, rotation_at, rotation_paused) " +
			numbers + id + moment + ", a.id, printf('Subject %06d', i), '', '', '', '', 'html', '<p>Hello</p>', 'draft', 0, 0, 0, false FROM n, accounts a WHERE ? <> ''",
		fmt.Sprintf("UPDATE accounts SET seq = seq + %d WHERE ? <> ''", many),
	} {
		if _, err := tx.ExecContext(ctx, statement, owner.ID); err != nil {
			return fmt.Errorf("%.60s…: %w", statement, err)
		}
	}
	return nil
}
