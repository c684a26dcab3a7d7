package mirror

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// version is the version of the tables in all files of a mirror.
const version = 3

// applicationID marks the files as Partage's ("Ptge"), so that a foreign database is not taken for one.
const applicationID = 0x50746765

//go:embed schema/main.sql
var mainSchema string

//go:embed schema/outbox.sql
var outboxSchema string

//go:embed schema/bucket.sql
var bucketSchema string

//go:embed schema/incoming.sql
var incomingSchema string

//go:embed schema/choices.sql
var choicesSchema string

// layout is what differs between the kinds of buckets.
type layout struct {
	kind   protocol.Enum
	table  string // of the rows, in the bucket's file
	items  string // of the items, in main.db
	links  string // from campaigns to such items, in main.db; empty where none are
	target string // their column that names the item
	field  string // what an edit of a campaign calls such links
	index  string
}

// all is the SQL of a file of rows.
func (l layout) all() string { return protocol.ImageTable(l.kind) + ";\n" + l.around() }

// around is the SQL of a file of rows but for the table of these, which an image has already.
func (l layout) around() string {
	return bucketSchema + outboxSchema + rowView(l).statements() + statesView + ";" + rowStates(l) + rowIndex(l)
}

// mainAll is the SQL of main.db.
func mainAll() string {
	var b strings.Builder
	b.WriteString(mainSchema + incomingSchema + choicesSchema + outboxSchema)
	for _, v := range mainViews() {
		b.WriteString(v.statements())
	}
	b.WriteString(toldView("account", "id", "name", "default_audience", "locale", "time_zone", "version", "created_at", "desktop_lock_days", "desktop_erase_days"))
	b.WriteString(toldView("collaborators", "id", "email", "first_name", "last_name", "role", "status", "can_send", "can_export", "version", "created_at"))
	b.WriteString(linkViews() + statesView + mainStates + ";" + itemStates() + itemIndex())
	return b.String()
}

func contacts() layout {
	return layout{protocol.Contacts, "server_contacts", "server_contact_lists", "server_campaign_lists", "list", "lists",
		`CREATE INDEX IF NOT EXISTS contacts_email ON server_contacts (email COLLATE NOCASE)`}
}

func entries() layout {
	return layout{protocol.Entries, "server_entries", "server_blacklists", "server_campaign_blacklists", "blacklist", "blacklists",
		`CREATE INDEX IF NOT EXISTS entries_value ON server_entries (value COLLATE NOCASE)`}
}

func leads() layout {
	return layout{protocol.Leads, "server_leads", "server_campaigns", "", "", "",
		`CREATE INDEX IF NOT EXISTS leads_assignee ON server_leads (assignee, state)`}
}

// layouts are those of all kinds.
func layouts() []layout { return []layout{contacts(), entries(), leads()} }

// layoutOf returns the layout of a kind of buckets; false for kinds of newer servers.
func layoutOf(kind protocol.Enum) (layout, bool) {
	for _, l := range layouts() {
		if l.kind == kind {
			return l, true
		}
	}
	return layout{}, false
}

// build makes the tables of a new file by the given statements, upgrades those of an older version, or checks that those
// of an old file are known. It is one transaction: a file has all its tables or none.
func build(ctx context.Context, db *sql.DB, schema string, fill func(tx *sql.Tx) error) error {
	return transact(ctx, db, func(tx *sql.Tx) error {
		found, err := versionOf(ctx, tx)
		if err != nil || found == version {
			return err
		}
		if found > 0 {
			if err := upgrade(ctx, tx, found, schema); err != nil {
				return fmt.Errorf("upgrade the tables: %w", err)
			}
			_, err := tx.ExecContext(ctx, marks())
			return err
		}
		if _, err := tx.ExecContext(ctx, schema+marks()); err != nil {
			return fmt.Errorf("make the tables: %w", err)
		}
		return fill(tx)
	})
}

// marks is the SQL that says what a file is, and of which version.
func marks() string {
	return fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, version)
}

// versionOf returns the version of a file's tables, 0 for an empty file.
func versionOf(ctx context.Context, db queryer) (int, error) {
	var found, mark int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&found); err != nil {
		return 0, fmt.Errorf("read the version of the local copy: %w", classify(err))
	}
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&mark); err != nil {
		return 0, fmt.Errorf("read the mark of the local copy: %w", classify(err))
	}
	if found > version {
		return found, ErrNewer
	}
	if found > 0 && mark != applicationID || found == 0 && mark != 0 {
		return found, ErrForeign
	}
	return found, nil
}

// queryer is a database or a transaction on it.
type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
