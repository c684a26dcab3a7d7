package push_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/push"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// midway pushes a batch and does something to its person as soon as the first mutation is settled. It returns the
// answer.
func (d *desktop) midway(batch []body, interfere func()) (status int, a push.Answer, said string) {
	d.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		status, a, said = d.send(batch...)
	}()
	for d.value(`SELECT last_mutation FROM replicas WHERE given_id = ? AND last_mutation > 0`, d.replica) == "-" {
		select {
		case <-done:
			d.Fatalf("answered %d %s", status, said)
		default:
		}
	}
	interfere()
	<-done
	return status, a, said
}

// TestRightLost takes away what a batch needs while it is on its way.
func TestRightLost(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		adds := func(d *desktop) (batch []body) {
			for i := range push.MostMutations {
				batch = append(batch, d.next("create", "contact", newID(), body{"item": h.plain("customers"), "fields": body{"email": fmt.Sprintf("%d-%s@example.com", i, d.replica)}}))
			}
			return batch
		}
		settled := func(d *desktop, a push.Answer, want push.Result) {
			t.Helper()
			n := slices.IndexFunc(a.Results, func(r push.Result) bool { return r.State != push.Applied })
			if n < 1 {
				t.Fatalf("after %d of %d mutations nothing has changed", n, len(a.Results))
			}
			for _, r := range a.Results[n:] {
				d.expect(r, want)
			}
			h.holds(fmt.Sprint(n), `SELECT count(*) FROM contacts WHERE email LIKE ?`, "%-"+d.replica.String()+"@example.com")
		}
		d := h.desktop("nora")
		_, a, _ := d.midway(adds(d), func() { h.world.Set("access nora view customers") })
		settled(d, a, refused("FORBIDDEN", ""))
		h.world.Set("access nora edit customers")
		d = h.desktop("nora")
		_, a, _ = d.midway(adds(d), func() { h.world.Set("access nora none customers") })
		settled(d, a, refused("NOT_FOUND", ""))

		t.Log("a role counts as it is now")
		d = h.desktop("carl")
		var batch []body
		for range push.MostMutations {
			batch = append(batch, d.next("create", "campaign", newID(), body{"fields": body{"name": "by carl"}}))
		}
		_, a, _ = d.midway(batch, func() { h.world.Set("then carl becomes member") })
		n := slices.IndexFunc(a.Results, func(r push.Result) bool { return r.State == push.Refused })
		if n < 1 {
			t.Fatalf("after %d of %d mutations nothing has changed", n, len(a.Results))
		}
		d.expect(a.Results[n], refused("FORBIDDEN", ""))
		h.holds(fmt.Sprint(n), `SELECT count(*) FROM items WHERE name = 'by carl'`)

		t.Log("who is no longer there is told so, and what was settled stays")
		d = h.desktop("mara")
		status, _, said := d.midway(adds(d), func() { h.world.Set("then mara is deactivated") })
		last := h.value(`SELECT last_mutation FROM replicas WHERE given_id = ?`, d.replica)
		if status != http.StatusUnauthorized || !strings.Contains(said, `"code":"UNAUTHENTICATED"`) {
			t.Errorf("answered %d %s after %s", status, said, last)
		}
		h.holds(last, `SELECT count(*) FROM contacts WHERE email LIKE ?`, "%-"+d.replica.String()+"@example.com")
	})
}

// TestForbidden has what a person sees and may not change.
func TestForbidden(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, line := range []string{"access nora view customers", "access nora view unwanted", "access nora view spring", "access nora view letter"} {
			h.world.Set(line)
		}
		h.world.Set("then olga shows members all leads")
		d := h.desktop("nora")
		no := refused("FORBIDDEN", "")
		for kind, name := range map[string]string{"list": "customers", "blacklist": "unwanted", "campaign": "spring", "template": "letter"} {
			d.expect(d.do("change", kind, h.plain(name), body{"base": 1, "fields": body{"name": "x"}}), no)
			d.expect(d.do("change", kind, h.plain(name), body{"base": 1, "fields": body{"archived": true}}), no)
			d.expect(d.do("delete", kind, h.plain(name), body{"base": 1}), no)
		}
		d.expect(d.do("create", "campaign", newID(), body{"fields": body{"name": "x"}}), no)
		list, blacklist, spring := h.plain("customers"), h.plain("unwanted"), h.plain("spring")
		d.expect(d.do("create", "contact", newID(), body{"item": list, "fields": body{"email": "x@example.com"}}), no)
		d.expect(d.do("change", "contact", h.row("customers"), body{"item": list, "base": 1, "fields": body{"city": "x"}}), no)
		d.expect(d.do("delete", "contact", h.row("customers"), body{"item": list, "base": 1}), no)
		d.expect(d.do("create", "entry", newID(), body{"item": blacklist, "fields": body{"value": "x@example.com"}}), no)
		d.expect(d.do("change", "entry", h.row("unwanted"), body{"item": blacklist, "base": 1, "fields": body{"note": "x"}}), no)
		d.expect(d.do("delete", "entry", h.row("unwanted"), body{"item": blacklist, "base": 1}), no)
		d.expect(d.do("change", "lead", bare(h.world.Item("ada").ID), body{"item": spring, "base": 1, "fields": body{"notes": "x"}}), no)
		d.expect(d.do("delete", "lead", bare(h.world.Item("ada").ID), body{"item": spring, "base": 1}), no)
		h.holds("0", `SELECT count(*) FROM items WHERE version > 1 OR deleted_at > 0`)
	})
}

// TestForbiddenAddressing has a member who may change a campaign, and not who it is from and who it goes to. Together with
// what she may change it is refused whole, so that nothing of her edit is lost.
func TestForbiddenAddressing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, spring := h.desktop("nora"), h.plain("spring")
		for _, fields := range []body{
			{"sender_name": "N"}, {"sender_email": "n@example.com"}, {"reply_to": "n@example.com"},
			{"lists": []string{}}, {"blacklists": []string{}},
		} {
			fields["subject"] = "S"
			d.expect(d.do("change", "campaign", spring, body{"base": 1, "fields": fields}), refused("FORBIDDEN", ""))
		}
		h.holds("0", `SELECT count(*) FROM campaigns WHERE subject = 'S'`)
		d.expect(d.do("change", "campaign", spring, body{"base": 1, "fields": body{"subject": "S", "sender_name": ""}}), applied(2))
	})
}

// TestLeak pushes against every id that a person does not see, in every place where an id can stand, and compares the
// answer byte for byte with that to an id that never was.
func TestLeak(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		before := h.everything()
		for _, person := range []string{"nora", "zoe"} {
			d := h.desktop(person)
			hidden := 0
			for _, it := range h.world.Items {
				for _, global := range []string{it.ID, it.Row} {
					if global == "" || h.sees(d, global) {
						continue
					}
					hidden++
					for _, m := range probes(it, h) {
						d.twin(bare(global), m)
					}
				}
			}
			if hidden < 5 {
				t.Errorf("only %d ids are hidden from %s", hidden, person)
			}
		}
		if after := h.everything(); after != before {
			t.Errorf("probes have changed something: from %s to %s", before, after)
		}
	})
}

// TestLeakTaken holds that an id that is taken is answered alike whoever has it.
func TestLeakTaken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		own := newID()
		h.desktop("nora").do("create", "list", own, body{"fields": body{"name": "own"}})
		contact := newID()
		h.desktop("nora").do("create", "contact", contact, body{"item": own, "fields": body{"email": "a@example.com"}})
		for _, place := range []struct {
			kind, item string
			fields     body
			ids        []string
		}{
			{"list", "", body{"name": "x"}, []string{own, h.plain("customers"), h.plain("secrets"), h.plain("elsewhere"), h.plain("letter")}},
			{"contact", own, body{"email": "b@example.com"}, []string{contact, h.row("customers"), h.row("secrets"), h.row("elsewhere")}},
		} {
			answers := map[string]bool{}
			for _, id := range place.ids {
				more := body{"fields": place.fields}
				if place.item != "" {
					more["item"] = place.item
				}
				d := h.desktop("nora")
				_, _, said := d.send(d.next("create", place.kind, id, more))
				answers[said] = true
			}
			if len(answers) != 1 || !strings.Contains(slices.Collect(maps.Keys(answers))[0], "BAD_USER_INPUT") {
				t.Errorf("a %s whose id is taken is answered %v", place.kind, answers)
			}
		}
	})
}

func (h *house) sees(d *desktop, id string) bool {
	return d.Ask(h, `query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id}).Text("node.id") == id
}

// everything is all that probes must not change.
func (h *house) everything() string {
	var all []string
	for _, table := range []string{"items", "contacts", "blacklist_entries", "leads"} {
		all = append(all, h.value(`SELECT count(*) || '/' || sum(version) || '/' || max(changed_at) FROM `+table))
	}
	return strings.Join(all, " ")
}

// probes are mutations with "ID" in one place where an id can stand. They are nothing but for that id.
func probes(it *scenario.Item, h *house) (all []body) {
	owner := h.plain("customers")
	for _, kind := range []string{"campaign", "template", "list", "blacklist"} {
		all = append(all,
			body{"op": "change", "kind": kind, "id": "ID", "base": 1, "fields": body{"name": "x"}},
			body{"op": "change", "kind": kind, "id": "ID", "base": 1, "fields": body{"archived": true}},
			body{"op": "change", "kind": kind, "id": "ID", "base": 1, "fields": body{}},
			body{"op": "change", "kind": kind, "id": "ID", "base": 1, "fields": body{"name": ""}},
			body{"op": "delete", "kind": kind, "id": "ID", "base": 1},
			body{"op": "delete", "kind": kind, "id": "ID", "base": 99},
		)
	}
	for kind, fields := range map[string]body{
		"contact": {"email": "leak@example.com"}, "entry": {"value": "leak@example.com"}, "lead": {"notes": "x"},
	} {
		for _, op := range []string{"create", "change", "delete"} {
			if op == "create" && kind == "lead" {
				continue
			}
			given := fields
			switch {
			case op == "delete":
				given = body{}
			case op == "change" && kind == "entry":
				given = body{"note": "x"}
			}
			// The rows that are made have one id, and that is free: what is asked about is their item.
			all = append(all, body{"op": op, "kind": kind, "id": "01900000-0000-7000-8000-00000000beef", "item": "ID", "base": 1, "fields": given})
			if op != "create" {
				all = append(all, body{"op": op, "kind": kind, "id": "ID", "item": owner, "base": 1, "fields": given})
				if it.Row != "" {
					all = append(all, body{"op": op, "kind": kind, "id": "ID", "item": bare(it.ID), "base": 1, "fields": given})
				}
			}
		}
	}
	for _, field := range []string{"lists", "blacklists"} {
		all = append(all,
			body{"op": "create", "kind": "campaign", "id": "01900000-0000-7000-8000-00000000beef", "fields": body{"name": "x", field: []string{"ID"}}},
			body{"op": "change", "kind": "campaign", "id": h.plain("spring"), "base": 1, "fields": body{field: []string{"ID"}}},
		)
	}
	return all
}

// twin pushes a mutation once with the target and once with an id that never was, each as the first of a replica.
func (d *desktop) twin(target string, m body) {
	d.Helper()
	text, _ := json.Marshal(m)
	ask := func(id string) string {
		content := body{}
		_ = json.Unmarshal([]byte(strings.ReplaceAll(string(text), "ID", id)), &content)
		content["number"], content["key"] = 1, newID()
		fresh := *d
		fresh.replica = uuid.New()
		_, _, said := fresh.send(content)
		return said
	}
	real, never := ask(target), ask("01900000-0000-7000-8000-00000000abcd")
	if real != never {
		d.Errorf("told apart by %s:\n%s%s", text, real, never)
	}
	if !strings.Contains(real, `"refused"`) {
		d.Errorf("%s of %s is answered %s", text, target, real)
	}
}
