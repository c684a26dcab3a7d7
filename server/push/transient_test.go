package push_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
)

// TestTransient has the database fail in the midst of a batch: at a statement of a command, and when its result is to be
// stored. Nothing of that mutation stays, what was before it does, and the same batch goes through afterwards.
func TestTransient(t *testing.T) {
	for name, at := range map[string]string{
		"at the effect": `INSERT ON contacts`,
		"at the result": `UPDATE OF last_mutation ON replicas`,
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				d := h.desktop("olga")
				batch := d.contacts(8)
				d.push(batch[:3]...)
				before := h.value(`SELECT count(*) FROM contacts`)
				condition := `NEW.email LIKE '4-%'`
				if strings.HasPrefix(at, "UPDATE") {
					condition = `NEW.last_mutation = 5`
				}
				mend := h.breakAt(at, condition)
				status, _, said := d.send(batch...)
				want := map[string]int{dialect.SQLite: http.StatusInternalServerError, dialect.Postgres: http.StatusServiceUnavailable}[h.Store.Dialect()]
				if status != want {
					t.Errorf("answered %d %s", status, said)
				}
				h.holds("4", `SELECT last_mutation FROM replicas`)
				h.holds("4", `SELECT count(*) FROM applied_mutations`)
				h.holds("1", `SELECT count(*) - `+before+` FROM contacts`)
				mend()
				d.push(batch...)
				h.holds("8", `SELECT last_mutation FROM replicas`)
				h.holds("4", `SELECT count(*) - `+before+` FROM contacts`)
			})
		})
	}
}

// breakAt has statements fail where a row meets a condition, until it is mended: on PostgreSQL as if it shut down.
func (h *house) breakAt(at, condition string) (mend func()) {
	h.Helper()
	do := func(statements ...string) {
		err := h.Store.Write(h.Context(), func(ctx context.Context, tx *ent.Tx) error {
			for _, s := range statements {
				if _, err := tx.ExecContext(ctx, s); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			h.Fatal(err)
		}
	}
	table := at[strings.LastIndex(at, " ")+1:]
	if h.Store.Dialect() == dialect.Postgres {
		do(`CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken' USING ERRCODE = '57P01'; END $$`,
			`CREATE TRIGGER broken BEFORE `+at+` FOR EACH ROW WHEN (`+condition+`) EXECUTE FUNCTION broken()`)
		return func() { do(`DROP TRIGGER broken ON ` + table) }
	}
	do(`CREATE TRIGGER broken BEFORE ` + at + ` WHEN ` + condition + ` BEGIN SELECT RAISE(ABORT, 'broken'); END`)
	return func() { do(`DROP TRIGGER broken`) }
}
