package push_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/push"
)

// TestKinds makes, changes and deletes one of each kind.
func TestKinds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		list, blacklist, campaign, template := newID(), newID(), newID(), newID()
		contact, entry := newID(), newID()

		// All in one request: what comes later names what came before.
		for _, r := range d.push(
			d.next("create", "list", list, body{"fields": body{"name": "Été 🙂", "description": "two\nlines"}}),
			d.next("create", "blacklist", blacklist, body{"fields": body{"name": "No", "audience": "restricted"}}),
			d.next("create", "template", template, body{"fields": body{"name": "T", "format": "mjml", "body": "<mjml></mjml>", "archived": true}}),
			d.next("create", "campaign", campaign, body{"fields": body{
				"name": "C", "subject": "S", "preheader": "P", "format": "html", "body": "<p>é</p>\r\n", "sender_name": "N",
				"sender_email": "n@example.com", "reply_to": "r@example.com", "lists": []string{list}, "blacklists": []string{blacklist},
			}}),
			d.next("create", "contact", contact, body{"item": list, "fields": body{
				"email": "Anna@Example.com", "first_name": "Anna 🙂", "last_name": "L", "company": "Co", "city": "Ci",
				"fields": body{"country": "FR"}, "state": "subscribed",
			}}),
			d.next("create", "entry", entry, body{"item": blacklist, "fields": body{"value": "Spam.example", "kind": "domain", "reason": "manual", "note": "x"}}),
		) {
			d.expect(r, applied(1))
		}
		h.holds("Été 🙂 everyone 0", `SELECT name || ' ' || audience || ' ' || archived_at FROM items WHERE id = ?`, list)
		h.holds("two\nlines", `SELECT description FROM contact_lists WHERE id = ?`, list)
		h.holds("restricted", `SELECT audience FROM items WHERE id = ?`, blacklist)
		h.holds("1", `SELECT count(*) FROM items WHERE id = ? AND archived_at > 0`, template)
		h.holds("S P html <p>é</p>\r\n N n@example.com r@example.com",
			`SELECT subject || ' ' || preheader || ' ' || format || ' ' || body || ' ' || sender_name || ' ' || sender_email || ' ' || reply_to FROM campaigns WHERE id = ?`, campaign)
		h.holds(list, `SELECT CAST(contact_list_id AS text) FROM campaign_lists WHERE campaign_id = ?`, campaign)
		h.holds(blacklist, `SELECT CAST(blacklist_id AS text) FROM campaign_blacklists WHERE campaign_id = ?`, campaign)
		h.holds(`Anna@Example.com Anna 🙂 L Co Ci {"country":"FR"} subscribed`,
			`SELECT email || ' ' || first_name || ' ' || last_name || ' ' || company || ' ' || city || ' ' || fields || ' ' || state FROM contacts WHERE id = ?`, contact)
		h.holds("Spam.example domain manual x", `SELECT value || ' ' || kind || ' ' || reason || ' ' || note FROM blacklist_entries WHERE id = ?`, entry)

		lead := bare(h.world.Item("ada").ID)
		change := func(kind, id, item string, fields body) push.Result {
			more := body{"base": 1, "fields": fields}
			if item != "" {
				more["item"] = item
			}
			return d.do("change", kind, id, more)
		}
		d.expect(change("list", list, "", body{"name": "Winter"}), applied(2))
		d.expect(change("blacklist", blacklist, "", body{"description": "D"}), applied(2))
		d.expect(change("template", template, "", body{"archived": false}), applied(0))
		d.expect(change("campaign", campaign, "", body{"lists": []string{}, "name": "C2", "archived": true}), applied(2))
		d.expect(change("campaign", campaign, "", body{}), applied(0))
		d.expect(change("contact", contact, list, body{"fields": body{"country": "", "color": "red"}, "state": "unsubscribed"}), applied(2))
		d.expect(change("entry", entry, blacklist, body{"reason": "bounced"}), applied(2))
		d.expect(change("lead", lead, h.plain("spring"), body{"state": "won", "notes": "called\nback", "phone": "1"}), applied(2))
		h.holds("Winter", `SELECT name FROM items WHERE id = ?`, list)
		h.holds("0", `SELECT archived_at FROM items WHERE id = ?`, template)
		h.holds("-", `SELECT contact_list_id FROM campaign_lists WHERE campaign_id = ?`, campaign)
		h.holds(`{"color":"red"} unsubscribed`, `SELECT fields || ' ' || state FROM contacts WHERE id = ?`, contact)
		h.holds("bounced", `SELECT reason FROM blacklist_entries WHERE id = ?`, entry)
		h.holds("won called\nback 1", `SELECT state || ' ' || notes || ' ' || phone FROM leads WHERE id = ?`, lead)

		other, manual := d.contact(list, "bob@example.com", "subscribed"), newID()
		d.do("create", "entry", manual, body{"item": blacklist, "fields": body{"value": "x@example.com"}})
		gone := applied(0)
		d.expect(d.do("delete", "contact", other, body{"item": list, "base": 1, "fields": body{}, "mine": nil}), gone)
		d.expect(d.do("delete", "entry", manual, body{"item": blacklist, "base": 1}), gone)
		d.expect(d.do("delete", "lead", lead, body{"item": h.plain("spring"), "base": 1}), gone)
		d.expect(d.do("delete", "template", template, body{"base": 1}), gone)
		d.expect(d.do("delete", "campaign", campaign, body{"base": 2}), gone)
		d.expect(d.do("delete", "list", list, body{"base": 2}), gone)
		h.holds("0", `SELECT count(*) FROM contacts WHERE id = ?`, other)
		h.holds("3", `SELECT count(*) FROM items WHERE deleted_at > 0 AND kind IN ('campaign', 'contact_list', 'template')`)
		h.holds("4", `SELECT count(*) FROM audit_events WHERE verb IN ('item_deleted', 'leads_deleted')`)
	})
}

// TestRefusals has each refusal that the content of a mutation can meet.
func TestRefusals(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		customers, contact, spring := h.plain("customers"), h.row("customers"), h.plain("spring")
		unwanted, entry, lead := h.plain("unwanted"), h.row("unwanted"), bare(h.world.Item("ada").ID)
		list := func(fields body) body { return body{"fields": fields} }
		of := func(item string, base int, fields body) body {
			return body{"item": item, "base": base, "fields": fields}
		}
		long := strings.Repeat("x", 2<<20)
		for _, c := range []struct {
			name, op, kind, id string
			more               body
			code, field        string
		}{
			{"an operation", "merge", "list", newID(), nil, "BAD_USER_INPUT", "op"},
			{"a kind", "create", "invoice", newID(), nil, "BAD_USER_INPUT", "kind"},
			{"a member", "create", "list", newID(), body{"force": true}, "BAD_USER_INPUT", "force"},
			{"a long member", "create", "list", newID(), body{long: true}, "BAD_USER_INPUT", strings.Repeat("x", 60) + "…"},
			{"an id that is none", "create", "list", "x", nil, "BAD_USER_INPUT", "id"},
			{"an id in capitals", "create", "list", strings.ToUpper(newID()), nil, "BAD_USER_INPUT", "id"},
			{"an id of another version", "create", "list", "6ba7b810-9dad-41d1-80b4-00c04fd430c8", list(body{"name": "x"}), "BAD_USER_INPUT", "id"},
			{"no id", "delete", "list", "00000000-0000-0000-0000-000000000000", nil, "BAD_USER_INPUT", "id"},
			{"a base that is negative", "change", "list", customers, body{"base": -1}, "BAD_USER_INPUT", "base"},
			{"a base that is no whole number", "change", "list", customers, body{"base": 1.5}, "BAD_USER_INPUT", "base"},
			{"no base", "change", "list", customers, list(body{"name": "x"}), "BAD_USER_INPUT", "base"},
			{"too many own versions", "change", "list", customers, body{"base": 1, "mine": make([]int, 10_001)}, "BAD_USER_INPUT", "mine"},
			{"own versions that are none", "change", "list", customers, body{"base": 1, "mine": []string{"x"}}, "BAD_USER_INPUT", "mine"},
			{"an item of an item", "change", "list", customers, body{"base": 1, "item": customers}, "BAD_USER_INPUT", "item"},
			{"a row of none", "change", "contact", contact, body{"base": 1}, "BAD_USER_INPUT", "item"},
			{"a field", "create", "list", newID(), list(body{"name": "x", "subject": "y"}), "BAD_USER_INPUT", "subject"},
			{"a field of a deletion", "delete", "list", customers, body{"base": 1, "fields": body{"name": "x"}}, "BAD_USER_INPUT", "name"},
			{"a number for a text", "create", "list", newID(), list(body{"name": 1}), "BAD_USER_INPUT", "name"},
			{"nothing for a text", "create", "list", newID(), list(body{"name": nil}), "BAD_USER_INPUT", "name"},
			{"a text for a flag", "change", "list", customers, body{"base": 1, "fields": body{"archived": "yes"}}, "BAD_USER_INPUT", "archived"},
			{"no name", "create", "list", newID(), nil, "BAD_USER_INPUT", "name"},
			{"NUL", "create", "list", newID(), list(body{"name": "a\x00b"}), "BAD_USER_INPUT", "name"},
			{"a long body", "create", "template", newID(), list(body{"name": "x", "body": long}), "BAD_USER_INPUT", "body"},
			{"an address", "change", "campaign", spring, body{"base": 1, "fields": body{"sender_email": "nobody"}}, "BAD_USER_INPUT", "sender_email"},
			{"an audience", "create", "list", newID(), list(body{"name": "x", "audience": "friends"}), "BAD_USER_INPUT", "audience"},
			{"a new audience", "change", "list", customers, body{"base": 1, "fields": body{"audience": "restricted"}}, "BAD_USER_INPUT", "audience"},
			{"a list that is none", "change", "campaign", spring, body{"base": 1, "fields": body{"lists": []string{"x"}}}, "BAD_USER_INPUT", "lists"},
			{"a list that is not there", "change", "campaign", spring, body{"base": 1, "fields": body{"lists": []string{newID()}}}, "NOT_FOUND", "lists"},
			{"a blacklist for a list", "change", "campaign", spring, body{"base": 1, "fields": body{"lists": []string{unwanted}}}, "NOT_FOUND", "lists"},
			{"an item of another kind", "change", "template", customers, body{"base": 1, "fields": body{"name": "x"}}, "NOT_FOUND", ""},
			{"a deletion of another kind", "delete", "template", customers, body{"base": 1}, "NOT_FOUND", ""},
			{"what is archived of another kind", "change", "template", customers, body{"base": 1, "fields": body{"archived": true}}, "NOT_FOUND", ""},
			{"what is not there", "delete", "campaign", newID(), body{"base": 1}, "NOT_FOUND", ""},
			{"an id that is taken", "create", "campaign", customers, list(body{"name": "x"}), "BAD_USER_INPUT", "id"},
			{"an id that a contact has", "create", "contact", contact, of(customers, 0, body{"email": "new@example.com"}), "BAD_USER_INPUT", "id"},
			{"an id that an entry has", "create", "entry", entry, of(unwanted, 0, body{"value": "new@example.com"}), "BAD_USER_INPUT", "id"},
			{"a contact without an address", "create", "contact", newID(), of(customers, 0, body{}), "BAD_USER_INPUT", "email"},
			{"a contact in a blacklist", "create", "contact", newID(), of(unwanted, 0, body{"email": "a@example.com"}), "NOT_FOUND", ""},
			{"a contact's state", "change", "contact", contact, of(customers, 1, body{"state": "sleepy"}), "BAD_USER_INPUT", "state"},
			{"further fields that are numbers", "change", "contact", contact, of(customers, 1, body{"fields": body{"a": 1}}), "BAD_USER_INPUT", "fields"},
			{"a contact of another list", "change", "contact", contact, of(h.plain("secrets"), 1, body{"city": "x"}), "NOT_FOUND", ""},
			{"a deleted contact of another list", "delete", "contact", contact, of(h.plain("secrets"), 1, nil), "NOT_FOUND", ""},
			{"an entry without a value", "create", "entry", newID(), of(unwanted, 0, body{}), "BAD_USER_INPUT", "value"},
			{"an entry of nothing", "create", "entry", newID(), of(unwanted, 0, body{"value": "@@"}), "BAD_USER_INPUT", "value"},
			{"an entry's kind", "create", "entry", newID(), of(unwanted, 0, body{"value": "a.example", "kind": "address"}), "BAD_USER_INPUT", "kind"},
			{"an entry's new value", "change", "entry", entry, of(unwanted, 1, body{"value": "a.example"}), "BAD_USER_INPUT", "value"},
			{"an entry of another blacklist", "change", "entry", entry, of(h.plain("hidden"), 1, body{"note": "x"}), "NOT_FOUND", ""},
			{"a new lead", "create", "lead", newID(), of(spring, 0, body{"name": "x"}), "BAD_USER_INPUT", "op"},
			{"a lead's assignee", "change", "lead", lead, of(spring, 1, body{"assignee": newID()}), "BAD_USER_INPUT", "assignee"},
			{"a lead of another campaign", "change", "lead", lead, of(h.plain("covert"), 1, body{"notes": "x"}), "NOT_FOUND", ""},
			{"a deleted lead of another campaign", "delete", "lead", lead, of(h.plain("covert"), 1, nil), "NOT_FOUND", ""},
			{"a lead without anything", "change", "lead", lead, of(spring, 1, body{"name": "", "email": "", "phone": ""}), "BAD_USER_INPUT", "email"},
		} {
			t.Run(c.name, func(t *testing.T) {
				d := *d
				own := *h
				own.TB, d.house, d.replica, d.last = t, &own, uuid.New(), 0
				d.expect(d.do(c.op, c.kind, c.id, c.more), refused(c.code, c.field))
				d.holds("1", `SELECT last_mutation FROM replicas WHERE given_id = ?`, d.replica)
			})
		}
		h.holds("0", `SELECT count(*) FROM items WHERE version > 1`)
	})
}
