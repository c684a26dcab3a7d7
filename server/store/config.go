package store

// Config says which database to open.
type Config struct {
	// DataDir is the folder of the SQLite file partage.db. It is made where it is missing, for this
	// user alone. Not used where URL is set.
	DataDir string
	// URL is the address of a PostgreSQL database, postgres://…; empty means SQLite.
	URL string
	// Readers is how many queries SQLite runs at once; 0 means 4. Two to four keep the slowest answers
	// fast, more make them slower.
	Readers int
}

func (c Config) readers() int {
	if c.Readers <= 0 {
		return 4
	}
	return c.Readers
}
