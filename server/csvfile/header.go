package csvfile

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode"

	"github.com/partage-mail/partage/server/fold"
)

// Words returns the words of a header in the form in which headers are compared: without case, accents and
// signs, one space between them.
func Words(header string) string {
	return strings.Join(strings.FieldsFunc(fold.Fold(header), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// Person returns what a header says of a person, in English or French: email, first_name or last_name, or "".
func Person(header string) string {
	switch Words(header) {
	case "email", "e mail", "mail", "email address", "e mail address", "mail address", "email 1", "contact email",
		"courriel", "adresse email", "adresse e mail", "adresse mail", "adresse electronique", "adresse courriel":
		return "email"
	case "first name", "firstname", "given name", "givenname", "forename", "fname", "contact first name",
		"prenom", "prenoms", "prenom s":
		return "first_name"
	case "last name", "lastname", "surname", "family name", "familyname", "lname", "contact last name",
		"nom", "nom de famille", "nom famille":
		return "last_name"
	}
	return ""
}

// delimiter finds what separates the values of a file: the comma, semicolon or tab that the header line has
// most of, or what a first line such as "sep=;" (written by Excel) names. That line is consumed and counted.
func delimiter(r *bufio.Reader) (comma rune, lines int, err error) {
	head, err := r.Peek(window)
	if err != nil && err != io.EOF {
		return 0, 0, err
	}
	for _, c := range ",;\t" {
		for _, end := range []string{"\n", "\r\n"} {
			if first := "sep=" + string(c) + end; bytes.HasPrefix(head, []byte(first)) {
				_, err := r.Discard(len(first))
				return c, 1, err
			}
		}
	}
	comma, quoted, counts := ',', false, map[byte]int{}
	for _, c := range head {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			return comma, 0, nil
		case c == ',' || c == ';' || c == '\t':
			if counts[c]++; counts[c] > counts[byte(comma)] {
				comma = rune(c)
			}
		}
	}
	return comma, 0, nil
}
