package migration

import "fmt"

// NewerError says that the database was made by a newer program, whose schema this one does not know.
type NewerError struct {
	// Database is the newest migration applied to the database, Program the newest this program has.
	Database, Program Migration
}

// Error names both versions and what to do.
func (e *NewerError) Error() string {
	return fmt.Sprintf("the database is at schema version %d (%s) and this program knows versions up to %d (%s): "+
		"start the newer program that last used the database, or restore a backup made before it did",
		e.Database.Version, e.Database.Name, e.Program.Version, e.Program.Name)
}

// ChangedError says that a migration was applied to the database in another form than this program has.
type ChangedError struct {
	// Applied is what the database recorded, Program what this program would have applied.
	Applied, Program Migration
}

// Error names the migration and what to do.
func (e *ChangedError) Error() string {
	return fmt.Sprintf("schema version %d of the database was made by another file (%s, checksum %.12s) than this program has "+
		"(%s, checksum %.12s): start the program that made the database, or start this one with another database",
		e.Applied.Version, e.Applied.Name, e.Applied.Checksum, e.Program.Name, e.Program.Checksum)
}
