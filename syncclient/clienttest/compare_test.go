package clienttest

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	_ "github.com/mattn/go-sqlite3"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
)

// same fails unless the desk's mirror holds exactly what the person sees on the server, field for field.
func (w *world) same(p person, d *desk) {
	w.tb.Helper()
	if diff := cmp.Diff(w.served(p), mirrored(w.tb, d.follower.Folder())); diff != "" {
		if len(diff) > 4000 {
			diff = diff[:4000] + "…"
		}
		w.tb.Fatalf("the mirror is not what %s sees (-server +mirror):\n%s", p.email, diff)
	}
}

// served prints what a person sees on the server, a line a row: items by the rule of visibility, their contents and
// rows straight from the database.
func (w *world) served(p person) []string {
	w.tb.Helper()
	client := w.Store.Client()
	system := viewer.System(context.Background(), "a test compares")
	var all []string
	add := func(table string, values ...any) { all = append(all, line(table, values...)) }

	acc, err := client.Account.Get(p.ctx, w.account)
	must(w.tb, err)
	add("account", acc.ID, acc.Name, acc.DefaultAudience, acc.Locale, acc.TimeZone, acc.Version, acc.CreatedAt)
	people, err := client.Collaborator.Query().All(p.ctx)
	must(w.tb, err)
	for _, c := range people {
		add("collaborators", c.ID, c.Email, c.FirstName, c.LastName, c.Role, c.Status, c.CanSend, c.CanExport, c.Version, c.CreatedAt)
	}
	items, err := client.Item.Query().All(p.ctx)
	must(w.tb, err)
	visible := map[uuid.UUID]bool{}
	for _, i := range items {
		visible[i.ID] = true
	}
	for _, i := range items {
		head := []any{i.ID, i.Name, i.Audience, i.Version, i.CreatedAt, i.ChangedAt, absent(i.ArchivedAt)}
		switch i.Kind {
		case item.KindCampaign:
			c, err := client.Campaign.Query().Where(campaign.ID(i.ID)).WithLists().WithBlacklists().Only(system)
			must(w.tb, err)
			lists := hidden(add, "campaign_lists", i.ID, ids(c.Edges.Lists, func(l *ent.ContactList) uuid.UUID { return l.ID }), visible)
			blacklists := hidden(add, "campaign_blacklists", i.ID, ids(c.Edges.Blacklists, func(b *ent.Blacklist) uuid.UUID { return b.ID }), visible)
			seen := w.leadsOf(p, i.ID)
			for _, l := range seen {
				add("leads", i.ID, l.ID, orNull(l.AssigneeID), absent(l.AssignedAt), l.Email, l.Name, l.Phone, l.Source, l.Fields, l.State, l.Notes, l.Version, l.CreatedAt, l.ChangedAt)
			}
			add("campaigns", append(head, c.Subject, c.Preheader, c.Format, c.Body, c.SenderName, c.SenderEmail, c.ReplyTo, c.State, lists, blacklists, len(seen))...)
		case item.KindTemplate:
			t, err := client.Template.Get(system, i.ID)
			must(w.tb, err)
			add("templates", append(head, t.Subject, t.Preheader, t.Format, t.Body)...)
		case item.KindContactList:
			l, err := client.ContactList.Get(system, i.ID)
			must(w.tb, err)
			add("contact_lists", append(head, l.Description, i.RowsCount, true)...)
			contacts, err := client.Contact.Query().Where(contact.ListID(i.ID)).All(system)
			must(w.tb, err)
			for _, c := range contacts {
				add("contacts", i.ID, c.ID, c.Email, c.FirstName, c.LastName, c.Company, c.City, c.Fields, c.State, c.Version, c.CreatedAt, c.ChangedAt)
			}
		case item.KindBlacklist:
			b, err := client.Blacklist.Get(system, i.ID)
			must(w.tb, err)
			add("blacklists", append(head, b.Description, i.RowsCount, true)...)
			entries, err := client.BlacklistEntry.Query().Where(blacklistentry.BlacklistID(i.ID)).All(system)
			must(w.tb, err)
			for _, e := range entries {
				add("entries", i.ID, e.ID, e.Kind, e.Value, e.Reason, e.Note, e.Version, e.CreatedAt, e.ChangedAt)
			}
		}
	}
	slices.Sort(all)
	return all
}

// hidden adds the links that a person sees and reports whether there are others.
func hidden(add func(string, ...any), table string, from uuid.UUID, to []uuid.UUID, visible map[uuid.UUID]bool) bool {
	others := false
	for _, id := range to {
		if visible[id] {
			add(table, from, id)
		} else {
			others = true
		}
	}
	return others
}

func ids[T any](all []T, id func(T) uuid.UUID) []uuid.UUID {
	var list []uuid.UUID
	for _, one := range all {
		list = append(list, id(one))
	}
	return list
}

func absent(i instant.Instant) any {
	if i == 0 {
		return nil
	}
	return i
}

// line prints a row; booleans as SQLite has them.
func line(table string, values ...any) string {
	parts := []string{table}
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			parts = append(parts, "NULL")
		case bool:
			parts = append(parts, map[bool]string{true: "1", false: "0"}[v])
		case instant.Instant:
			parts = append(parts, fmt.Sprint(int64(v)))
		case []byte:
			parts = append(parts, string(v))
		default:
			parts = append(parts, fmt.Sprint(v))
		}
	}
	return strings.Join(parts, " | ")
}

// mirrored prints what a mirror holds in the same form, read as any program would.
func mirrored(tb testing.TB, dir string) []string {
	tb.Helper()
	db := openRead(tb, filepath.Join(dir, "main.db"))
	defer db.Close()
	const head = "id, name, audience, version, created_at, changed_at, archived_at, "
	var all []string
	for table, columns := range map[string]string{
		"account":             "id, name, default_audience, locale, time_zone, version, created_at",
		"collaborators":       "id, email, first_name, last_name, role, status, can_send, can_export, version, created_at",
		"campaigns":           head + "subject, preheader, format, body, sender_name, sender_email, reply_to, state, lists_restricted, blacklists_restricted, row_count",
		"campaign_lists":      "campaign, list",
		"campaign_blacklists": "campaign, blacklist",
		"templates":           head + "subject, preheader, format, body",
		"contact_lists":       head + "description, row_count, complete",
		"blacklists":          head + "description, row_count, complete",
	} {
		all = append(all, read(tb, db, table, columns, table)...)
	}
	for table, rows := range map[string][2]string{
		"contact_lists": {"contacts", "id, email, first_name, last_name, company, city, fields, state, version, created_at, changed_at"},
		"campaigns":     {"leads", "id, assignee, assigned_at, email, name, phone, source, fields, state, notes, version, created_at, changed_at"},
		"blacklists":    {"entries", "id, kind, value, reason, note, version, created_at, changed_at"},
	} {
		for _, file := range read(tb, db, table, "id, file", "") {
			parts := strings.Split(file, " | ")
			if parts[2] == "NULL" {
				continue
			}
			list := openRead(tb, filepath.Join(dir, filepath.FromSlash(parts[2])))
			all = append(all, read(tb, list, rows[0], rows[1], rows[0]+" | "+parts[1])...)
			list.Close()
		}
	}
	slices.Sort(all)
	return all
}

func openRead(tb testing.TB, path string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	must(tb, err)
	return db
}

func read(tb testing.TB, db *sql.DB, table, columns, prefix string) []string {
	tb.Helper()
	rows, err := db.Query("SELECT " + columns + " FROM " + table)
	must(tb, err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		values := make([]any, strings.Count(columns, ",")+1)
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		must(tb, rows.Scan(into...))
		all = append(all, line(prefix, values...))
	}
	must(tb, rows.Err())
	return all
}
