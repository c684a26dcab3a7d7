package mirror

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
)

// taken returns values as views take them, in the order of the names of their columns.
func taken(names []string, values map[string]any) ([]any, error) {
	all := make([]any, len(names))
	for i, name := range names {
		var err error
		if all[i], err = takenOf(name, values[name]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// takenOf returns one value as its column takes it: nil, a text, or a whole number of those that hold one.
func takenOf(name string, value any) (any, error) {
	if value == nil {
		return nil, nil
	}
	if name == "fields" {
		return furtherOf(value)
	}
	plain, err := driver.DefaultParameterConverter.ConvertValue(value)
	text, isText := plain.(string)
	if name != "archived_at" && name != seenColumn {
		if err != nil || !isText {
			return nil, fmt.Errorf("%w: %s takes a text", ErrRefused, name)
		}
		return text, nil
	}
	switch number := plain.(type) {
	case int64:
		return number, nil
	case float64: // as JSON has it
		if whole := int64(number); float64(whole) == number {
			return whole, nil
		}
	case string:
		if text == "" {
			return nil, nil
		}
		if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
			return whole, nil
		}
	}
	return nil, fmt.Errorf("%w: %s takes a whole number", ErrRefused, name)
}

// furtherOf returns further fields as JSON.
func furtherOf(value any) (any, error) {
	text, is := value.(string)
	if !is {
		all, _ := json.Marshal(value) // nothing, where it cannot be
		text = string(all)
	}
	var further map[string]string
	if json.Unmarshal([]byte(text), &further) != nil || further == nil {
		return nil, fmt.Errorf("%w: fields takes an object of texts by name", ErrRefused)
	}
	return text, nil
}

// corrected returns the fields of an edit with other values of some columns. Further fields that it had and that are not
// given any more are empty in it, by which they are taken out of the row.
func (v view) corrected(edit []byte, values map[string]any) (string, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(edit, &fields); err != nil {
		return "", fmt.Errorf("%w: what was refused is no JSON object any more", ErrRefused)
	}
	if fields == nil {
		fields = map[string]json.RawMessage{}
	}
	for _, c := range v.columns {
		given, is := values[c.name]
		if !is {
			continue
		}
		value, err := takenOf(c.name, given)
		if err != nil {
			return "", err
		}
		switch c.name {
		case "archived_at":
			value = value != nil
		case "fields":
			further, had := map[string]string{}, map[string]string{}
			_ = json.Unmarshal(fields["fields"], &had) // a program may have made anything of it
			for name := range had {
				further[name] = ""
			}
			if text, is := value.(string); is {
				_ = json.Unmarshal([]byte(text), &further) // it is one
			}
			value = further
		default:
			if value == nil {
				value = ""
			}
		}
		if fields[c.fieldName()], err = json.Marshal(value); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(fields)
	return string(text), err
}
