package store_test

import (
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/store/storetest"
)

// TestStatistics: the planner is told of indexes that exist; a renamed one would be silently forgotten.
func TestStatistics(t *testing.T) {
	s := storetest.Open(t, dialect.SQLite)
	rows, err := s.Client().QueryContext(t.Context(), `SELECT idx FROM sqlite_stat1
		WHERE idx NOT IN (SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = sqlite_stat1.tbl)`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		t.Errorf("statistics of an index that does not exist: %s", name)
	}
	var n int
	counted, err := s.Client().QueryContext(t.Context(), `SELECT count(*) FROM sqlite_stat1`)
	if err != nil {
		t.Fatal(err)
	}
	defer counted.Close()
	if !counted.Next() || counted.Scan(&n) != nil || n < 20 {
		t.Errorf("only %d statistics", n)
	}
}
