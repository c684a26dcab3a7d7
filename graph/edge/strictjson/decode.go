// Package strictjson decodes JSON from strangers.
//
// It takes one value by the letter of RFC 8259 and refuses what decoders commonly let pass and programs
// then disagree about: a name given twice in an object, anything after the value, bytes that are not
// UTF-8, halves of surrogate pairs. Depth and number of values are bounded while reading, so that the
// cost is linear in the input and the memory a small multiple of it. What the value means is left to the
// caller.
package strictjson

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Limits bound one value.
type Limits struct {
	// Depth is how far arrays and objects may nest; 1 allows an object of plain values.
	Depth int
	// Values is how many values there may be in all, at every level.
	Values int
}

// Error says what is wrong with the input, in a sentence for the person who sent it.
type Error struct {
	// Offset is the byte at which the mistake was noticed.
	Offset  int
	Message string
	// TooComplex is true where the input is proper JSON as far as it was read, but exceeds a limit.
	TooComplex bool
}

// Error returns the sentence with its place.
func (e *Error) Error() string { return fmt.Sprintf("%s (at byte %d)", e.Message, e.Offset) }

// longestNumber is enough for every number a float64 or an int64 can tell apart.
const longestNumber = 64

// Decode returns the value in data: a map[string]any, []any, string, json.Number, bool or nil. Errors
// are of type *Error.
func Decode(data []byte, limits Limits) (any, error) {
	if !utf8.Valid(data) {
		return nil, &Error{Offset: firstInvalid(data), Message: "The text is not valid UTF-8"}
	}
	d := decoder{data: data, limits: limits}
	d.space()
	v, err := d.value(0)
	if err != nil {
		return nil, err
	}
	d.space()
	if d.pos < len(d.data) {
		return nil, d.fail("There is something after the end of the JSON value")
	}
	return v, nil
}

type decoder struct {
	data   []byte
	pos    int
	values int
	limits Limits
}

func (d *decoder) value(depth int) (any, error) {
	if d.values++; d.values > d.limits.Values {
		return nil, d.exceed("There are more than %d JSON values", d.limits.Values)
	}
	switch c := d.peek(); {
	case c == '{':
		return d.object(depth + 1)
	case c == '[':
		return d.array(depth + 1)
	case c == '"':
		return d.text()
	case c == '-' || '0' <= c && c <= '9':
		return d.number()
	case c == 't':
		return true, d.literal("true")
	case c == 'f':
		return false, d.literal("false")
	case c == 'n':
		return nil, d.literal("null")
	case d.pos >= len(d.data):
		return nil, d.fail("The JSON ends where a value is expected")
	default:
		return nil, d.fail("A JSON value is expected, not %q", d.rune())
	}
}

func (d *decoder) object(depth int) (any, error) {
	if depth > d.limits.Depth {
		return nil, d.exceed("The JSON nests deeper than %d", d.limits.Depth)
	}
	d.pos++
	d.space()
	fields := map[string]any{}
	if d.take('}') {
		return fields, nil
	}
	for {
		if d.peek() != '"' {
			return nil, d.fail("A name in quotes is expected in the JSON object")
		}
		start := d.pos
		name, err := d.text()
		if err != nil {
			return nil, err
		}
		if _, twice := fields[name]; twice {
			d.pos = start
			return nil, d.fail("The name %q is given twice in one JSON object", clip(name))
		}
		d.space()
		if !d.take(':') {
			return nil, d.fail("A colon is expected after a name in the JSON object")
		}
		d.space()
		if fields[name], err = d.value(depth); err != nil {
			return nil, err
		}
		d.space()
		if d.take('}') {
			return fields, nil
		}
		if !d.take(',') {
			return nil, d.fail("A comma or } is expected in the JSON object")
		}
		d.space()
	}
}

func (d *decoder) array(depth int) (any, error) {
	if depth > d.limits.Depth {
		return nil, d.exceed("The JSON nests deeper than %d", d.limits.Depth)
	}
	d.pos++
	d.space()
	elements := []any{}
	if d.take(']') {
		return elements, nil
	}
	for {
		v, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		elements = append(elements, v)
		d.space()
		if d.take(']') {
			return elements, nil
		}
		if !d.take(',') {
			return nil, d.fail("A comma or ] is expected in the JSON array")
		}
		d.space()
	}
}

func (d *decoder) number() (any, error) {
	start := d.pos
	d.take('-')
	if !d.take('0') && d.digits() == 0 {
		return nil, d.fail("A digit is expected in the JSON number")
	}
	if d.take('.') && d.digits() == 0 {
		return nil, d.fail("A digit is expected after the point of the JSON number")
	}
	if d.take('e') || d.take('E') {
		if !d.take('+') {
			d.take('-')
		}
		if d.digits() == 0 {
			return nil, d.fail("A digit is expected in the exponent of the JSON number")
		}
	}
	if d.pos-start > longestNumber {
		d.pos = start
		return nil, d.exceed("A JSON number has more than %d characters", longestNumber)
	}
	return json.Number(d.data[start:d.pos]), nil
}

func (d *decoder) digits() (n int) {
	for c := d.peek(); '0' <= c && c <= '9'; c = d.peek() {
		d.pos++
		n++
	}
	return n
}

func (d *decoder) literal(word string) error {
	if len(d.data)-d.pos < len(word) || string(d.data[d.pos:d.pos+len(word)]) != word {
		return d.fail("A JSON value is expected, such as true, false or null")
	}
	d.pos += len(word)
	return nil
}

func (d *decoder) space() {
	for d.pos < len(d.data) {
		switch d.data[d.pos] {
		case ' ', '\t', '\n', '\r':
			d.pos++
		default:
			return
		}
	}
}

// peek returns the next byte, or 0 at the end; a 0 in the input is refused wherever it stands.
func (d *decoder) peek() byte {
	if d.pos < len(d.data) {
		return d.data[d.pos]
	}
	return 0
}

func (d *decoder) take(c byte) bool {
	if d.pos < len(d.data) && d.data[d.pos] == c {
		d.pos++
		return true
	}
	return false
}

func (d *decoder) rune() rune {
	r, _ := utf8.DecodeRune(d.data[d.pos:])
	return r
}

func (d *decoder) fail(format string, args ...any) error {
	return &Error{Offset: d.pos, Message: fmt.Sprintf(format, args...)}
}

func (d *decoder) exceed(format string, args ...any) error {
	return &Error{Offset: d.pos, Message: fmt.Sprintf(format, args...), TooComplex: true}
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return len(data)
}

// clip shortens text that is quoted back to its sender.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
