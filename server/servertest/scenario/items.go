package scenario

import (
	"slices"
	"strings"
)

// api is how a kind of item is called in GraphQL.
type api struct{ typ, field, row string }

func apiOf(kind string) api {
	return map[string]api{
		"campaign":  {typ: "Campaign", field: "campaign"},
		"template":  {typ: "Template", field: "template"},
		"list":      {"ContactList", "contactList", `createContact(input: {list: $id, email: $value}) { row: contact { id } errors { message } }`},
		"blacklist": {"Blacklist", "blacklist", `createBlacklistEntry(input: {blacklist: $id, value: $value}) { row: entry { id } errors { message } }`},
	}[kind]
}

// create does "<kind> <name> by <person>", with "to <lists>", "respecting <blacklists>" and "restricted",
// "archived" or "deleted" after it.
func (w *World) create(words []string) {
	w.tb.Helper()
	if len(words) < 4 || words[2] != "by" {
		w.fail(words, "does not read \"kind name by person\"")
	}
	if w.Has(words[1]) {
		w.fail(words, "names something twice")
	}
	it := &Item{Name: words[1], Kind: words[0], Creator: w.Person(words[3]), Title: words[1] + " " + w.tag}
	it.Account = it.Creator.Account
	restricted := false
	var later []string
	var refer *[]*Item
	for _, word := range words[4:] {
		switch word {
		case "restricted":
			restricted = true
		case "archived", "deleted":
			later = append(later, word)
		case "to":
			refer = &it.Lists
		case "respecting":
			refer = &it.Blacklists
		default:
			if refer == nil {
				w.fail(words, "has the word "+word+", which means nothing here")
				continue
			}
			*refer = append(*refer, w.Item(word))
		}
	}
	if restricted {
		w.newItems(it.Account, "RESTRICTED")
	}
	w.store(it)
	if restricted {
		w.newItems(it.Account, "EVERYONE")
	}
	w.Items = append(w.Items, it)
	for _, word := range later {
		w.change([]string{it.Creator.Name, map[string]string{"archived": "archives", "deleted": "deletes"}[word], it.Name})
	}
}

// newItems says what audience new items of the account get, so that a restricted one is seen by nobody else
// from the first.
func (w *World) newItems(a *Account, audience string) {
	w.tb.Helper()
	w.mutate(w.owner(a), "changeAccount", "ChangeAccountInput", map[string]any{"defaultAudience": audience})
}

func (w *World) store(it *Item) {
	w.tb.Helper()
	a, as := apiOf(it.Kind), w.As(it.Creator)
	input := map[string]any{"name": it.Title}
	if it.Kind == "campaign" {
		input["lists"], input["blacklists"] = IDs(it.Lists), IDs(it.Blacklists)
	}
	made := as.Must(w.tb, `mutation($in: Create`+a.typ+`Input!) { create`+a.typ+`(input: $in) { `+a.field+` { id } errors { message } } }`,
		map[string]any{"in": input})
	if it.ID = made.Text("create" + a.typ + "." + a.field + ".id"); it.ID == "" {
		w.tb.Fatalf("making %s: %s", it.Name, made.Body)
	}
	if a.row == "" {
		return
	}
	it.RowText = it.Name + "." + w.tag + "@rows.example.test"
	row := as.Must(w.tb, `mutation($id: ID!, $value: String!) { made: `+a.row+` }`, map[string]any{"id": it.ID, "value": it.RowText})
	if it.Row = row.Text("made.row.id"); it.Row == "" {
		w.tb.Fatalf("filling %s: %s", it.Name, row.Body)
	}
}

// change does what follows "then".
func (w *World) change(words []string) {
	w.tb.Helper()
	if len(words) < 3 {
		w.fail(words, "has too few words")
	}
	if slices.Equal(words, []string{"an", "hour", "passes"}) {
		w.anHourPasses()
		return
	}
	if slices.Equal(words, []string{"the", "work", "is", "done"}) {
		w.workIsDone()
		return
	}
	if words[1] == "is" || words[1] == "becomes" {
		w.be(words)
		return
	}
	by := w.Person(words[0])
	switch words[1] {
	case "gives":
		w.take(words, 5)
		w.give(by, w.Person(words[2]), words[3], w.Item(words[4]))
	case "clears":
		w.take(words, 4)
		w.mutate(by, "clearAccess", "ClearAccessInput", map[string]any{"item": w.Item(words[3]).ID, "collaborator": w.Person(words[2]).ID})
	case "restricts", "opens":
		w.take(words, 3)
		audience := map[string]string{"restricts": "RESTRICTED", "opens": "EVERYONE"}[words[1]]
		w.mutate(by, "setAudience", "SetAudienceInput", map[string]any{"item": w.Item(words[2]).ID, "audience": audience})
	case "archives", "unarchives", "deletes", "restores":
		w.take(words, 3)
		it := w.Item(words[2])
		it.Archived = words[1] == "archives" || it.Archived && words[1] != "unarchives"
		w.mutate(by, strings.TrimSuffix(words[1], "s")+"Item", "ItemInput", map[string]any{"id": it.ID})
	case "renames":
		w.take(words, 5)
		it := w.Item(words[2])
		it.Title = words[4] + " " + w.tag
		w.edit(by, it, map[string]any{"name": it.Title})
	case "shows":
		w.take(words, 5)
		w.mutate(by, "changeAccount", "ChangeAccountInput", map[string]any{"memberLeads": strings.ToUpper(words[3])})
	case "points":
		it := w.Item(words[2])
		it.Lists = nil
		for _, name := range words[4:] {
			it.Lists = append(it.Lists, w.Item(name))
		}
		w.edit(by, it, map[string]any{"lists": IDs(it.Lists)})
	default:
		w.fail(words, "has no verb that is known")
	}
}

func (w *World) give(by, to *Person, level string, it *Item) {
	w.tb.Helper()
	w.mutate(by, "setAccess", "SetAccessInput", map[string]any{"item": it.ID, "collaborator": to.ID, "level": strings.ToUpper(level)})
}

// edit changes fields of an item on its newest version.
func (w *World) edit(by *Person, it *Item, fields map[string]any) {
	w.tb.Helper()
	found := w.As(by).Must(w.tb, `query($id: ID!) { node(id: $id) { ... on Item { version } } }`, map[string]any{"id": it.ID})
	fields["id"], fields["baseVersion"] = it.ID, found.At("node.version")
	a := apiOf(it.Kind)
	w.mutate(by, "change"+a.typ, "Change"+a.typ+"Input", fields)
}

func (w *World) mutate(by *Person, field, input string, values map[string]any) {
	w.tb.Helper()
	a := w.As(by).Must(w.tb, `mutation($in: `+input+`!) { `+field+`(input: $in) { errors { message } } }`, map[string]any{"in": values})
	if errs, _ := a.At(field + ".errors").([]any); len(errs) > 0 {
		w.tb.Fatalf("%s by %s: %s", field, by.Name, a.Body)
	}
}

// IDs returns the API's ids of items.
func IDs(items []*Item) []string {
	ids := make([]string, len(items))
	for i, it := range items {
		ids[i] = it.ID
	}
	return ids
}
