package csvfile

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/partage-mail/partage/server/fault"
)

// window is how much of a file is read ahead to tell its encoding and its delimiter.
const window = 64 << 10

// text turns the bytes of a file into UTF-8 while they stream through. A byte order mark decides. Without
// one, everything before the first byte beyond ASCII reads alike in UTF-8 and Windows-1252 (what Excel
// writes in western Europe), so the choice waits for that byte and takes what fits the text after it.
type text struct {
	src     *bufio.Reader
	decoded io.Reader // nil until the choice is made
}

// Decode returns the text of a file as UTF-8, whatever its encoding (see the package). A workbook and what is no
// text are an Invalid fault on the field.
func Decode(r io.Reader, field string) (io.Reader, error) {
	src := bufio.NewReaderSize(r, window)
	head, err := src.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	t := &text{src: src}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, fault.Field(field, "This is a workbook, not a CSV file. Open it and save it as CSV.")
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = src.Discard(3)
		t.decoded = src
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		t.decoded = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(src)
		err = nil
	case bytes.IndexByte(head, 0) >= 0:
		return nil, fault.Field(field, "This is not a text file. Save it as CSV, encoded in UTF-8.")
	default:
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Read returns the next bytes as UTF-8. Bytes that are not, in a file that is UTF-8 otherwise, come as they are.
func (t *text) Read(p []byte) (int, error) {
	if t.decoded != nil {
		return t.decoded.Read(p)
	}
	if _, err := t.src.Peek(1); err != nil {
		return 0, err
	}
	buffered, err := t.src.Peek(t.src.Buffered())
	if err != nil {
		return 0, err
	}
	plain := 0
	for plain < len(buffered) && buffered[plain] < utf8.RuneSelf {
		plain++
	}
	if plain > 0 {
		return t.src.Read(p[:min(len(p), plain)])
	}
	ahead, err := t.src.Peek(window)
	if err != nil && err != io.EOF {
		return 0, err
	}
	if t.decoded = t.src; !looksUTF8(ahead) {
		t.decoded = charmap.Windows1252.NewDecoder().Reader(t.src)
	}
	return t.decoded.Read(p)
}

// looksUTF8 reports whether more of the bytes beyond ASCII form UTF-8 sequences than do not. A character
// that the end of b cuts off counts for neither.
func looksUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 && utf8.FullRune(b) {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return good >= bad
}
