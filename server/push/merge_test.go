package push_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/push"
)

// TestConflicts has two desktops change the same things.
func TestConflicts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, b := h.desktop("olga"), h.desktop("carl")
		campaign, list := h.plain("spring"), h.plain("customers")
		change := func(d *desktop, kind, id string, base int, fields body, more body) push.Result {
			m := body{"base": base, "fields": fields}
			for name, v := range more {
				m[name] = v
			}
			return d.do("change", kind, id, m)
		}
		t.Log("different fields merge, the same field stays as it is, equal values are no conflict")
		a.expect(change(a, "campaign", campaign, 1, body{"subject": "A", "sender_name": "A", "reply_to": "a@example.com"}, nil), applied(2))
		b.expect(change(b, "campaign", campaign, 1, body{"subject": "B", "sender_name": "A", "preheader": "B", "reply_to": "b@example.com"}, nil),
			merged(3, "reply_to", "subject"))
		h.holds("A A B a@example.com", `SELECT subject || ' ' || sender_name || ' ' || preheader || ' ' || reply_to FROM campaigns WHERE id = ?`, campaign)
		b.expect(change(b, "campaign", campaign, 1, body{"subject": "B"}, nil), merged(0, "subject"))

		t.Log("what the replica itself did is no conflict, what others did in between is")
		a.expect(change(a, "campaign", campaign, 1, body{"subject": "A2"}, body{"mine": []int{2}}), applied(4))
		a.expect(change(a, "campaign", campaign, 1, body{"subject": "A3", "preheader": "A3"}, body{"mine": []int{2, 4}}), merged(5, "preheader"))
		h.holds("A3 B", `SELECT subject || ' ' || preheader FROM campaigns WHERE id = ?`, campaign)

		t.Log("a base that the server does not know any more is its newest")
		a.expect(change(a, "campaign", campaign, 99, body{"subject": "A4"}, nil), applied(6))

		t.Log("a body and its format stand or fall together")
		a.expect(change(a, "campaign", campaign, 6, body{"format": "mjml"}, nil), applied(7))
		b.expect(change(b, "campaign", campaign, 6, body{"body": "<p>B</p>", "sender_name": "B"}, nil), merged(8, "body"))
		a.expect(change(a, "campaign", campaign, 6, body{"body": "<mjml></mjml>"}, body{"mine": []int{7}}), applied(9))
		b.expect(change(b, "campaign", campaign, 8, body{"format": "html", "body": "<p>B</p>"}, nil), merged(0, "body", "format"))
		h.holds("mjml <mjml></mjml>", `SELECT format || ' ' || body FROM campaigns WHERE id = ?`, campaign)

		t.Log("sets are one field")
		a.expect(change(a, "campaign", campaign, 9, body{"lists": []string{}}, nil), applied(10))
		b.expect(change(b, "campaign", campaign, 9, body{"lists": []string{list}, "blacklists": []string{}}, nil), merged(11, "lists"))
		b.expect(change(b, "campaign", campaign, 9, body{"lists": []string{list}, "blacklists": []string{}}, nil), merged(0, "lists"))

		t.Log("rows merge likewise")
		contact := h.row("customers")
		in := body{"item": list}
		a.expect(change(a, "contact", contact, 1, body{"city": "A", "fields": body{"x": "A", "y": "A"}}, in), applied(2))
		b.expect(change(b, "contact", contact, 1, body{"city": "B", "first_name": "B", "fields": body{"x": "B", "y": "A", "z": "B"}}, in), merged(3, "city", "fields.x"))
		h.holds(`A B {"x":"A","y":"A","z":"B"}`, `SELECT city || ' ' || first_name || ' ' || fields FROM contacts WHERE id = ?`, contact)
		a.expect(change(a, "contact", contact, 1, body{"city": "A2"}, body{"item": list, "mine": []int{2}}), applied(4))
		entry := h.row("unwanted")
		on := body{"item": h.plain("unwanted")}
		a.expect(change(a, "entry", entry, 1, body{"note": "A"}, on), applied(2))
		b.expect(change(b, "entry", entry, 1, body{"note": "B", "reason": "bounced"}, on), merged(3, "note"))
		lead := bare(h.world.Item("ada").ID)
		of := body{"item": campaign}
		a.expect(change(a, "lead", lead, 1, body{"notes": "A"}, of), applied(2))
		b.expect(change(b, "lead", lead, 1, body{"notes": "B", "state": "lost"}, of), merged(3, "notes"))
		a.expect(change(a, "lead", lead, 1, body{"notes": "A2"}, body{"item": campaign, "mine": []int{2}}), applied(4))

		t.Log("an item that others have changed is not deleted, a contact is")
		b.expect(b.do("delete", "campaign", campaign, body{"base": 10}), refused("CHANGED", ""))
		b.expect(b.do("delete", "campaign", campaign, body{"base": 10, "mine": []int{12}}), refused("CHANGED", ""))
		b.expect(b.do("delete", "campaign", campaign, body{"base": 10, "mine": []int{11}}), applied(0))
		a.expect(change(a, "campaign", campaign, 11, body{"subject": "A5"}, nil), refused("NOT_FOUND", ""))
		b.expect(b.do("delete", "contact", contact, body{"item": list, "base": 1}), applied(0))
		a.expect(change(a, "contact", contact, 4, body{"city": "A3"}, in), refused("NOT_FOUND", ""))
		a.expect(a.do("delete", "contact", contact, body{"item": list, "base": 4}), refused("NOT_FOUND", ""))
		a.expect(a.do("create", "contact", contact, body{"item": list, "fields": body{"email": "new@example.com"}}), refused("BAD_USER_INPUT", "id"))
	})
}

// TestInto adds what is there already.
func TestInto(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, list, blacklist := h.desktop("olga"), h.plain("customers"), h.plain("unwanted")
		into := func(id string, r push.Result) push.Result {
			row := uuid.MustParse(id)
			r.State, r.Into = push.Merged, &row
			return r
		}
		add := func(fields body) push.Result {
			return d.do("create", "contact", newID(), body{"item": list, "fields": fields})
		}
		anna := newID()
		d.do("create", "contact", anna, body{"item": list, "fields": body{"email": "Anna@Example.com", "city": "Lyon", "fields": body{"x": "1"}}})
		d.expect(add(body{"email": "anna@example.com"}), into(anna, applied(0)))
		d.expect(add(body{"email": "anna@example.com", "city": "Lyon", "state": "subscribed", "company": ""}), into(anna, applied(0)))
		d.expect(add(body{"email": "ANNA@example.com", "city": "Nice", "first_name": "Anna", "fields": body{"x": "2", "y": "2"}}),
			into(anna, merged(2, "city", "fields.x")))
		d.expect(add(body{"email": "anna@example.com", "state": "bounced"}), into(anna, applied(3)))
		d.expect(add(body{"email": "anna@example.com", "state": "subscribed"}), into(anna, merged(0, "state")))
		d.expect(add(body{"email": "anna@example.com", "state": "unsubscribed", "last_name": "L"}), into(anna, merged(4, "state")))
		h.holds(`Anna@Example.com Lyon Anna L {"x":"1","y":"2"} bounced`,
			`SELECT email || ' ' || city || ' ' || first_name || ' ' || last_name || ' ' || fields || ' ' || state FROM contacts WHERE id = ?`, anna)
		h.holds("2", `SELECT rows_count FROM items WHERE id = ?`, list)

		put := func(fields body) push.Result {
			return d.do("create", "entry", newID(), body{"item": blacklist, "fields": fields})
		}
		spam := newID()
		d.do("create", "entry", spam, body{"item": blacklist, "fields": body{"value": "Spam.example"}})
		d.expect(put(body{"value": "@spam.example", "reason": "manual"}), into(spam, applied(0)))
		d.expect(put(body{"value": "spam.example", "reason": "complaint", "note": "a"}), into(spam, applied(2)))
		d.expect(put(body{"value": "spam.example", "reason": "manual", "note": ""}), into(spam, applied(0)))
		d.expect(put(body{"value": "spam.example", "reason": "bounced", "note": "b"}), into(spam, merged(0, "note", "reason")))
		h.holds("complaint a", `SELECT reason || ' ' || note FROM blacklist_entries WHERE id = ?`, spam)
	})
}

// TestOnlineOnly has each write that would let somebody be mailed.
func TestOnlineOnly(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, list, blacklist := h.desktop("olga"), h.plain("customers"), h.plain("unwanted")
		no := refused("ONLINE_ONLY", "")
		at := func(field string) push.Result { return refused("ONLINE_ONLY", field) }
		gone := d.contact(list, "gone@example.com", "unsubscribed")
		d.expect(d.do("change", "contact", gone, body{"item": list, "base": 1, "fields": body{"city": "x", "state": "subscribed"}}), at("state"))
		d.expect(d.do("change", "contact", gone, body{"item": list, "base": 1, "fields": body{"email": "other@example.com"}}), at("email"))
		d.expect(d.do("delete", "contact", gone, body{"item": list, "base": 1}), no)
		d.expect(d.do("change", "contact", gone, body{"item": list, "base": 1, "fields": body{"email": "Gone@example.com", "state": "complained"}}), applied(2))
		h.holds("Gone@example.com complained", `SELECT email || ' ' || state FROM contacts WHERE id = ?`, gone)

		t.Log("who leaves and moves at once leaves")
		moves := d.contact(list, "moves@example.com", "subscribed")
		d.expect(d.do("change", "contact", moves, body{"item": list, "base": 1, "fields": body{"email": "moved@example.com", "state": "bounced", "city": "x"}}), merged(2, "email"))
		h.holds("moves@example.com bounced x", `SELECT email || ' ' || state || ' ' || city FROM contacts WHERE id = ?`, moves)

		t.Log("entries are there for a reason")
		entry := func(value, reason string) string {
			id := newID()
			d.do("create", "entry", id, body{"item": blacklist, "fields": body{"value": value, "reason": reason}})
			return id
		}
		bounced, manual := entry("a.example", "bounced"), entry("b.example", "manual")
		d.expect(d.do("delete", "entry", bounced, body{"item": blacklist, "base": 1}), no)
		d.expect(d.do("change", "entry", bounced, body{"item": blacklist, "base": 1, "fields": body{"reason": "manual", "note": "x"}}), at("reason"))
		d.expect(d.do("delete", "blacklist", blacklist, body{"base": 1}), no)
		other := h.desktop("carl")
		other.do("change", "entry", manual, body{"item": blacklist, "base": 1, "fields": body{"note": "keep"}})
		d.expect(d.do("delete", "entry", manual, body{"item": blacklist, "base": 1}), no)
		d.expect(d.do("delete", "entry", manual, body{"item": blacklist, "base": 1, "mine": []int{2}}), applied(0))
		d.expect(d.do("delete", "blacklist", h.plain("hidden"), body{"base": 1}), applied(0)) // whose entries somebody put there
	})
}
