package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// Edit is one edit of a local copy.
type Edit struct {
	// Op is create, change or delete.
	Op string `json:"op"`
	// Kind is campaign, template, list, blacklist, contact, entry or lead.
	Kind string `json:"kind"`
	// Item is the id of the list, blacklist or campaign whose row it is; empty where Kind is that of an item.
	Item string `json:"item,omitempty"`
	// Row is the id of what is changed or deleted; of what is created, empty or the id that it shall have.
	Row string `json:"row,omitempty"`
	// Set are values by column: strings, whole numbers and null; of fields, an object of strings.
	Set map[string]any `json:"set,omitempty"`
}

// sound says what is wrong with an edit by itself; nothing where it is well.
func (e *Edit) sound() string {
	rows := false
	switch e.Kind {
	case "campaign", "template", "list", "blacklist":
	case "contact", "entry", "lead":
		rows = true
	default:
		return "needs a kind: campaign, template, list, blacklist, contact, entry or lead."
	}
	switch {
	case e.Op != "create" && e.Op != "change" && e.Op != "delete":
		return "needs an op: create, change or delete."
	case rows && e.Item == "":
		return fmt.Sprintf("of the kind %s needs item: the id of its list, blacklist or campaign.", e.Kind)
	case !rows && e.Item != "":
		return fmt.Sprintf("of the kind %s takes no item; row is its id.", e.Kind)
	case e.Op != "create" && e.Row == "":
		return "needs the row: the id of what is to " + e.Op + "."
	case e.Op == "delete" && e.Set != nil:
		return "to delete takes no set."
	case e.Op != "delete" && len(e.Set) == 0:
		return "needs set: values by column."
	}
	return ""
}

// Edit edits as a program does by SQL.
func (c Copy) Edit(ctx context.Context, e Edit) (string, error) {
	kind, editor := protocol.Kind(e.Kind), c.editor()
	values, err := e.values()
	if err != nil {
		return "", err
	}
	row := e.Row
	switch e.Op {
	case "create":
		row, err = editor.Create(ctx, kind, e.Item, values)
	case "change":
		err = editor.Change(ctx, kind, e.Item, e.Row, values)
	default:
		err = editor.Delete(ctx, kind, e.Item, e.Row)
	}
	switch gone := errors.Is(err, mirror.ErrGone); {
	case gone && e.Item == "":
		return "", refuse(NotFound, "There is no such %s in the local copy.", e.Kind)
	case gone:
		return "", refuse(NotFound, "There is no such %s in the local copy, or its list is not here.", e.Kind)
	}
	return row, err
}

// values returns what is set as an Editor takes it.
func (e Edit) values() (map[string]any, error) {
	values := map[string]any{}
	for column, value := range e.Set {
		switch v := value.(type) {
		case nil, string:
			values[column] = v
		case float64:
			whole := int64(v)
			if float64(whole) != v {
				return nil, refuse(BadRequest, "%s is not a whole number.", column)
			}
			values[column] = whole
		case map[string]any:
			text, err := json.Marshal(v)
			if err != nil || column != "fields" {
				return nil, refuse(BadRequest, "%s is not an object.", column)
			}
			values[column] = string(text)
		default:
			return nil, refuse(BadRequest, "%s may be a string, a whole number or null.", column)
		}
	}
	if e.Row != "" && e.Op == "create" {
		values["id"] = e.Row
	}
	return values, nil
}
