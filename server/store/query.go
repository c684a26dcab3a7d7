package store

import (
	"strconv"
	"strings"

	"entgo.io/ent/dialect"
)

// Rebind turns SQLite's placeholders, ? and ?1, into PostgreSQL's, $1, so that one text serves both. It
// leaves alone what stands in quotes, dollar quotes and comments. For SQLite it returns the query as it
// is. As in SQLite, a ? without a number is the one after the largest so far.
//
// PostgreSQL's operators that contain a question mark cannot be written: use their functions, such as
// jsonb_exists.
func Rebind(dialectName, query string) string {
	if dialectName != dialect.Postgres || !strings.Contains(query, "?") {
		return query
	}
	var b strings.Builder
	b.Grow(len(query) + 16)
	largest := 0
	for i := 0; i < len(query); {
		if next := skip(query, i); next > i {
			b.WriteString(query[i:next])
			i = next
			continue
		}
		if query[i] != '?' {
			b.WriteByte(query[i])
			i++
			continue
		}
		i++
		start := i
		for i < len(query) && '0' <= query[i] && query[i] <= '9' {
			i++
		}
		n, err := strconv.Atoi(query[start:i])
		if err != nil {
			n = largest + 1
		}
		largest = max(largest, n)
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// reads reports whether a query only reads: it is a SELECT or VALUES, or a WITH that leads to one of
// them. Where it cannot tell, it says false.
func reads(query string) bool {
	depth, first := 0, true
	for i := 0; i < len(query); {
		if next := skip(query, i); next > i {
			i = next
			continue
		}
		if end := word(query, i); end > i {
			if depth == 0 {
				switch w := strings.ToUpper(query[i:end]); {
				case w == "SELECT", w == "VALUES":
					return true
				case w == "INSERT", w == "UPDATE", w == "DELETE", w == "REPLACE", w == "MERGE", first && w != "WITH":
					return false
				}
				first = false
			}
			i = end
			continue
		}
		switch query[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		i++
	}
	return false
}

// word returns the end of the name or keyword at i, or i where there is none.
func word(query string, i int) int {
	for start := i; i < len(query); i++ {
		c := query[i]
		letter := c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80
		if !letter && (i == start || c < '0' || c > '9') {
			break
		}
	}
	return i
}

// skip returns the end of the quoted text or comment that begins at i, or i where none does. What is not
// closed goes to the end. A doubled quote is two texts side by side, which comes to the same.
func skip(query string, i int) int {
	rest := query[i:]
	var opening, closing string
	switch {
	case rest[0] == '\'', rest[0] == '"', rest[0] == '`':
		opening, closing = rest[:1], rest[:1]
		if escapes(query, i) {
			return i + escaped(rest)
		}
	case strings.HasPrefix(rest, "--"):
		opening, closing = "--", "\n"
	case strings.HasPrefix(rest, "/*"):
		opening, closing = "/*", "*/"
	case rest[0] == '$':
		tag := word(query, i+1)
		if tag == len(query) || query[tag] != '$' {
			return i
		}
		opening, closing = query[i:tag+1], query[i:tag+1]
	default:
		return i
	}
	end := strings.Index(rest[len(opening):], closing)
	if end < 0 {
		return len(query)
	}
	return i + len(opening) + end + len(closing)
}

// escapes reports whether the quote at i opens PostgreSQL's E'…', in which a backslash escapes.
func escapes(query string, i int) bool {
	return query[i] == '\'' && i > 0 && query[i-1]|0x20 == 'e' && (i == 1 || word(query, i-2) == i-2)
}

// escaped returns the length of the text in quotes that rest begins with, with backslashes in it.
func escaped(rest string) int {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '\'':
			return i + 1
		}
	}
	return len(rest)
}
