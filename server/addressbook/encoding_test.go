package addressbook_test

import (
	"strconv"
	"unicode/utf16"
)

// forever is a file without end.
type forever struct{}

func (forever) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// latin encodes s in Windows-1252; it holds no character beyond Latin-1.
func latin(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		out = append(out, byte(r))
	}
	return string(out)
}

// utf16LE encodes s in UTF-16 with a byte order mark.
func utf16LE(s string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

func itoa(n int) string { return strconv.Itoa(n) }
