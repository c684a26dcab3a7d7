package mirror

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// A view is what programs read and write in place of a server_ table: the rows as the server has them, with the edits
// that were made here. Rows without edits come straight from the table, so that its indexes serve; the few others are
// put together. Triggers take what programs write into the outbox.
type view struct {
	name string
	kind protocol.Kind
	// table is where the server's rows are.
	table   string
	columns []viewColumn
	// checks are conditions on NEW that stand for a mistake, each with what to say.
	checks [][2]string
	// made and gone: programs may insert and delete.
	made, gone bool
	// levels: the view has my_level, which may forbid changes.
	levels bool
}

// viewColumn is a column of a view.
type viewColumn struct {
	name string
	// edited is its value in a row with edits: s is the server's row, if there is one, and e the edits.
	edited string
	// written is the JSON value of a program's NEW value in an entry of the outbox; empty where programs may not write it.
	written string
	// field is what the outbox calls it, where that is not the column's name.
	field string
	// once: it may be given to a new row, and never changed.
	once bool
	// plain is its value in a row without edits, where that is not the server's column.
	plain string
}

// fieldName is what the outbox calls the column.
func (c viewColumn) fieldName() string {
	if c.field != "" {
		return c.field
	}
	return c.name
}

// text is a column that programs may write; def is its value in a new row.
func text(name, def string) viewColumn {
	return viewColumn{
		name:    name,
		edited:  fmt.Sprintf("coalesce(e.fields ->> '%[1]s', s.%[1]s, '%[2]s')", name, def),
		written: fmt.Sprintf("coalesce(CAST(NEW.%s AS TEXT), '')", name),
	}
}

// serverSet is a column that only the server sets; def is the SQL of its value in a row that the server does not have.
func serverSet(name, def string) viewColumn {
	return viewColumn{name: name, edited: fmt.Sprintf("CASE WHEN s.id IS NULL THEN %s ELSE s.%s END", def, name)}
}

// changedAt is when a row was last changed, here or elsewhere.
func changedAt() viewColumn { return viewColumn{name: "changed_at", edited: "e.at"} }

// furtherFields are those of a contact that go by name. In an edit an empty value removes one.
func furtherFields() viewColumn {
	return viewColumn{
		name: "fields",
		edited: `CASE WHEN e.fields -> 'fields' IS NULL THEN coalesce(s.fields, '{}') ELSE
    (SELECT json_group_object(key, value) FROM json_each(json_patch(coalesce(s.fields, '{}'), e.fields -> 'fields')) WHERE value <> '') END`,
		written: "json(NEW.fields)",
	}
}

// changedFields is what an update of further fields changes, as an object.
const changedFields = `(SELECT json_group_object(key, value) FROM (
      SELECT n.key, n.value FROM json_each(NEW.fields) n WHERE n.value IS NOT (SELECT value FROM json_each(OLD.fields) WHERE key = n.key)
      UNION ALL SELECT o.key, '' FROM json_each(OLD.fields) o WHERE o.key NOT IN (SELECT key FROM json_each(NEW.fields))))`

// archivedAt is when an item was put aside; a program writes any moment for yes and NULL for no.
func archivedAt() viewColumn {
	return viewColumn{
		name:    "archived_at",
		field:   "archived",
		edited:  `CASE e.fields ->> 'archived' WHEN 1 THEN coalesce(s.archived_at, e.at) WHEN 0 THEN NULL ELSE s.archived_at END`,
		written: `CASE WHEN NEW.archived_at IS NULL THEN json('false') ELSE json('true') END`,
	}
}

// seenFields is what the row had of these; an empty value where it had none.
const seenFields = `(SELECT json_group_object(k.key, coalesce((SELECT value FROM json_each(OLD.fields) WHERE key = k.key), ''))
      FROM json_each(` + changedFields + `) k)`

// statements returns the SQL that makes the view and its triggers.
func (v view) statements() string {
	var names, plain, edited []string
	for _, c := range v.columns {
		names, plain, edited = append(names, c.name), append(plain, cmp.Or(c.plain, "s."+c.name)), append(edited, c.edited)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `
CREATE VIEW %[1]s (id, %[2]s) AS
SELECT s.id, %[3]s FROM %[4]s s WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = s.id)
UNION ALL
SELECT e.id, %[5]s
FROM edits e LEFT JOIN %[4]s s ON s.id = e.id
WHERE e.kind = '%[6]s' AND e.deleted = 0 AND (e.created = 1 OR s.id IS NOT NULL);
`, v.name, strings.Join(names, ", "), strings.Join(plain, ", "), v.table, strings.Join(edited, ",\n  "), v.kind)
	if v.made {
		b.WriteString(v.insertTrigger())
	} else {
		fmt.Fprintf(&b, "\nCREATE TRIGGER %[1]s_made INSTEAD OF INSERT ON %[1]s BEGIN\n", v.name)
		v.refuse(&b, "true", "the server makes them; none can be made here")
		b.WriteString("END;\n")
	}
	b.WriteString(v.updateTrigger())
	if v.gone {
		b.WriteString(v.deleteTrigger())
	}
	return b.String()
}

// insertTrigger takes a new row. Columns that were not given are left to the server.
func (v view) insertTrigger() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nCREATE TRIGGER %[1]s_made INSTEAD OF INSERT ON %[1]s BEGIN\n", v.name)
	v.refuse(&b, fmt.Sprintf(`NEW.id IS NOT NULL AND NOT (length(CAST(NEW.id AS BLOB)) = 36 AND NEW.id GLOB '%s')`, globOfID()),
		"an id is a UUID of version 7 in lower case; leave it out, or take one from the view fresh")
	v.refuse(&b, fmt.Sprintf(`EXISTS (SELECT 1 FROM %s WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM edits WHERE id = NEW.id)`, v.table),
		"this id is taken")
	for _, c := range v.columns {
		if c.written == "" {
			v.refuse(&b, fmt.Sprintf("NEW.%s IS NOT NULL", c.name), c.name+" is set by the server")
		}
	}
	v.check(&b)
	fmt.Fprintf(&b, "  INSERT INTO edit (op, kind, id, fields, base)\n  SELECT 'create', '%s', coalesce(NEW.id, f.id), %s, 0 FROM fresh f;\nEND;\n", v.kind, v.object("NEW", "NEW.%s IS NOT NULL", nil))
	return b.String()
}

// globOfID is the pattern of a UUID of version 7 as text, in lower case, as any program's SQLite reads it.
func globOfID() string {
	return strings.NewReplacer("x", "[0-9a-f]", "y", "[89ab]").Replace("xxxxxxxx-xxxx-7xxx-yxxx-xxxxxxxxxxxx")
}

// seenColumn may be set by an update: to the version of which the person saw what they change.
const seenColumn = "version"

// updateTrigger takes what an update changes, and nothing else.
func (v view) updateTrigger() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nCREATE TRIGGER %[1]s_changed INSTEAD OF UPDATE ON %[1]s BEGIN\n", v.name)
	v.refuse(&b, "NEW.id IS NOT OLD.id", "the id of a row is final")
	for _, c := range v.columns {
		switch moved := fmt.Sprintf("NEW.%[1]s IS NOT OLD.%[1]s", c.name); {
		case c.name == seenColumn:
			v.refuse(&b, "NEW.version IS NULL OR typeof(NEW.version) <> 'integer' OR NEW.version NOT BETWEEN 0 AND OLD.version",
				"version is that which the person saw; there is no such one yet")
		case c.written == "":
			v.refuse(&b, moved, c.name+" is set by the server")
		case c.once:
			v.refuse(&b, moved, c.name+" can be given to a new row only")
		}
	}
	v.mayChange(&b)
	v.check(&b)
	moved := "NEW.%[1]s IS NOT OLD.%[1]s"
	fmt.Fprintf(&b, `  INSERT INTO edit (op, kind, id, fields, base, seen)
  SELECT 'change', '%[1]s', OLD.id, c.fields, min(NEW.version, %[2]s), json_patch(%[4]s, %[5]s)
  FROM (SELECT %[3]s AS fields) c WHERE c.fields <> '{}';
END;
`, v.kind, baseOf(v.table, "OLD.id", "c.fields"), v.object("NEW", moved, map[string]string{"fields": "json(" + changedFields + ")"}),
		v.object("OLD", moved, map[string]string{"fields": "json(" + seenFields + ")"}), seenAt(v.table, "OLD.id", "c.fields"))
	return b.String()
}

// baseOf is the SQL of the version that the person saw: the newest, or, of fields that an edit of theirs hides, the one
// which that was made on. What has come in underneath since they have not seen.
func baseOf(table, id, fields string) string {
	return fmt.Sprintf(`coalesce(%s, (SELECT version FROM %s WHERE id = %s), 0)`, ofHidden("o.base", id, fields), table, id)
}

// seenAt is the SQL of an object that says when the version which baseOf is was made: 0 where the edit that hides the fields
// does not say it, and nothing of a row that the server does not have.
func seenAt(table, id, fields string) string {
	return fmt.Sprintf(`json_object('changed_at', coalesce(%s, (SELECT changed_at FROM %s WHERE id = %s)))`,
		ofHidden("coalesce(o.seen ->> 'changed_at', 0)", id, fields), table, id)
}

// ofHidden is the SQL of something of the newest edit that hides one of the fields.
func ofHidden(what, id, fields string) string {
	return fmt.Sprintf(`(SELECT %s FROM outbox o, json_each(o.fields) f WHERE o.id = %s AND f.key IN (SELECT key FROM json_each(%s))
    ORDER BY o.seq DESC LIMIT 1)`, what, id, fields)
}

func (v view) deleteTrigger() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nCREATE TRIGGER %[1]s_deleted INSTEAD OF DELETE ON %[1]s BEGIN\n", v.name)
	v.mayChange(&b)
	fmt.Fprintf(&b, `  INSERT INTO edit (op, kind, id, fields, base, seen)
  VALUES ('delete', '%[1]s', OLD.id, '{}', coalesce((SELECT version FROM %[2]s WHERE id = OLD.id), 0),
    json_object('changed_at', (SELECT changed_at FROM %[2]s WHERE id = OLD.id)));
END;
`, v.kind, v.table)
	return b.String()
}

// object is the SQL of the JSON object with those written columns of a row, NEW or OLD, for which the condition holds. A
// column of which only a part changes has another value. What was seen of a body is seen of its format, too.
func (v view) object(row, condition string, values map[string]string) string {
	sql := "'{}'"
	for _, c := range v.columns {
		if c.written == "" || c.once && strings.Contains(condition, "OLD") {
			continue
		}
		value := strings.ReplaceAll(c.written, "NEW.", row+".")
		if other := values[c.name]; other != "" {
			value = other
		}
		holds := fmt.Sprintf(condition, c.name)
		if row == "OLD" && (c.name == "body" || c.name == "format") {
			holds = fmt.Sprintf(condition, "body") + " OR " + fmt.Sprintf(condition, "format")
		}
		sql = fmt.Sprintf("json_patch(%s, CASE WHEN %s THEN json_object('%s', %s) ELSE '{}' END)", sql, holds, c.fieldName(), value)
	}
	return sql
}

func (v view) check(b *strings.Builder) {
	for _, c := range v.checks {
		v.refuse(b, c[0], c[1])
	}
}

// mayChange refuses changes of what the person may only look at.
func (v view) mayChange(b *strings.Builder) {
	if v.levels {
		v.refuse(b, "OLD.my_level = 'view'", "you may only look at this")
	}
}

func (v view) refuse(b *strings.Builder, when, why string) {
	fmt.Fprintf(b, "  SELECT RAISE(ABORT, '%s: %s') WHERE %s;\n", v.name, strings.ReplaceAll(why, "'", "''"), when)
}
