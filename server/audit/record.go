package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
)

// record is a line as it is stored: ids as the text that the database has, empty where there is none.
type record struct {
	account             string
	number              int64
	at                  instant.Instant
	verb                string
	actor, item, person string
	detail              string
}

// text writes the record as what is hashed, byte for byte the format of DESIGN.md. Different records have
// different texts: the detail, taken as it is, comes last.
func (r record) text() []byte {
	b := make([]byte, 0, 320+len(r.detail))
	b = append(b, `{"account":`...)
	b = appendText(b, r.account)
	b = append(b, `,"number":`...)
	b = strconv.AppendInt(b, r.number, 10)
	b = append(b, `,"at":`...)
	b = strconv.AppendInt(b, int64(r.at), 10)
	b = append(b, `,"verb":`...)
	b = appendText(b, r.verb)
	b = append(b, `,"actor":`...)
	b = appendID(b, r.actor)
	b = append(b, `,"item":`...)
	b = appendID(b, r.item)
	b = append(b, `,"person":`...)
	b = appendID(b, r.person)
	b = append(b, `,"detail":`...)
	b = append(b, r.detail...)
	return append(b, '}')
}

// hash returns SHA-256 over the hash of the line before, empty for the first, and the record's text.
func (r record) hash(before []byte) []byte {
	sum := sha256.Sum256(append(slices.Clone(before), r.text()...))
	return sum[:]
}

// Record returns the text of a stored line that its hash is made of: JSON in UTF-8.
func Record(row *ent.AuditEvent) string {
	id := func(id *uuid.UUID) string {
		if id == nil {
			return ""
		}
		return id.String()
	}
	return string(record{
		account: row.AccountID.String(), number: row.Number, at: row.CreatedAt, verb: row.Verb,
		actor: id(row.ActorID), item: id(row.ItemID), person: id(row.PersonID), detail: row.Detail,
	}.text())
}

// encode writes details as they are stored: a JSON object with its names in order.
func encode(detail map[string]string) string {
	if len(detail) == 0 {
		return "{}"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(detail); err != nil {
		panic(err) // names and texts only
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// Details reads the details of a stored line.
func Details(row *ent.AuditEvent) (map[string]string, error) {
	var detail map[string]string
	if err := json.Unmarshal([]byte(row.Detail), &detail); err != nil {
		return nil, fmt.Errorf("reading the details of line %d of a history: %w", row.Number, err)
	}
	return detail, nil
}

func idOf(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}

func appendID(b []byte, id string) []byte {
	if id == "" {
		return append(b, "null"...)
	}
	return appendText(b, id)
}

// appendText writes text as JSON. What the product writes, ids and verbs, needs no escape.
func appendText(b []byte, text string) []byte {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text
	}
	return append(b, quoted...)
}
