package push_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/push"
)

// TestText puts texts that programs stumble over into every field of every kind: each is taken or refused as input, and
// what was taken comes back whole.
func TestText(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.desktop("olga")
		rows := map[string][2]string{ // the row and its item
			"contact": {h.row("customers"), h.plain("customers")}, "entry": {h.row("unwanted"), h.plain("unwanted")},
			"lead": {bare(h.world.Item("ada").ID), h.plain("spring")},
		}
		items := map[string]string{"campaign": h.plain("spring"), "template": h.plain("letter"), "list": h.plain("customers"), "blacklist": h.plain("unwanted")}
		fields := map[string]string{
			"campaign": "name subject preheader format body sender_name sender_email reply_to audience lists archived", "template": "name subject preheader format body",
			"list": "name description", "blacklist": "name description",
			"contact": "email first_name last_name company city state fields", "entry": "reason note value kind", "lead": "email name phone state notes",
		}
		for kind, names := range fields {
			for name := range strings.FieldsSeq(names) {
				for _, text := range []string{"a\x00b", "\x00", "🙂é\u202e", "\ufeffx", "a\r\nb\x7f", strings.Repeat("🙂", 30_000), "", "'; --", "\ufffd"} {
					values := []any{text}
					if kind == "contact" && name == "fields" {
						values = []any{body{"a": text}, body{text: "a"}}
					}
					for _, v := range values {
						more := body{"base": 1, "mine": []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, "fields": body{name: v}}
						id := items[kind]
						if row, ok := rows[kind]; ok {
							id, more["item"] = row[0], row[1]
						}
						for _, m := range []body{d.next("change", kind, id, more), d.next("create", kind, newID(), more)} {
							status, a, said := d.send(m)
							if status != http.StatusOK || len(a.Results) != 1 {
								t.Fatalf("%.20q as %s of a %s is answered %d %s", text, name, kind, status, said)
							}
							if r := a.Results[0]; r.State == push.Refused && r.Code != "BAD_USER_INPUT" || len(r.Message) > 500 {
								t.Errorf("%.20q as %s of a %s is answered %.500s", text, name, kind, said)
							}
						}
					}
				}
			}
		}
		r := d.do("change", "contact", rows["contact"][0], body{"item": rows["contact"][1], "base": 99, "fields": body{"city": "\u202e🙂 'é'\"\\"}})
		d.expect(r, applied(r.Version))
		h.holds("\u202e🙂 'é'\"\\", `SELECT city FROM contacts WHERE id = ?`, rows["contact"][0])
	})
}
