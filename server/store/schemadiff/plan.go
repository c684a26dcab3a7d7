package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	atlas "ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	entschema "entgo.io/ent/dialect/sql/schema"

	"github.com/partage-mail/partage/ent/migrate"
	"github.com/partage-mail/partage/server/store/migration"
)

// database is an empty or migrated database as atlas sees it.
type database struct {
	dialect string
	db      *sql.DB
	atlas.Driver
}

func open(dialectName string, db *sql.DB) (database, error) {
	var driver atlas.Driver
	var err error
	switch dialectName {
	case dialect.SQLite:
		driver, err = sqlite.Open(db)
	case dialect.Postgres:
		driver, err = postgres.Open(db)
	default:
		err = fmt.Errorf("no migrations for a database of kind %q", dialectName)
	}
	return database{dialectName, db, driver}, err
}

// creation returns what creates the desired tables in an empty database.
func (d database) creation(ctx context.Context) ([]*atlas.Change, error) {
	m, err := entschema.NewMigrate(entsql.OpenDB(d.dialect, d.db))
	if err != nil {
		return nil, err
	}
	desired, err := m.StateReader(migrate.Desired(d.dialect)...).ReadState(ctx)
	if err != nil {
		return nil, err
	}
	var changes []schema.Change
	for _, s := range desired.Schemas {
		for _, t := range s.Tables {
			changes = append(changes, &schema.AddTable{T: t})
		}
	}
	return d.plan(ctx, changes)
}

// difference returns what turns the schema of d into the one of want. Both are read back from their
// database, so that each part, the text of a CHECK too, is compared in the database's own form.
func (d database) difference(ctx context.Context, want database) ([]*atlas.Change, error) {
	from, err := d.inspect(ctx)
	if err != nil {
		return nil, err
	}
	to, err := want.inspect(ctx)
	if err != nil {
		return nil, err
	}
	changes, err := d.SchemaDiff(from, to, schema.DiffNormalized())
	if err != nil {
		return nil, err
	}
	asWritten(d.dialect, to)
	return d.plan(ctx, changes)
}

// asWritten gives the CHECKs of a schema that was read from a database the text they are written in.
// PostgreSQL reads back another, and once more another when it is given that.
func asWritten(dialectName string, s *schema.Schema) {
	for _, t := range migrate.Desired(dialectName) {
		read, ok := s.Table(t.Name)
		if !ok {
			continue
		}
		for _, a := range read.Attrs {
			if check, ok := a.(*schema.Check); ok && t.Annotation.Checks[check.Name] != "" {
				check.Expr = t.Annotation.Checks[check.Name]
			}
		}
	}
}

func (d database) inspect(ctx context.Context) (*schema.Schema, error) {
	return d.InspectSchema(ctx, "", &schema.InspectOptions{Exclude: []string{migration.Table}})
}

func (d database) plan(ctx context.Context, changes []schema.Change) ([]*atlas.Change, error) {
	p, err := d.PlanChanges(ctx, "", changes, func(o *atlas.PlanOptions) {
		o.Indent = "  "
		o.SchemaQualifier = new(string)
	})
	if err != nil {
		return nil, err
	}
	var kept []*atlas.Change
	for _, c := range p.Changes {
		// The applier turns foreign keys off itself, outside of the transaction.
		if !strings.HasPrefix(c.Cmd, "PRAGMA foreign_keys") {
			kept = append(kept, c)
		}
	}
	return kept, nil
}

// text returns the changes as the text of a migration.
func text(changes []*atlas.Change) string {
	var b strings.Builder
	for _, c := range changes {
		if c.Comment != "" {
			fmt.Fprintf(&b, "-- %s\n", c.Comment)
		}
		fmt.Fprintf(&b, "%s;\n", c.Cmd)
	}
	return b.String()
}
