package push_test

import (
	"testing"

	"github.com/partage-mail/partage/server/merge"
)

// TestSeen has versions of another life of the server: what a mutation says of values counts for every kind of row.
func TestSeen(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, b := h.desktop("olga"), h.desktop("carl")
		campaign, list := h.plain("spring"), h.plain("customers")
		saw := func(fields ...string) body {
			seen := body{"changed_at": 1700000000000000}
			for i := 0; i < len(fields); i += 2 {
				seen[fields[i]] = merge.Digest(fields[i+1])
			}
			return seen
		}
		for _, c := range []struct {
			kind, id, item string
			fields         body
			seen, stale    body
			conflicts      []string
		}{
			{"campaign", campaign, "", body{"sender_name": "B", "preheader": "B", "lists": []string{}}, saw("sender_name", "A", "preheader", "", "lists", list),
				saw("sender_name", "old", "preheader", "", "lists", ""), []string{"lists", "sender_name"}},
			{"contact", h.row("customers"), list, body{"first_name": "B", "city": "B", "fields": body{"x": "B"}}, saw("first_name", "A", "city", "", "fields.x", "A"),
				saw("first_name", "old", "city", "", "fields.x", "old"), []string{"fields.x", "first_name"}},
			{"entry", h.row("unwanted"), h.plain("unwanted"), body{"note": "B"}, saw("note", "A"), saw("note", "old"), []string{"note"}},
			{"lead", bare(h.world.Item("ada").ID), campaign, body{"notes": "B", "state": "won"}, saw("notes", "A", "state", "new"),
				saw("notes", "old", "state", "new"), []string{"notes"}},
		} {
			say := func(base int, seen, fields body) body {
				m := body{"base": base, "seen": seen, "fields": fields}
				if c.item != "" {
					m["item"] = c.item
				}
				return m
			}
			first := map[string]body{
				"campaign": {"sender_name": "A"}, "contact": {"first_name": "A", "fields": body{"x": "A"}}, "entry": {"note": "A"}, "lead": {"notes": "A"},
			}[c.kind]
			a.expect(a.do("change", c.kind, c.id, say(1, nil, first)), applied(2))
			version := int64(3)
			if c.kind == "entry" {
				version = 0 // nothing else is in it
			}
			b.expect(b.do("change", c.kind, c.id, say(2, c.stale, c.fields)), merged(version, c.conflicts...))
			b.expect(b.do("change", c.kind, c.id, say(9, c.stale, c.fields)), merged(0, c.conflicts...))
			b.expect(b.do("change", c.kind, c.id, say(9, c.seen, c.fields)), applied(max(version, 2)+1))
		}

		t.Log("neither is what was changed since deleted")
		entry := body{"item": h.plain("unwanted"), "base": 9, "seen": saw()}
		b.expect(b.do("delete", "entry", h.row("unwanted"), entry), refused("ONLINE_ONLY", ""))
		b.expect(b.do("delete", "campaign", campaign, body{"base": 9, "seen": saw()}), refused("CHANGED", ""))
		b.expect(b.do("delete", "campaign", campaign, body{"base": 9, "seen": body{"changed_at": 1 << 52}}), applied(0))

		t.Log("what cannot be read is refused; what was seen is no part of what a mutation says")
		for _, bad := range []any{"x", body{"changed_at": "x"}, body{"city": 1}} {
			b.expect(b.do("change", "contact", h.row("customers"), body{"item": list, "base": 1, "seen": bad, "fields": body{"city": "C"}}), refused("BAD_USER_INPUT", "seen"))
		}
		m := b.next("change", "contact", h.row("customers"), body{"item": list, "base": 4, "seen": saw("city", "B"), "fields": body{"city": "C"}})
		b.expect(b.push(m)[0], applied(5))
		delete(m, "seen")
		b.expect(b.push(m)[0], applied(5))
	})
}
