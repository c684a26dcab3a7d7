package push_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/push"
)

// contacts returns n mutations that add contacts, of which every third is refused.
func (d *desktop) contacts(n int) (mutations []body) {
	for i := range n {
		fields := body{"email": fmt.Sprintf("%d-%s@example.com", i, newID()[24:])}
		if i%3 == 2 {
			fields["email"] = "nobody"
		}
		mutations = append(mutations, d.next("create", "contact", newID(), body{"item": d.plain("customers"), "fields": fields}))
	}
	return mutations
}

// state is all that pushes could have changed.
func (h *house) state() string {
	return h.value(`SELECT count(*) || ' rows, ' || sum(version) || ' versions' FROM contacts`) + ", at " +
		h.value(`SELECT max(seq) FROM accounts`) + ", " + h.value(`SELECT count(*) FROM audit_events`) + " lines"
}

func TestRetry(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		batch := d.contacts(7)
		_, first, said := d.send(batch...)
		if first.Last != 7 || len(first.Results) != 7 {
			t.Fatalf("answered %s", said)
		}
		before := h.state()
		for i := 1; i <= len(batch); i++ { // each prefix of it, and each tail
			for _, again := range [][]body{batch[:i], batch[i-1:]} {
				_, a, said := d.send(again...)
				want := first.Results[:i]
				if len(again) != i || again[0]["number"] != int64(1) {
					want = first.Results[i-1:]
				}
				got, _ := json.Marshal(a.Results)
				if is, _ := json.Marshal(want); string(got) != string(is) || a.Last != 7 {
					t.Errorf("%d mutations again are answered %s, not %s", len(again), said, is)
				}
			}
		}
		if after := h.state(); after != before {
			t.Errorf("from %s to %s by retries", before, after)
		}
		if _, a, _ := d.send(); a.Last != 7 || len(a.Results) != 0 {
			t.Errorf("nothing is answered %+v", a)
		}
	})
}

func TestGap(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		batch := d.contacts(5)
		_, a, _ := d.send(batch[0], batch[1], batch[3], batch[4])
		if a.Last != 2 || len(a.Results) != 2 {
			t.Errorf("a gap is answered %+v", a)
		}
		_, a, _ = d.send(batch[4])
		if a.Last != 2 || len(a.Results) != 0 {
			t.Errorf("what is too far is answered %+v", a)
		}
		h.holds("2", `SELECT count(*) FROM applied_mutations`)
	})
}

func TestForked(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		batch := d.contacts(3)
		d.push(batch...)
		before := h.state()
		forked := func(name string, mutations ...body) {
			t.Helper()
			status, _, said := d.send(mutations...)
			if status != http.StatusConflict || !strings.Contains(said, `"code":"FORKED"`) {
				t.Errorf("%s is answered %d %s", name, status, said)
			}
		}
		other := body{}
		for name, v := range batch[1] {
			other[name] = v
		}
		other["key"] = newID()
		forked("another key", other)
		other["key"], other["fields"] = batch[1]["key"], body{"email": "other@example.com"}
		forked("the same key with other content", other)
		other["fields"], other["id"] = batch[1]["fields"], newID()
		forked("the same key of another row", other)
		other["id"], other["mine"], other["base"] = batch[1]["id"], []int{3}, 7
		d.push(other) // what it is based on may be known better by now
		other["fields"] = body{}
		d.push(other) // and what it said have been erased there
		if after := h.state(); after != before {
			t.Errorf("from %s to %s", before, after)
		}

		// What is before it stays.
		fresh := d.next("create", "list", newID(), body{"fields": body{"name": "fresh"}})
		other["key"], other["fields"] = newID(), batch[1]["fields"]
		forked("something new, and then another key", fresh, other)
		h.holds("4", `SELECT last_mutation FROM replicas WHERE given_id = ?`, d.replica)

		// A number that is forgotten.
		if _, err := h.Push.Forget(t.Context(), instant.Now().Add(push.LongestKept)); err != nil {
			t.Fatal(err)
		}
		forked("what is forgotten", batch[0])
		h.holds("4", `SELECT last_mutation FROM replicas WHERE given_id = ?`, d.replica)
	})
}

// TestReborn pushes what one replica pushed under other ids: after FORKED, or from a copy of its files.
func TestReborn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		batch := d.contacts(4)
		first := d.push(batch...)
		before := h.state()
		reborn := *d
		reborn.replica = uuid.New()
		for range 2 { // and its own retry
			for i, r := range reborn.push(batch...) {
				want, _ := json.Marshal(first[i])
				if got, _ := json.Marshal(r); string(got) != string(want) {
					t.Errorf("answered %s, not %s", got, want)
				}
			}
		}
		if after := h.state(); after != before {
			t.Errorf("from %s to %s by another replica", before, after)
		}
		d.push(batch...) // the first one may still ask
		changed := body{}
		for name, v := range batch[0] {
			changed[name] = v
		}
		changed["number"], changed["id"], changed["fields"] = 5, newID(), body{"email": "later@example.com"}
		reborn.expect(reborn.push(changed)[0], applied(1)) // the same key, by mistake: nothing that was written is dropped

		erased := body{}
		for name, v := range batch[1] {
			erased[name] = v
		}
		erased["number"], erased["fields"] = 6, body{}
		again := reborn.push(erased)[0]
		if again.Number = 2; again.State != first[1].State || again.Version != first[1].Version {
			t.Errorf("answered %+v, not %+v", again, first[1])
		}

		// To somebody else the ids of the replica and of the mutations mean nothing.
		other := h.desktop("carl")
		other.replica = d.replica
		other.expect(other.push(batch[0])[0], refused("BAD_USER_INPUT", "id"))
		h.holds("2", `SELECT count(*) FROM replicas WHERE given_id = ?`, d.replica)
	})
}

// TestConcurrent pushes the same mutations many times at once: as one replica, and as copies of it.
func TestConcurrent(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		batch := d.contacts(12)
		results := make(chan string, 12)
		var g sync.WaitGroup
		for i := range cap(results) {
			copied := *d
			if i%3 == 0 {
				copied.replica = uuid.New()
			}
			g.Go(func() {
				_, a, _ := copied.send(batch...)
				text, _ := json.Marshal(a)
				results <- string(text)
			})
		}
		g.Wait()
		close(results)
		want := <-results
		for got := range results {
			if got != want {
				t.Errorf("answered %s and %s", got, want)
			}
		}
		h.holds("8", `SELECT count(*) FROM contacts WHERE email LIKE '%-%@example.com'`)
		h.holds("12", `SELECT count(*) FROM applied_mutations WHERE NOT again`)
	})
}

// TestLastMutation asks with a pull how far a replica has come.
func TestLastMutation(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		ask := func(d *desktop, replica any) any {
			return d.Must(t, `query($r: ID) { changes(replica: $r) { lastMutation } }`, map[string]any{"r": replica}).At("changes.lastMutation")
		}
		is := func(want string, got any) {
			t.Helper()
			if fmt.Sprint(got) != want {
				t.Errorf("is %v, not %s", got, want)
			}
		}
		is("<nil>", ask(d, nil))
		is("0", ask(d, d.replica))
		d.push(d.contacts(3)...)
		is("3", ask(d, d.replica))
		is("0", ask(h.desktop("carl"), d.replica)) // of somebody else it says nothing
		if a := d.Ask(t, `{ changes(replica: "x") { lastMutation } }`, nil); len(a.Errors) == 0 || a.Errors[0].Code() != "BAD_USER_INPUT" {
			t.Errorf("answered %s", a)
		}
	})
}

// TestForget holds that what a replica may still ask about is remembered.
func TestForget(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		batch := d.contacts(6)
		d.push(batch...)
		text, _ := json.Marshal(body{"replica": d.replica, "acknowledged": 4, "mutations": []body{}})
		d.post(text)
		for _, step := range []struct {
			after instant.Instant
			left  string
		}{
			{instant.Now().Add(push.Kept - 1e9), "6"},
			{instant.Now().Add(push.Kept + 1e9), "2"},
			{instant.Now().Add(push.LongestKept - 1e9), "2"},
			{instant.Now().Add(push.LongestKept + 1e9), "0"},
		} {
			if _, err := h.Push.Forget(t.Context(), step.after); err != nil {
				t.Fatal(err)
			}
			h.holds(step.left, `SELECT count(*) FROM applied_mutations`)
		}
		h.holds("6", `SELECT last_mutation FROM replicas`)
		text, _ = json.Marshal(body{"replica": d.replica, "acknowledged": 900, "mutations": []body{}})
		d.post(text) // by a desktop that knows of more, from before a restore
		h.holds("6", `SELECT acknowledged FROM replicas`)
	})
}
