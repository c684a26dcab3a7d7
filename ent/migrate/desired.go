// Package migrate is the schema of the database: the tables that ent generates, what they are amended by
// (Desired), and the versioned SQL files that lead there, one folder a dialect.
package migrate

import (
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// Desired returns the tables the migrations must lead to: those of the ent schema, amended by what ent
// cannot say.
//
//   - A content row (campaign, template, contact list, blacklist) lives under the id of its item and goes
//     with it; ent has no foreign key on an id.
//   - An enum column takes only its values, also from raw SQL.
//   - A table that joins two others is indexed from both sides: by its key from the first, and so that
//     a deleted row of the second finds its joins.
//   - On PostgreSQL, where a server may have others beside it, a table in which they tell each other who has what open.
//     Nobody reads it as a person, so it is no entity.
//   - On PostgreSQL, columns named …_key compare by byte, as they do on SQLite, whatever the database's
//     collation: normalised text has one order everywhere, and a prefix search uses the index.
//
// The tables are copies: the generated ones stay as they are.
func Desired(dialectName string) []*schema.Table {
	tables := make([]*schema.Table, len(Tables))
	for i, t := range Tables {
		d := &schema.Table{
			Name:        t.Name,
			Schema:      t.Schema,
			Columns:     columns(t, dialectName),
			Indexes:     slices.Clone(t.Indexes),
			PrimaryKey:  t.PrimaryKey,
			ForeignKeys: slices.Clone(t.ForeignKeys),
			Annotation:  annotation(t),
			Comment:     t.Comment,
		}
		switch t {
		case CampaignsTable, TemplatesTable, ContactListsTable, BlacklistsTable:
			d.ForeignKeys = append(d.ForeignKeys, &schema.ForeignKey{
				Symbol:     t.Name + "_items_item",
				Columns:    t.PrimaryKey,
				RefTable:   ItemsTable,
				RefColumns: ItemsTable.PrimaryKey,
				OnDelete:   schema.Cascade,
			})
		}
		if len(t.PrimaryKey) == 2 {
			second := t.PrimaryKey[1]
			d.Indexes = append(d.Indexes, &schema.Index{
				Name:    t.Name + "_" + second.Name,
				Columns: []*schema.Column{second},
			})
		}
		tables[i] = d
	}
	if dialectName == dialect.Postgres {
		tables = append(tables, openings())
	}
	return tables
}

// openings is the table of package presence. It points nowhere: a row lasts seconds, and may outlive its item.
func openings() *schema.Table {
	node, item := &schema.Column{Name: "node_id", Type: field.TypeUUID}, &schema.Column{Name: "item_id", Type: field.TypeUUID}
	person := &schema.Column{Name: "collaborator_id", Type: field.TypeUUID}
	return &schema.Table{
		Name:       "openings",
		Columns:    []*schema.Column{node, item, person, {Name: "since", Type: field.TypeInt64}, {Name: "ends_at", Type: field.TypeInt64}},
		PrimaryKey: []*schema.Column{node, item, person},
		Indexes:    []*schema.Index{{Name: "openings_item_id", Columns: []*schema.Column{item}}},
	}
}

func columns(t *schema.Table, dialectName string) []*schema.Column {
	cs := make([]*schema.Column, len(t.Columns))
	for i, c := range t.Columns {
		d := *c
		if dialectName == dialect.Postgres && strings.HasSuffix(c.Name, "_key") {
			d.Collation = "C"
		}
		cs[i] = &d
	}
	return cs
}

func annotation(t *schema.Table) *entsql.Annotation {
	a := entsql.Annotation{}
	if t.Annotation != nil {
		a = *t.Annotation
	}
	checks := make(map[string]string, len(a.Checks))
	for name, expression := range a.Checks {
		checks[name] = "(" + expression + ")" // atlas takes (a) OR (b) to be in parentheses already
	}
	for _, c := range t.Columns {
		if len(c.Enums) > 0 {
			checks[fmt.Sprintf("%s_%s_values", t.Name, c.Name)] =
				fmt.Sprintf("(%q IN ('%s'))", c.Name, strings.Join(c.Enums, "', '"))
		}
	}
	a.Checks = checks
	return &a
}
