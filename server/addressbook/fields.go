package addressbook

import (
	"bytes"
	"encoding/json"
	"slices"
)

// EncodeFields returns the one JSON text that a contact's further fields are stored, compared and synced as: an
// object of strings with its keys in byte order, no space, and nothing for an empty value. None at all is {}.
func EncodeFields(fields map[string]string) string {
	names := make([]string, 0, len(fields))
	for name, value := range fields {
		if value != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	out := []byte{'{'}
	for _, name := range names {
		out = appendField(out, appendString(nil, name), fields[name])
	}
	return string(append(out, '}'))
}

// DecodeFields reads what EncodeFields wrote.
func DecodeFields(text string) (map[string]string, error) {
	fields := make(map[string]string)
	if err := json.Unmarshal([]byte(text), &fields); err != nil {
		return nil, err
	}
	return fields, nil
}

// appendField adds a member to the open object out; name is already JSON.
func appendField(out, name []byte, value string) []byte {
	if len(out) > 1 {
		out = append(out, ',')
	}
	out = append(out, name...)
	out = append(out, ':')
	return appendString(out, value)
}

// appendString adds s as encoding/json writes it, but with <, > and & as they are.
func appendString(out []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x80 || c == '"' || c == '\\' {
			return appendAnyString(out, s)
		}
	}
	out = append(out, '"')
	out = append(out, s...)
	return append(out, '"')
}

func appendAnyString(out []byte, s string) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return append(out, `""`...) // cannot happen: a string always encodes
	}
	return append(out, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
