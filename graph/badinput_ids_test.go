package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestBadIDs puts every sort of id that is not the caller's to use wherever an id is taken. An operation says
// the same to all of them: of a restricted item, of another account, of another kind, of nothing, and of what
// is no id at all.
func TestBadIDs(t *testing.T) {
	eachBadInput(t, func(t *testing.T, b *badInput) {
		for name, op := range idTakers() {
			t.Run(name, func(t *testing.T) {
				first := ""
				for what, id := range b.badIDs(op.kind) {
					got := b.say(t, op, id)
					if !strings.Contains(got, "NOT_FOUND There is no such ") {
						t.Errorf("%s is answered %q", what, got)
					}
					if first == "" {
						first = got
					}
					if got != first {
						t.Errorf("%s is answered %q, and others %q", what, got, first)
					}
				}
			})
		}
	})
}

// idTaker is where an id goes. Kind is what would be right: a kind of item, contact, entry, person, account,
// session, or item for any of the four.
type idTaker struct {
	kind, query string
	with        func(id any) vars
}

func idTakers() map[string]idTaker {
	input := func(more vars, names ...string) func(any) vars {
		return func(id any) vars {
			fields := vars{"id": id}
			if len(names) > 0 {
				delete(fields, "id")
				fields[names[0]] = id
			}
			for key, value := range more {
				fields[key] = value
			}
			return in(fields)
		}
	}
	mutation := func(field, typ string) string {
		return `mutation($in: ` + typ + `!) { ` + field + `(input: $in) { errors { code field message } } }`
	}
	version := vars{"baseVersion": 1}
	return map[string]idTaker{
		"changeCampaign":           {"campaign", mutation("changeCampaign", "ChangeCampaignInput"), input(version)},
		"changeTemplate":           {"template", mutation("changeTemplate", "ChangeTemplateInput"), input(version)},
		"changeContactList":        {"list", mutation("changeContactList", "ChangeContactListInput"), input(version)},
		"changeBlacklist":          {"blacklist", mutation("changeBlacklist", "ChangeBlacklistInput"), input(version)},
		"createContact":            {"list", mutation("createContact", "CreateContactInput"), input(vars{"email": "a@example.com"}, "list")},
		"changeContact":            {"contact", mutation("changeContact", "ChangeContactInput"), input(version)},
		"deleteContact":            {"contact", mutation("deleteContact", "DeleteContactInput"), input(nil)},
		"createBlacklistEntry":     {"blacklist", mutation("createBlacklistEntry", "CreateBlacklistEntryInput"), input(vars{"value": "a@example.com"}, "blacklist")},
		"changeBlacklistEntry":     {"entry", mutation("changeBlacklistEntry", "ChangeBlacklistEntryInput"), input(version)},
		"deleteBlacklistEntry":     {"entry", mutation("deleteBlacklistEntry", "DeleteBlacklistEntryInput"), input(nil)},
		"createCampaign, a list":   {"list", mutation("createCampaign", "CreateCampaignInput"), inList("lists")},
		"createCampaign, a black…": {"blacklist", mutation("createCampaign", "CreateCampaignInput"), inList("blacklists")},
		"duplicateItem":            {"item", mutation("duplicateItem", "DuplicateItemInput"), input(nil)},
		"archiveItem":              {"item", mutation("archiveItem", "ItemInput"), input(nil)},
		"unarchiveItem":            {"item", mutation("unarchiveItem", "ItemInput"), input(nil)},
		"deleteItem":               {"item", mutation("deleteItem", "ItemInput"), input(nil)},
		"restoreItem":              {"item", mutation("restoreItem", "ItemInput"), input(nil)},
		"setAudience":              {"item", mutation("setAudience", "SetAudienceInput"), input(vars{"audience": "EVERYONE"}, "item")},
		"setAccess, an item":       {"item", mutation("setAccess", "SetAccessInput"), input(vars{"collaborator": "@anna", "level": "VIEW"}, "item")},
		"clearAccess, an item":     {"item", mutation("clearAccess", "ClearAccessInput"), input(vars{"collaborator": "@anna"}, "item")},
		"setAccess, a person":      {"person", mutation("setAccess", "SetAccessInput"), input(vars{"item": "@own", "level": "VIEW"}, "collaborator")},
		"openAccount":              {"account", mutation("openAccount", "OpenAccountInput"), input(nil, "account")},
		"logIn":                    {"account", mutation("logIn", "LogInInput"), input(vars{"email": "@bruno.email", "password": "@bruno.password"}, "account")},
		"endSession":               {"session", mutation("endSession", "EndSessionInput"), input(nil, "session")},
		"bucketChanges":            {"bucket", `query($in: ID!) { bucketChanges(bucket: $in) { next } }`, func(id any) vars { return vars{"in": id} }},
		"GET /sync/rows":           {"bucket", "/sync/rows/", nil},
		"POST /upload/contacts":    {"list", "/upload/contacts/", nil},
		"POST /upload/blacklist":   {"blacklist", "/upload/blacklist/", nil},
	}
}

func inList(field string) func(any) vars {
	return func(id any) vars { return in(vars{"name": "x", field: []any{id}}) }
}

// badIDs returns ids that are no good for the kind, by what they are.
func (b *badInput) badIDs(kind string) map[string]any {
	b.Helper()
	const never = "00000000-0000-7000-8000-000000000000"
	number := func(ref string) string {
		_, id, _ := strings.Cut(fmt.Sprint(b.resolve(ref)), "_")
		return id
	}
	prefix := map[string]string{"item": "campaign", "bucket": "list"}[kind]
	if prefix == "" {
		prefix = kind
	}
	ids := map[string]any{
		"of nothing":         prefix + "_" + never,
		"none":               "",
		"a word":             "x",
		"a prefix":           prefix,
		"a prefix and _":     prefix + "_",
		"in capitals":        prefix + "_" + strings.ToUpper(number("@spring")),
		"without hyphens":    prefix + "_" + strings.ReplaceAll(number("@spring"), "-", ""),
		"in braces":          prefix + "_{" + number("@spring") + "}",
		"without a prefix":   number("@customers"),
		"with a space after": prefix + "_" + number("@spring") + " ",
		"with a line break":  prefix + "_" + number("@spring") + "\n",
		"a long one":         strings.Repeat("x", 50_000),
		"a number":           json.Number("5"),
		"an attack":          prefix + "_" + number("@spring") + "' OR ''='",
	}
	good := map[string]any{
		"campaign": "@spring", "template": "@letter", "list": "@customers", "blacklist": "@unwanted",
		"contact": "@customers.row", "entry": "@unwanted.row", "person": "@anna", "account": "@anna.account",
	}
	for other, ref := range good {
		own := other == kind || kind == "bucket" && (other == "list" || other == "blacklist" || other == "campaign") ||
			kind == "item" && (other == "campaign" || other == "template" || other == "list" || other == "blacklist")
		if !own {
			ids["of a "+other] = b.resolve(ref)
		}
	}
	if kind != "item" && kind != "bucket" {
		ids["a campaign's under the right prefix"] = prefix + "_" + number("@spring")
		if kind == "campaign" {
			ids["a campaign's under the right prefix"] = prefix + "_" + number("@customers")
		}
	}
	for _, whose := range []string{"secret", "foreign"} {
		for _, k := range []string{"campaign", "template", "list", "blacklist"} {
			if k == kind || kind == "item" || kind == "bucket" && k != "template" {
				ids[whose+" "+k] = b.resolve("@" + whose + "-" + k)
			}
		}
		switch kind {
		case "contact":
			ids[whose+" row"] = b.resolve("@" + whose + "-list.row")
		case "entry":
			ids[whose+" row"] = b.resolve("@" + whose + "-blacklist.row")
		}
	}
	switch kind {
	case "person":
		ids["of another account"] = b.resolve("@zoe")
	case "account":
		ids["somebody else's"] = b.resolve("@zoe.account")
	case "session":
		ids["somebody else's"] = b.world.As(b.world.Person("anna")).Must(b, `{ viewer { session { id } } }`, nil).At("viewer.session.id")
	}
	return ids
}

// say puts an id where it goes and returns the whole of what is said about it.
func (b *badInput) say(t *testing.T, op idTaker, id any) string {
	t.Helper()
	bruno := b.world.As(b.world.Person("bruno"))
	if op.with != nil {
		variables, _ := b.resolve(op.with("@@")).(map[string]any)
		got := bruno.Ask(t, op.query, put(variables, id).(map[string]any))
		if len(got.Errors) != 1 {
			return got.String()
		}
		return fmt.Sprint(got.Errors[0], got.Errors[0].Path, got.Errors[0].Extensions)
	}
	text := fmt.Sprint(id)
	if text == "" || len(text) > 1000 || strings.ContainsAny(text, " \n{}'") {
		text = "x" // what cannot be in an address
	}
	method, body, headers := http.MethodGet, "", []string(nil)
	if strings.HasPrefix(op.query, "/upload/") {
		method, body, headers = http.MethodPost, "email\na@example.com\n", []string{"Content-Type", "text/csv"}
		if op.kind == "blacklist" {
			headers[1] = "text/plain"
		}
	}
	status, _, said := bruno.Do(t, method, op.query+text, []byte(body), headers...)
	var answer struct {
		Errors []struct {
			Message    string
			Extensions map[string]any
		}
	}
	if err := json.Unmarshal(said, &answer); err != nil || len(answer.Errors) != 1 {
		return fmt.Sprint(status, string(said))
	}
	return fmt.Sprint(status, answer.Errors[0].Extensions["code"], " ", answer.Errors[0].Message)
}

// put replaces the place that is kept for an id.
func put(v, id any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = put(v[key], id)
		}
	case []any:
		for i := range v {
			v[i] = put(v[i], id)
		}
	case string:
		if v == "@@" {
			return id
		}
	}
	return v
}
