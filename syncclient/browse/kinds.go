package browse

import (
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// kind is what the screens know of one kind of rows: where it stands in the files, and what of it may be written.
type kind struct {
	kind protocol.Kind
	// one is what a person calls it.
	one string
	// view is what programs read and write, and server what the server has told (mirror/SCHEMA.md).
	view, server string
	// name is the column by which a person knows a row.
	name string
	// rows is the kind of the rows in its file; empty where it has none.
	rows protocol.Kind
	// inputs are the columns that may be written.
	inputs []input
}

// input is a column that may be written.
type input struct {
	column, label string
	// choices are all its values, where they are few.
	choices []string
	// once: a new row alone may be given it.
	once bool
	// long: a text of many lines, for an editor.
	long bool
}

// worded is a value as a person reads it: in_progress is written for machines.
func (in input) worded(value string) string {
	switch {
	case in.column == "audience" && value == "everyone":
		return "everyone in the account"
	case in.column == "audience" && value == "restricted":
		return "only those who are named"
	case len(in.choices) > 0:
		return plain(value)
	}
	return value
}

func plain(word string) string { return strings.ReplaceAll(word, "_", " ") }

// further is the column with a contact's further fields, a JSON object of strings.
const further = "fields"

func states() []string     { return []string{"subscribed", "unsubscribed", "bounced", "complained"} }
func leadStates() []string { return []string{"new", "in_progress", "won", "lost"} }
func reasons() []string    { return []string{"manual", "unsubscribed", "bounced", "complaint"} }
func audiences() []string  { return []string{"everyone", "restricted"} }
func formats() []string    { return []string{"html", "mjml"} }

// items are the kinds of the workspace, in the order in which they are shown.
func items() []kind {
	named := input{column: "name", label: "Name"}
	seen := input{column: "audience", label: "Seen by", choices: audiences(), once: true}
	letter := []input{
		named, {column: "subject", label: "Subject"}, {column: "preheader", label: "Preheader"},
		{column: "format", label: "Format", choices: formats()},
	}
	sender := []input{
		{column: "sender_name", label: "Sender"}, {column: "sender_email", label: "Sender's address"}, {column: "reply_to", label: "Reply to"},
	}
	body := input{column: "body", label: "Body", long: true}
	described := []input{named, {column: "description", label: "Description"}, seen}
	return []kind{
		{protocol.KindCampaign, "campaign", "campaigns", "server_campaigns", "name", protocol.KindLead, slices.Concat(letter, sender, []input{seen, body})},
		{protocol.KindTemplate, "template", "templates", "server_templates", "name", "", slices.Concat(letter, []input{seen, body})},
		{protocol.KindList, "list", "contact_lists", "server_contact_lists", "name", protocol.KindContact, described},
		{protocol.KindBlacklist, "blacklist", "blacklists", "server_blacklists", "name", protocol.KindEntry, described},
	}
}

// rows are the kinds of rows in files of their own.
func rows() []kind {
	return []kind{
		{protocol.KindContact, "contact", "contacts", "server_contacts", "email", "", []input{
			{column: "email", label: "Email"}, {column: "first_name", label: "First name"}, {column: "last_name", label: "Last name"},
			{column: "company", label: "Company"}, {column: "city", label: "City"}, {column: "state", label: "State", choices: states()},
		}},
		{protocol.KindEntry, "entry", "entries", "server_entries", "value", "", []input{
			{column: "value", label: "Address or domain", once: true}, {column: "reason", label: "Reason", choices: reasons()},
			{column: "note", label: "Note"},
		}},
		{protocol.KindLead, "lead", "leads", "server_leads", "name", "", []input{
			{column: "name", label: "Name"}, {column: "email", label: "Email"}, {column: "phone", label: "Phone"},
			{column: "state", label: "State", choices: leadStates()}, {column: "notes", label: "Notes"},
		}},
	}
}

// kindOf returns what is known of a kind.
func kindOf(k protocol.Kind) kind {
	for _, known := range append(items(), rows()...) {
		if known.kind == k {
			return known
		}
	}
	return kind{kind: k, one: string(k)}
}

// label is what a person calls a column.
func (k kind) label(column string) string {
	for _, in := range k.inputs {
		if in.column == column {
			return in.label
		}
	}
	return map[string]string{
		"archived": "Archived", "archived_at": "Archived", "lists": "Goes to", "blacklists": "Never to", "fields": "Further fields",
		"source": "Came from", "assignee": "Followed up by", "kind": "Kind",
	}[column]
}

// itemOf returns the kind of item that has rows of a kind.
func itemOf(row protocol.Kind) protocol.Kind {
	for _, k := range items() {
		if k.rows == row {
			return k.kind
		}
	}
	return row
}
