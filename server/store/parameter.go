package store

import (
	"encoding/json"

	"entgo.io/ent/dialect"
)

// List returns values as one parameter of a statement, for any number of them: a JSON array, also of none. Values are
// what JSON has: ids, numbers, truths and texts.
func List[T any](values []T) string {
	if values == nil {
		return "[]"
	}
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // not such values
	}
	return string(text)
}

// IDs returns the subquery of the ids in a parameter that List has made.
func IDs(dialectName, parameter string) string {
	if dialectName == dialect.Postgres {
		return `SELECT CAST(value AS uuid) FROM jsonb_array_elements_text(CAST(` + parameter + ` AS jsonb)) AS value`
	}
	return `SELECT value FROM json_each(` + parameter + `)`
}
