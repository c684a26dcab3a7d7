package strictjson

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string; the input is known to be valid UTF-8.
func (d *decoder) text() (string, error) {
	d.pos++
	start := d.pos
	for d.pos < len(d.data) {
		switch c := d.data[d.pos]; {
		case c == '"':
			s := string(d.data[start:d.pos])
			d.pos++
			return s, nil
		case c == '\\':
			return d.escaped(d.data[start:d.pos])
		case c < 0x20:
			return "", d.fail("A control character in a JSON string must be escaped")
		default:
			d.pos++
		}
	}
	return "", d.fail("The JSON ends within a string")
}

// escaped reads the rest of a string that has an escape, after what was read before it.
func (d *decoder) escaped(before []byte) (string, error) {
	var out bytes.Buffer
	out.Write(before)
	for d.pos < len(d.data) {
		switch c := d.data[d.pos]; {
		case c == '"':
			d.pos++
			return out.String(), nil
		case c == '\\':
			r, err := d.escape()
			if err != nil {
				return "", err
			}
			out.WriteRune(r)
		case c < 0x20:
			return "", d.fail("A control character in a JSON string must be escaped")
		default:
			out.WriteByte(c)
			d.pos++
		}
	}
	return "", d.fail("The JSON ends within a string")
}

func (d *decoder) escape() (rune, error) {
	start := d.pos
	d.pos++
	c := d.peek()
	d.pos++
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
		r, ok := d.hex()
		if ok && utf16.IsSurrogate(r) {
			var low rune
			if ok = d.take('\\') && d.take('u'); ok {
				if low, ok = d.hex(); ok {
					r = utf16.DecodeRune(r, low)
					ok = r != utf8.RuneError
				}
			}
		}
		if ok {
			return r, nil
		}
	}
	d.pos = start
	return 0, d.fail("An escape in a JSON string is not valid")
}

func (d *decoder) hex() (rune, bool) {
	if len(d.data)-d.pos < 4 {
		return 0, false
	}
	var r rune
	for _, c := range d.data[d.pos : d.pos+4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	d.pos += 4
	return r, true
}
