package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partage-mail/partage/graph/generated"
	"github.com/partage-mail/partage/server/servertest"
)

// TestSweep puts every odd value into every input field of every mutation and every argument of every query, one
// at a time. What comes of it may differ; it is never an internal error, and nothing that was stored is
// unreadable afterwards.
func TestSweep(t *testing.T) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	eachBadInput(t, func(t *testing.T, b *badInput) {
		bruno := b.world.As(b.world.Person("bruno"))
		for _, field := range schema.Mutation.Fields {
			if len(field.Arguments) == 0 {
				continue
			}
			input := schema.Types[field.Arguments[0].Type.Name()]
			query := fmt.Sprintf(`mutation($in: %s!) { %s(input: $in) { __typename } }`, input.Name, field.Name)
			base := b.base(schema, field.Name, input)
			b.fine(t, bruno.Ask(t, query, in(base)), field.Name)
			for _, f := range input.Fields {
				for _, value := range oddValues(f.Type.Name()) {
					fields := maps.Clone(base)
					fields[f.Name] = value
					if f.Type.Elem != nil {
						fields[f.Name] = []any{value}
					}
					if f.Type.Name() == "ContactFieldInput" {
						fields[f.Name] = []any{vars{"name": value, "value": value}}
					}
					b.fine(t, bruno.Ask(t, query, in(fields)), field.Name, f.Name, value)
				}
			}
		}
		for _, field := range schema.Query.Fields {
			for _, argument := range field.Arguments {
				for _, value := range oddValues(argument.Type.Name()) {
					b.fine(t, bruno.Ask(t, oddQuery(field, argument), vars{"v": value}), field.Name, argument.Name, value)
				}
			}
		}
		b.readAll(t, bruno)
	})
}

// base returns an input that a manager could mean.
func (b *badInput) base(schema *ast.Schema, mutation string, input *ast.Definition) vars {
	b.Helper()
	known := vars{
		"list": "@customers", "blacklist": "@unwanted", "item": "@own", "collaborator": "@anna", "account": "@bruno.account",
		"session": "session_00000000-0000-7000-8000-000000000000", "email": "sweep@example.com", "value": "sweep.example.com",
		"password": "@bruno.password", "oldPassword": "@bruno.password", "newPassword": "a long secret", "baseVersion": 1,
		"token": "nonsense", "id": "@own",
	}
	ids := vars{
		"changeCampaign": "@spring", "changeTemplate": "@letter", "changeContactList": "@customers", "changeBlacklist": "@unwanted",
		"changeContact": "@customers.row", "deleteContact": "contact_00000000-0000-7000-8000-000000000000",
		"changeBlacklistEntry": "@unwanted.row", "deleteBlacklistEntry": "entry_00000000-0000-7000-8000-000000000000",
		"deleteItem": "template_00000000-0000-7000-8000-000000000000",
	}
	fields := make(vars)
	for _, f := range input.Fields {
		if !f.Type.NonNull || f.DefaultValue != nil {
			continue
		}
		switch d := schema.Types[f.Type.Name()]; {
		case f.Name == "id" && ids[mutation] != nil:
			fields[f.Name] = b.resolve(ids[mutation])
		case known[f.Name] != nil:
			fields[f.Name] = b.resolve(known[f.Name])
		case d.Kind == ast.Enum:
			fields[f.Name] = d.EnumValues[0].Name
		default:
			fields[f.Name] = "sweep"
		}
	}
	return fields
}

// oddValues returns what may be said of a type and seldom is.
func oddValues(typ string) []any {
	switch typ {
	case "String", "ID", "ContactFieldInput":
		return []any{
			"", "\x00", "\x07", "\r\n", "\u2028", "\u202e", "\U0010ffff", "e\u0301", "İ", "ß",
			strings.Repeat("👩‍👩‍👧‍👦", 40), strings.Repeat("x", 10_000), strings.Repeat("ﷺ", 250), "%", `\`, `"`, "<script>alert(1)</script>",
			"{{ contact.first_name | times: 7 }}", "{% for x in (1..100000000) %}x{% endfor %}", "{{", "' OR 1=1; DROP TABLE items; --",
			"a@b", "a@" + strings.Repeat("x", 300), "xn--a", "list_00000000-0000-0000-0000-000000000000", "user_ffffffff-ffff-ffff-ffff-ffffffffffff",
		}
	case "Int":
		return []any{0, -1, 1, 2, 1<<31 - 1, -1 << 31, 1 << 31, json.Number("1e400"), 0.5, true, "1", nil}
	default: // an enum, or a boolean
		return []any{"", "NONE", 0, nil, true, "'"}
	}
}

// oddQuery asks for a field with one argument in a variable.
func oddQuery(field *ast.FieldDefinition, argument *ast.ArgumentDefinition) string {
	also := ""
	for _, a := range field.Arguments {
		if a.Name != argument.Name && (a.Name == "first" && argument.Name != "last" && argument.Name != "before" || a.Name == "last" && argument.Name == "before") {
			also += ", " + a.Name + ": 2"
		}
		if a.Name != argument.Name && a.Type.NonNull && a.DefaultValue == nil {
			also += `, ` + a.Name + `: "x"`
		}
	}
	return fmt.Sprintf(`query($v: %s) { %s(%s: $v%s) { __typename } }`, argument.Type, field.Name, argument.Name, also)
}

// fine fails where an answer is not one that a client can do something with.
func (b *badInput) fine(t *testing.T, a servertest.Answer, what ...any) {
	t.Helper()
	label := fmt.Sprintf("%.200q", what)
	codes := []string{"BAD_USER_INPUT", "NOT_FOUND", "FORBIDDEN", "CONFLICT", "RATE_LIMITED", "QUERY_TOO_COMPLEX"}
	if a.Status != http.StatusOK || a.Data == nil && len(a.Errors) == 0 {
		t.Errorf("%s is answered %d %.300s", label, a.Status, a.Body)
	}
	for _, e := range a.Errors {
		if !slices.Contains(codes, e.Code()) || e.Message == "" || len(e.Message) > 1000 {
			t.Errorf("%s is answered %.300s", label, e)
		}
	}
}

// readAll reads all that can be seen, in the two ways there are, with previews.
func (b *badInput) readAll(t *testing.T, as servertest.Client) {
	t.Helper()
	for after := any(nil); ; {
		page := as.Must(t, `query($after: String) { changes(after: $after, first: 20) { items { __typename id name
			... on Campaign { subject preheader senderName body } ... on Template { subject body } ... on ContactList { description } } next more } }`, vars{"after": after})
		if after = page.At("changes.next"); page.At("changes.more") != true {
			break
		}
	}
	for after := any(nil); ; {
		page := as.Must(t, `query($after: String) { items(first: 20, after: $after, archive: ALL) { pageInfo { hasNextPage endCursor } edges { node { id name
			... on ContactList { contacts(first: 100) { edges { node { email firstName fields { name value } } } } }
			... on Blacklist { entries(first: 100) { edges { node { value note } } } } } } } }`, vars{"after": after})
		edges, _ := page.At("items.edges").([]any)
		for _, edge := range edges {
			got := as.Ask(t, `query($id: ID!) { node(id: $id) { ... on Campaign { preview { subject html } } ... on Template { preview { html } } } }`, vars{"id": servertest.At(edge, "node.id")})
			b.fine(t, got, "the preview of", servertest.At(edge, "node.name"))
		}
		if after = page.At("items.pageInfo.endCursor"); page.At("items.pageInfo.hasNextPage") != true {
			return
		}
	}
}
