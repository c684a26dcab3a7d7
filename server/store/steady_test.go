package store

import (
	"context"
	"testing"
)

func TestSteady(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"marks each parameter", "a = ? AND b IN (?, ?)", "a = +? AND b IN (+?, +?)"},
		{"keeps numbers", "(a, b) < (?2, ?1) LIMIT ?3", "(a, b) < (+?2, +?1) LIMIT +?3"},
		{"leaves a query without parameters", "SELECT 1", "SELECT 1"},
		{"leaves strings and names", `a = 'why?' AND "b?" = ?`, `a = 'why?' AND "b?" = +?`},
		{"leaves comments", "a = ? -- why?\nAND b = ? /* ? */", "a = +? -- why?\nAND b = +? /* ? */"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := steady(c.query); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestPlans counts what SQLite asks its authorizer, which it does while it plans.
func TestPlans(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	reader, err := s.pools[0].Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	asked := 0
	err = reader.Raw(func(conn any) error {
		conn.(*steadyConn).RegisterAuthorizer(func(int, string, string, string) int { asked++; return 0 })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, query := range map[string]string{
		"a join":          `SELECT i.id FROM items i JOIN access a ON a.item_id = i.id WHERE a.collaborator_id = ?1 AND i.kind = ?2`,
		"a partial index": `SELECT id FROM items WHERE account_id = ?1 AND kind = ?2 AND deleted_at = 0 ORDER BY seq`,
		"a limit":         `SELECT id FROM items WHERE account_id = ?1 AND audience <> ?2 ORDER BY seq LIMIT ?1`,
	} {
		t.Run(name+" is planned once for all values", func(t *testing.T) {
			for use := range 3 {
				asked = 0
				rows, err := reader.QueryContext(ctx, query, use, "campaign")
				if err != nil {
					t.Fatal(err)
				}
				for rows.Next() {
				}
				if err := rows.Close(); err != nil {
					t.Fatal(err)
				}
				if (use == 0) != (asked > 0) {
					t.Errorf("at use %d the planner was asked %d times", use, asked)
				}
			}
		})
	}
}
