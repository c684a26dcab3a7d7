package push_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/partage-mail/partage/ent"
)

// TestRestored loses what a replica pushed last, as when a server is restored from a backup, and pushes it again.
func TestRestored(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		batch := []body{d.next("create", "template", newID(), body{"fields": body{"name": "0"}})}
		for i := 1; i < 6; i++ { // the last three say what they said before
			batch = append(batch, d.next("change", "template", batch[0]["id"].(string), body{"base": 1, "mine": []int{2, 3, 4, 5, 6}, "fields": body{"subject": "s"}}))
		}
		first := d.push(batch...)
		err := h.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			for _, lost := range []string{
				`UPDATE replicas SET last_mutation = 3, acknowledged = 3`, `DELETE FROM applied_mutations WHERE number > 3`,
			} {
				if _, err := tx.ExecContext(ctx, lost); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		_, a, _ := d.send(d.next("create", "list", newID(), body{"fields": body{"name": "next"}}))
		if a.Last != 3 || len(a.Results) != 0 {
			t.Errorf("what comes next is answered %+v", a)
		}
		got, _ := json.Marshal(d.push(batch[3:]...))
		if want, _ := json.Marshal(first[3:]); string(got) != string(want) {
			t.Errorf("answered %s, not %s", got, want)
		}
	})
}
