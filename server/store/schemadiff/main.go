// Command schemadiff writes the versioned migrations in ent/migrate that lead from those already there to
// the ent schema and its amendments (migrate.Desired).
//
//	go run ./server/store/schemadiff -name add_labels   writes the next one, where something has changed
//	go run ./server/store/schemadiff -reset             writes the initial one anew, in place of all
//
// Run it in the module's root or in ent, where `go generate ./ent` does. -reset is for the time before the
// first release: a database made by the files it replaces is refused afterwards. PostgreSQL's migrations
// are made on a throwaway server; where PostgreSQL is not installed they are left as they are. Read what
// was written before you commit it: a renamed column, for one, looks like one dropped and one added.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	atlas "ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/store/migration"
	"github.com/partage-mail/partage/server/store/pgtemp"
)

func main() {
	log.SetFlags(0)
	name := flag.String("name", "", "write the next migration under this name, such as add_labels")
	reset := flag.Bool("reset", false, "write the initial migration anew, in place of all")
	flag.Parse()
	if (*name == "") != *reset {
		log.Fatal("schemadiff: give either -name or -reset")
	}
	folder, err := migrations()
	if err != nil {
		log.Fatalf("schemadiff: %v", err)
	}
	ctx := context.Background()
	err = withSQLite(func(empty maker) error {
		return update(ctx, dialect.SQLite, filepath.Join(folder, "sqlite"), *name, empty)
	})
	if err != nil {
		log.Fatalf("schemadiff: SQLite: %v", err)
	}
	err = withPostgres(ctx, func(empty maker) error {
		return update(ctx, dialect.Postgres, filepath.Join(folder, "postgres"), *name, empty)
	})
	if errors.Is(err, pgtemp.ErrMissing) {
		log.Printf("schemadiff: PostgreSQL's migrations are left as they are: %v", err)
		return
	}
	if err != nil {
		log.Fatalf("schemadiff: PostgreSQL: %v", err)
	}
}

// migrations finds ent/migrate from the module's root or from ent.
func migrations() (string, error) {
	for _, folder := range []string{"ent/migrate", "migrate"} {
		if _, err := os.Stat(filepath.Join(folder, "desired.go")); err == nil {
			return folder, nil
		}
	}
	return "", errors.New("found no ent/migrate here: run it in the module's root")
}

// update writes the migration a folder lacks, or the initial one alone where name is empty.
func update(ctx context.Context, dialectName, folder, name string, empty maker) error {
	want, err := desired(ctx, dialectName, empty)
	if err != nil {
		return err
	}
	defer want.db.Close()
	if name == "" {
		return initialize(ctx, folder, want)
	}
	ms, err := migration.Load(os.DirFS(folder))
	if err != nil {
		return err
	}
	have, err := migrated(ctx, dialectName, ms, empty)
	if err != nil {
		return err
	}
	defer have.db.Close()
	changes, err := have.difference(ctx, want)
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		log.Printf("%s: nothing has changed", folder)
		return nil
	}
	return write(folder, len(ms)+1, name, changes)
}

// initialize writes the initial migration in place of all. It has been run: want was made by it.
func initialize(ctx context.Context, folder string, want database) error {
	changes, err := want.creation(ctx)
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(folder, "*.sql"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return write(folder, 1, "initial", changes)
}

func write(folder string, version int, name string, changes []*atlas.Change) error {
	path := filepath.Join(folder, fmt.Sprintf("%04d_%s.sql", version, name))
	if err := os.WriteFile(path, []byte(text(changes)), 0o644); err != nil {
		return err
	}
	log.Printf("%s: %d statements", path, len(changes))
	return nil
}
