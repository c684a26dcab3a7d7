package csvfile

import "strings"

// Mark begins a file that says it is UTF-8: without it, spreadsheets take the file for Windows-1252.
const Mark = "\ufeff"

// AppendRow adds a row to b, separated by commas and ended by CR LF (RFC 4180), that this package reads back as
// the same values, with [Unguard] around each. Values that a spreadsheet would run as a formula get an
// apostrophe before them; telephone numbers and amounts that begin with + or - do not.
func AppendRow(b []byte, values ...string) []byte {
	for i, value := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendValue(b, value)
	}
	return append(b, '\r', '\n')
}

// Unguard returns a value without the apostrophe that keeps a spreadsheet from running it.
func Unguard(value string) string {
	if strings.HasPrefix(value, "'") && active(value) {
		return value[1:]
	}
	return value
}

func appendValue(b []byte, value string) []byte {
	guard := active(value) && !harmless(value)
	quote := strings.ContainsAny(value, ",;\t\"\r\n") || strings.HasPrefix(value, " ") || strings.HasSuffix(value, " ")
	if quote {
		b = append(b, '"')
	}
	if guard {
		b = append(b, '\'')
	}
	if !quote {
		return append(b, value...)
	}
	b = append(b, strings.ReplaceAll(value, `"`, `""`)...)
	return append(b, '"')
}

// active reports whether a value, without apostrophes before it, begins as a formula does.
func active(value string) bool {
	value = strings.TrimLeft(value, "'")
	return value != "" && strings.ContainsRune("=+-@\t\r\n", rune(value[0]))
}

// harmless reports whether a value that is active is a telephone number or an amount, or at worst a sum.
func harmless(value string) bool {
	return (value[0] == '+' || value[0] == '-') && strings.Trim(value, "+-0123456789x .,()/\u00a0\u202f") == ""
}
