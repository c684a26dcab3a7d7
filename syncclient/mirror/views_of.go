package mirror

import (
	"fmt"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// itemHead are the columns that all items have.
func itemHead() []viewColumn {
	audience := serverSet("audience", "coalesce(e.fields ->> 'audience', (SELECT default_audience FROM account), 'everyone')")
	audience.written, audience.once = "NEW.audience", true
	return []viewColumn{
		text("name", ""), audience, serverSet("my_level", "'edit'"),
		serverSet("creator", "(SELECT collaborator FROM mirror)"), serverSet("changed_by", "(SELECT collaborator FROM mirror)"),
		serverSet("version", "0"), serverSet("created_at", "e.at"), changedAt(), archivedAt(),
	}
}

func itemChecks() [][2]string {
	return [][2]string{
		{"trim(coalesce(NEW.name, '')) = ''", "a name is missing"},
		{fmt.Sprintf("length(NEW.name) > %d", longestName), fmt.Sprintf("a name has at most %d characters", longestName)},
		{"NEW.archived_at IS NOT NULL AND typeof(NEW.archived_at) <> 'integer'", "archived_at is a moment, in microseconds, or NULL"},
	}
}

func oneOf(column string, values ...string) [2]string {
	return [2]string{
		fmt.Sprintf("NEW.%s NOT IN ('%s')", column, strings.Join(values, "', '")),
		column + " is one of " + strings.Join(values, ", "),
	}
}

// chosenFor is the SQL of whether the rows of an item are to be kept here.
func chosenFor(id string) string {
	return fmt.Sprintf("NOT EXISTS (SELECT 1 FROM choices c WHERE c.id = %s AND c.kept = 0)", id)
}

// rowsOf are the columns of items with rows, which the mirror keeps.
func rowsOf() []viewColumn {
	return []viewColumn{
		serverSet("row_count", "0"), serverSet("complete", "1"), serverSet("file", "(SELECT file FROM local_files f WHERE f.id = e.id)"),
		{name: "kept", plain: chosenFor("s.id"), edited: chosenFor("e.id")},
	}
}

// viewOf returns the view of a kind of rows.
func viewOf(kind protocol.Kind) (view, bool) {
	all := mainViews()
	for _, l := range layouts() {
		all = append(all, rowView(l))
	}
	for _, v := range all {
		if v.kind == kind {
			return v, true
		}
	}
	return view{}, false
}

// mainViews are those of main.db.
func mainViews() []view {
	mail := []viewColumn{text("subject", ""), text("preheader", ""), text("format", "html"), text("body", "")}
	campaign := append(itemHead(), mail...)
	campaign = append(campaign, text("sender_name", ""), text("sender_email", ""), text("reply_to", ""),
		serverSet("state", "'draft'"), serverSet("lists_restricted", "0"), serverSet("blacklists_restricted", "0"))
	letters := append(itemChecks(), oneOf("format", "mjml", "html"), oneOf("audience", "everyone", "restricted"))
	lists := append(itemChecks(), oneOf("audience", "everyone", "restricted"))
	list := append(append(itemHead(), text("description", "")), rowsOf()...)
	return []view{
		{"campaigns", protocol.KindCampaign, "server_campaigns", append(campaign, rowsOf()...), letters, true, true, true},
		{"templates", protocol.KindTemplate, "server_templates", append(itemHead(), mail...), letters, true, true, true},
		{"contact_lists", protocol.KindList, "server_contact_lists", list, lists, true, true, true},
		{"blacklists", protocol.KindBlacklist, "server_blacklists", list, lists, true, true, true},
	}
}

// rowView is that of a file of rows.
func rowView(l layout) view {
	moments := []viewColumn{serverSet("version", "0"), serverSet("created_at", "e.at"), changedAt()}
	switch l.kind {
	case protocol.Contacts:
		columns := []viewColumn{text("email", ""), text("first_name", ""), text("last_name", ""), text("company", ""), text("city", ""),
			furtherFields(), text("state", "subscribed")}
		checks := [][2]string{
			{"trim(coalesce(NEW.email, '')) = ''", "an email address is missing"},
			oneOf("state", "subscribed", "unsubscribed", "bounced", "complained"),
			{`NEW.fields IS NOT NULL AND (NOT json_valid(NEW.fields) OR json_type(NEW.fields) <> 'object'
    OR EXISTS (SELECT 1 FROM json_each(NEW.fields) WHERE type <> 'text'))`, "fields is a JSON object of strings"},
		}
		return view{"contacts", protocol.KindContact, l.table, append(columns, moments...), checks, true, true, false}
	case protocol.Entries:
		kind := serverSet("kind", "CASE WHEN e.fields ->> 'value' LIKE '%_@_%' THEN 'address' ELSE 'domain' END")
		value := serverSet("value", "e.fields ->> 'value'")
		value.written, value.once = "NEW.value", true
		columns := []viewColumn{kind, value, text("reason", "manual"), text("note", "")}
		checks := [][2]string{
			{"trim(coalesce(NEW.value, '')) = ''", "an address or domain is missing"},
			oneOf("reason", "unsubscribed", "bounced", "complaint", "manual"),
		}
		return view{"entries", protocol.KindEntry, l.table, append(columns, moments...), checks, true, true, false}
	}
	columns := []viewColumn{serverSet("assignee", "NULL"), serverSet("assigned_at", "NULL"), text("email", ""), text("name", ""), text("phone", ""),
		serverSet("source", "''"), serverSet("fields", "'{}'"), text("state", "new"), text("notes", "")}
	checks := [][2]string{oneOf("state", "new", "in_progress", "won", "lost")}
	return view{"leads", protocol.KindLead, l.table, append(columns, moments...), checks, false, true, false}
}

// toldView is the view of a table that programs read alone.
func toldView(name string, columns ...string) string {
	b := &strings.Builder{}
	fmt.Fprintf(b, "\nCREATE VIEW %[1]s AS SELECT %[2]s FROM server_%[1]s;\n", name, strings.Join(columns, ", "))
	for _, on := range [][2]string{{"made", "INSERT"}, {"changed", "UPDATE"}, {"deleted", "DELETE"}} {
		fmt.Fprintf(b, "CREATE TRIGGER %[1]s_%[2]s INSTEAD OF %[3]s ON %[1]s BEGIN\n", name, on[0], on[1])
		view{name: name}.refuse(b, "true", "only the server changes this")
		b.WriteString("END;\n")
	}
	return b.String()
}

// linkViews are what campaigns name: a row of such a view for each pair. Who writes them changes the campaign.
func linkViews() string {
	var b strings.Builder
	for _, l := range []layout{contacts(), entries()} {
		name := strings.TrimPrefix(l.links, "server_")
		field := l.field
		set := func(id string, with string) string {
			named := "'{\"" + field + "\":0}'"
			return fmt.Sprintf(`  SELECT RAISE(ABORT, '%[1]s: there is no such campaign') WHERE NOT EXISTS (SELECT 1 FROM campaigns WHERE id = %[2]s);
  SELECT RAISE(ABORT, '%[1]s: you may only look at this') WHERE EXISTS (SELECT 1 FROM campaigns WHERE id = %[2]s AND my_level = 'view');
  INSERT INTO edit (op, kind, id, fields, base, seen)
  SELECT 'change', 'campaign', %[2]s, json_object('%[3]s', json((SELECT json_group_array(target) FROM (%[4]s)))), %[5]s,
    json_patch(json_object('%[3]s', json((SELECT json_group_array(%[6]s) FROM %[1]s WHERE campaign = %[2]s))), %[7]s);
`, name, id, field, with, baseOf("server_campaigns", id, named), l.target, seenAt("server_campaigns", id, named))
		}
		fmt.Fprintf(&b, `
CREATE VIEW %[1]s (campaign, %[2]s) AS
SELECT campaign, %[2]s FROM %[3]s
WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = campaign AND (e.deleted = 1 OR e.fields -> '%[4]s' IS NOT NULL))
UNION ALL
SELECT e.id, t.value FROM edits e, json_each(e.fields -> '%[4]s') t WHERE e.kind = 'campaign' AND e.deleted = 0;

CREATE TRIGGER %[1]s_made INSTEAD OF INSERT ON %[1]s BEGIN
%[5]sEND;

CREATE TRIGGER %[1]s_deleted INSTEAD OF DELETE ON %[1]s BEGIN
%[6]sEND;

CREATE TRIGGER %[1]s_changed INSTEAD OF UPDATE ON %[1]s BEGIN
  SELECT RAISE(ABORT, '%[1]s: a pair cannot be changed; delete it and insert another');
END;
`, name, l.target, l.links, field,
			set("NEW.campaign", fmt.Sprintf(`SELECT %[1]s AS target FROM %[2]s WHERE campaign = NEW.campaign UNION SELECT NEW.%[1]s`, l.target, name)),
			set("OLD.campaign", fmt.Sprintf(`SELECT %[1]s AS target FROM %[2]s WHERE campaign = OLD.campaign AND %[1]s <> OLD.%[1]s`, l.target, name)))
	}
	return b.String()
}
