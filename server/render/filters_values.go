package render

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/osteele/liquid/values"
)

// textOf is how a value is written. What has parts of other kinds is written as nothing.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case []any:
		var b strings.Builder
		for _, item := range v {
			b.WriteString(textOf(item))
		}
		return b.String()
	}
	return ""
}

// numberOf is the number in a value, or 0.
func numberOf(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	case string:
		if f, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f
		}
	}
	return 0
}

// whole makes a number without fraction an int, the kind that ranges and indexes take.
func whole(f float64) any {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return int(f)
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// dividedBy drops the rest where both are whole numbers, as Liquid does.
func dividedBy(v, by any) (any, error) {
	divisor := numberOf(by)
	if divisor == 0 {
		return nil, mistakef(0, "there is no dividing by 0.")
	}
	quotient := numberOf(v) / divisor
	_, decimal := by.(float64)
	if s, ok := by.(string); decimal || ok && strings.Contains(s, ".") {
		return whole(quotient), nil
	}
	return whole(math.Floor(quotient)), nil
}

func modulo(v, by any) (any, error) {
	divisor := numberOf(by)
	if divisor == 0 {
		return nil, mistakef(0, "there is no dividing by 0.")
	}
	return whole(numberOf(v) - divisor*math.Floor(numberOf(v)/divisor)), nil
}

func ceil(v any) any  { return whole(math.Ceil(numberOf(v))) }
func floor(v any) any { return whole(math.Floor(numberOf(v))) }

func round(v, places any) any {
	scale := math.Pow10(max(0, min(10, count(places, 0))))
	return whole(math.Round(numberOf(v)*scale) / scale)
}

// same is equality as case sees it: nothing and an empty text are the same.
func same(a, b any) bool {
	if a == "" {
		a = nil
	}
	if b == "" {
		b = nil
	}
	return values.Equal(a, b)
}

func listOf(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case nil:
		return nil
	}
	return []any{v}
}

func item(v any, i int) any {
	l := listOf(v)
	if i < 0 {
		i += len(l)
	}
	if i < 0 || i >= len(l) {
		return nil
	}
	return l[i]
}

func length(v any) any {
	if l, ok := v.([]any); ok {
		return len(l)
	}
	return utf8.RuneCountInString(textOf(v))
}

// split cuts a text at each separator; a space as separator stands for any run of space, an empty one for nothing.
func split(v, separator any) (any, error) {
	var parts []string
	switch s, sep := textOf(v), textOf(separator); {
	case s == "":
	case sep == " ":
		parts = strings.Fields(s)
	default:
		parts = strings.SplitN(s, sep, maxItems+2)
	}
	if len(parts) > maxItems {
		return nil, mistakef(0, "a list grows longer than %d.", maxItems)
	}
	out := make([]any, len(parts))
	for i, part := range parts {
		out[i] = part
	}
	return out, nil
}

func join(v, separator any) (any, error) {
	sep := " "
	if separator != nil {
		sep = textOf(separator)
	}
	l := listOf(v)
	parts, total := make([]string, len(l)), 0
	for i, item := range l {
		parts[i] = textOf(item)
		if total += len(parts[i]) + len(sep); total > maxText+len(sep) {
			return nil, mistakef(0, "a text grows longer than %d kB.", maxText>>10)
		}
	}
	return strings.Join(parts, sep), nil
}

// sortList sorts numbers before texts, each in their order.
func sortList(v any) any {
	l := slices.Clone(listOf(v))
	slices.SortStableFunc(l, func(a, b any) int {
		_, aText := a.(string)
		_, bText := b.(string)
		switch {
		case aText && bText:
			return cmp.Compare(a.(string), b.(string))
		case aText != bText:
			return map[bool]int{true: 1, false: -1}[aText]
		}
		return cmp.Compare(numberOf(a), numberOf(b))
	})
	return l
}

func uniq(v any) any {
	var out []any
	seen := make(map[string]bool)
	for _, item := range listOf(v) {
		if s := textOf(item); !seen[s] {
			seen[s] = true
			out = append(out, item)
		}
	}
	return out
}
