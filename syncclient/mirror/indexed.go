package mirror

import (
	"fmt"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// foldWords is how the full-text index takes text apart: at all that is neither letter nor digit, without regard to case
// and accents (https://sqlite.org/fts3.html#tokenizer).
const foldWords = `tokenize=unicode61 "remove_diacritics=2"`

// indexTables is the SQL of a file's full-text index. What is to be indexed is noted in unindexed by triggers that any
// program's SQLite can run; indexed has the words of each row as one text, and search the index of these, which is the
// mirror's own to write. docid is named, so that VACUUM leaves it alone.
func indexTables(items bool) string {
	column, indexed := "", ""
	if items {
		column, indexed = "\n  kind  TEXT    NOT NULL,", "kind, notindexed=kind, "
	}
	return fmt.Sprintf(`
CREATE TABLE unindexed (
  id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE indexed (
  docid INTEGER NOT NULL PRIMARY KEY,
  id    TEXT    NOT NULL UNIQUE,%s
  text  TEXT    NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts4(content="indexed", id, notindexed=id, %stext, matchinfo=fts3, %s);
`, column, indexed, foldWords)
}

// rowIndex is the SQL of the index of a file of rows. Its triggers come when the first fill is complete (noteRows).
func rowIndex(l layout) string {
	return indexTables(false) + fmt.Sprintf(`
CREATE VIEW searchable (complete, waiting) AS
SELECT b.index_whole = 1 AND NOT EXISTS (SELECT 1 FROM unindexed),
  (SELECT count(*) FROM unindexed) + CASE b.index_whole WHEN 1 THEN 0 ELSE (SELECT count(*) FROM %s WHERE id > b.index_upto) END
FROM bucket b;
`, l.table)
}

// itemIndex is the SQL of the index of main.db.
func itemIndex() string {
	var b strings.Builder
	b.WriteString(indexTables(true) + `
CREATE VIEW searchable (complete, waiting) AS SELECT NOT EXISTS (SELECT 1 FROM unindexed), (SELECT count(*) FROM unindexed);
`)
	for _, v := range mainViews() {
		b.WriteString(noteChanges(v.table, itemTexts(v)))
	}
	b.WriteString(noteEdits())
	return b.String()
}

// itemTexts are the columns of a kind of items that can be searched.
func itemTexts(v view) []string {
	if v.kind == protocol.KindCampaign || v.kind == protocol.KindTemplate {
		return []string{"name", "subject", "preheader", "body"}
	}
	return []string{"name", "description"}
}

// rowTexts are the columns of a kind of rows that can be searched; the values of fields are, and not their names.
func rowTexts(kind protocol.Enum) []string {
	switch kind {
	case protocol.Contacts:
		return []string{"email", "first_name", "last_name", "company", "city", "fields"}
	case protocol.Entries:
		return []string{"value", "note"}
	}
	return []string{"email", "name", "phone", "source", "notes", "fields"}
}

// rowText is the SQL of all that can be searched of a row of the view r.
func rowText(kind protocol.Enum) string {
	var parts []string
	for _, c := range rowTexts(kind) {
		if c == "fields" {
			c = `CASE WHEN r.fields = '{}' OR NOT json_valid(r.fields) THEN ''
    ELSE coalesce((SELECT group_concat(value, char(10)) FROM json_each(r.fields)), '') END`
		} else {
			c = "r." + c
		}
		parts = append(parts, c)
	}
	return strings.Join(parts, " || char(10) || ")
}

// rowBytes is the SQL of how many bytes that takes, which costs no look at what the columns hold.
func rowBytes(kind protocol.Enum) string {
	return "octet_length(r." + strings.Join(rowTexts(kind), ") + octet_length(r.") + ")"
}

// noteRows is the SQL of the triggers that note changed rows, and of noting what was edited here before there were any.
// They are made when the first fill is complete, which they are not to slow down.
func noteRows(l layout) string {
	return noteChanges(l.table, rowTexts(l.kind)) + noteEdits() + noteEdited
}

// noteEdited is the SQL that notes all rows that were edited here.
const noteEdited = "INSERT INTO unindexed (id) SELECT id FROM edits WHERE true ON CONFLICT DO NOTHING;\n"

// noteChanges is the SQL of the triggers on a table of the server's. A row that goes leaves the index with it; of its id
// nothing is kept unless something was written here about it.
func noteChanges(table string, texts []string) string {
	return fmt.Sprintf(`
CREATE TRIGGER IF NOT EXISTS %[1]s_came AFTER INSERT ON %[1]s BEGIN
  INSERT INTO unindexed (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS %[1]s_changed AFTER UPDATE OF %[2]s ON %[1]s WHEN (%[3]s) IS NOT (%[4]s) BEGIN
  INSERT INTO unindexed (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER IF NOT EXISTS %[1]s_went BEFORE DELETE ON %[1]s BEGIN
  DELETE FROM search WHERE docid = (SELECT docid FROM indexed WHERE id = OLD.id);
  DELETE FROM indexed WHERE id = OLD.id;
  DELETE FROM unindexed WHERE id = OLD.id;
  INSERT INTO unindexed (id) SELECT OLD.id WHERE EXISTS (SELECT 1 FROM edits WHERE id = OLD.id) ON CONFLICT DO NOTHING;
END;
`, table, strings.Join(texts, ", "), "NEW."+strings.Join(texts, ", NEW."), "OLD."+strings.Join(texts, ", OLD."))
}

// noteEdits is the SQL of the triggers on edits, which any program sets off. They do not touch search, so that a
// program's SQLite need not have full-text search.
func noteEdits() string {
	var b strings.Builder
	for _, on := range [][3]string{{"came", "INSERT", "NEW"}, {"changed", "UPDATE", "NEW"}, {"went", "DELETE", "OLD"}} {
		fmt.Fprintf(&b, `
CREATE TRIGGER IF NOT EXISTS edits_%s AFTER %s ON edits BEGIN
  INSERT INTO unindexed (id) VALUES (%s.id) ON CONFLICT DO NOTHING;
END;
`, on[0], on[1], on[2])
	}
	return b.String()
}
