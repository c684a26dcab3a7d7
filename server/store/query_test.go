package store

import (
	"testing"

	"entgo.io/ent/dialect"
)

func TestRebind(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"numbers placeholders in order", "a = ? AND b = ?", "a = $1 AND b = $2"},
		{"keeps numbers", "a = ?2 AND b = ?1 AND c = ?2", "a = $2 AND b = $1 AND c = $2"},
		{"goes on after the largest number", "a = ?3 AND b = ?", "a = $3 AND b = $4"},
		{"counts past nine", "?,?,?,?,?,?,?,?,?,?,?", "$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11"},
		{"leaves a query without placeholders", "SELECT 1", "SELECT 1"},
		{"leaves the dollar form", "a = $1", "a = $1"},
		{"leaves strings", "a = 'why?' AND b = ?", "a = 'why?' AND b = $1"},
		{"leaves strings with doubled quotes", "a = 'it''s?' AND b = ?", "a = 'it''s?' AND b = $1"},
		{"leaves strings with escapes", `a = E'it\'s?' AND b = ?`, `a = E'it\'s?' AND b = $1`},
		{"sees no escape in a plain string", `a LIKE'\' AND b = ?`, `a LIKE'\' AND b = $1`},
		{"leaves quoted names", `"a?" = ?`, `"a?" = $1`},
		{"leaves line comments", "a = ? -- why?\nAND b = ?", "a = $1 -- why?\nAND b = $2"},
		{"leaves comments", "a = ? /* why? */ AND b = ?", "a = $1 /* why? */ AND b = $2"},
		{"leaves dollar quotes", "a = $q$ why? $q$ AND b = $$?$$ AND c = ?", "a = $q$ why? $q$ AND b = $$?$$ AND c = $1"},
		{"survives what is not closed", "a = ? AND b = 'why?", "a = $1 AND b = 'why?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Rebind(dialect.Postgres, c.query); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := Rebind(dialect.SQLite, c.query); got != c.query {
				t.Errorf("for SQLite got %s", got)
			}
		})
	}
}

func TestReads(t *testing.T) {
	for query, want := range map[string]bool{
		"SELECT 1":                             true,
		"\n\tselect 1":                         true,
		"-- first\nSELECT 1":                   true,
		"/* first */ SELECT 1":                 true,
		"VALUES (1)":                           true,
		"WITH a AS (SELECT 1) SELECT * FROM a": true,
		"WITH RECURSIVE insert_x(n) AS (VALUES (1)) SELECT replace(n, 1, 2) FROM insert_x": true,
		"WITH a AS (SELECT 1), b AS (SELECT 2) SELECT 1":                                   true,
		`WITH "insert" AS (SELECT 1) SELECT 1`:                                             true,
		"WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a RETURNING id":                  false,
		"WITH a AS (SELECT 1) UPDATE b SET c = 1":                                          false,
		"with a as (select 1) delete from b":                                               false,
		"INSERT INTO a VALUES (1) RETURNING id":                                            false,
		"UPDATE a SET b = (SELECT 1)":                                                      false,
		"DELETE FROM a":                                                                    false,
		"CREATE TABLE a AS SELECT 1":                                                       false,
		"PRAGMA foreign_keys":                                                              false,
		"EXPLAIN SELECT 1":                                                                 false,
		"(SELECT 1) UNION SELECT 2":                                                        false,
		"":                                                                                 false,
		"SELECTED":                                                                         false,
	} {
		if got := reads(query); got != want {
			t.Errorf("reads(%q) = %v", query, got)
		}
	}
}

func FuzzRebind(f *testing.F) {
	for _, s := range []string{"?", "?1 '?' \"?\" -- ?\n /* ? */ $$?$$ E'\\'?'", "$", "'", "e'", "/*", "?99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		reads(query)
		Rebind(dialect.Postgres, query)
		for i := range len(query) {
			if end := skip(query, i); end < i || end > len(query) {
				t.Fatalf("skip(%q, %d) = %d", query, i, end)
			}
		}
	})
}
