package door

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
)

// maxBytes is the greatest size of a body.
const maxBytes = 64 << 10

// leadOf reads the lead of a request.
func leadOf(w http.ResponseWriter, r *http.Request) (intake.Lead, error) {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	read := fromJSON
	switch {
	case err == nil && kind == "application/x-www-form-urlencoded":
		read = fromForm
	case err != nil || kind != "application/json":
		return intake.Lead{}, unsupported("Send the lead as application/json or application/x-www-form-urlencoded.")
	}
	if charset := parameters["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return intake.Lead{}, unsupported("Send the lead in UTF-8.")
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return intake.Lead{}, unsupported("Send the lead as it is, not compressed.")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBytes))
	if errors.As(err, new(*http.MaxBytesError)) {
		return intake.Lead{}, &refusal{http.StatusRequestEntityTooLarge, fault.New(fault.Invalid, "A lead has at most %d KB.", maxBytes>>10)}
	}
	if err != nil {
		return intake.Lead{}, fault.New(fault.Invalid, "The lead did not arrive as a whole. Send it again.")
	}
	if !utf8.Valid(body) {
		return intake.Lead{}, fault.New(fault.Invalid, "The lead holds bytes that are not text; send it in UTF-8.")
	}
	fields, err := read(body)
	if err != nil {
		return intake.Lead{}, err
	}
	return sort(fields, r.Header.Values("Idempotency-Key"))
}

func unsupported(sentence string) error {
	return &refusal{http.StatusUnsupportedMediaType, fault.New(fault.Invalid, "%s", sentence)}
}

// field is a name and a value as they came.
type field struct{ name, value string }

// sort puts fields where they belong.
func sort(fields []field, keys []string) (intake.Lead, error) {
	l := intake.Lead{Fields: make(map[string]string)}
	var first, last string
	own := map[string]*string{
		"email": &l.Email, "name": &l.Name, "first_name": &first, "last_name": &last, "phone": &l.Phone,
		"source": &l.Source, "idempotency_key": &l.RequestKey,
	}
	for _, f := range fields {
		if into := own[f.name]; into != nil {
			*into = f.value
		} else {
			l.Fields[f.name] = f.value
		}
	}
	switch {
	case len(keys) > 1, len(keys) == 1 && l.RequestKey != "" && l.RequestKey != keys[0]:
		return l, fault.Field("idempotency_key", "Give one idempotency key.")
	case len(keys) == 1:
		l.RequestKey = keys[0]
	}
	if strings.TrimSpace(l.Name) == "" {
		l.Name = intake.FullName(first, last)
	}
	return l, nil
}

// fromForm reads a form. A name that comes several times, as ticked boxes do, has its values in one, by commas.
func fromForm(body []byte) ([]field, error) {
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, fault.New(fault.Invalid, "This is not a form as browsers send it.")
	}
	var fields []field
	for name, all := range values {
		if !utf8.ValidString(name) {
			return nil, fault.New(fault.Invalid, "The lead holds bytes that are not text; send it in UTF-8.")
		}
		filled := slices.DeleteFunc(all, func(value string) bool { return value == "" })
		fields = append(fields, field{name, strings.Join(filled, ", ")})
	}
	return fields, nil
}

// fromJSON reads an object. Numbers and truth values are kept as they are written, what is nested as JSON, null not.
func fromJSON(body []byte) ([]field, error) {
	wrong := fault.New(fault.Invalid, "This is not one JSON object.")
	d := json.NewDecoder(bytes.NewReader(body))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, wrong
	}
	var fields []field
	seen := make(map[string]bool)
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		var raw json.RawMessage
		if err != nil || !ok || d.Decode(&raw) != nil {
			return nil, wrong
		}
		if seen[name] {
			return nil, fault.Field(name, "This field is there twice.")
		}
		seen[name] = true
		var value string
		switch raw[0] {
		case 'n': // null
			continue
		case '"':
			err = json.Unmarshal(raw, &value)
		case '{', '[':
			var tidy bytes.Buffer
			err = json.Compact(&tidy, raw)
			value = tidy.String()
		default:
			value = string(raw)
		}
		if err != nil {
			return nil, wrong
		}
		fields = append(fields, field{name, value})
	}
	if _, err := d.Token(); err != nil { // the brace
		return nil, wrong
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, wrong
	}
	return fields, nil
}

// outside is the name that a field has at the door.
func outside(name string) string {
	if name == "idempotencyKey" {
		return "idempotency_key"
	}
	return name
}
