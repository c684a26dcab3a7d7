package querylimit

import (
	"encoding/json"
	"math"
	"strconv"
)

func (u Usage) plus(o Usage) Usage { return Usage{add(u.Nodes, o.Nodes), add(u.Cost, o.Cost)} }
func (u Usage) max(o Usage) Usage  { return Usage{max(u.Nodes, o.Nodes), max(u.Cost, o.Cost)} }

// add and multiply stop at the largest number instead of turning negative. Their operands are not
// negative.
func add(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

func multiply(a, b int64) int64 {
	if b != 0 && a > math.MaxInt64/b {
		return math.MaxInt64
	}
	return a * b
}

// amount writes a count for a person.
func amount(n int64) string {
	if n > 1_000_000_000 {
		return "more than a billion"
	}
	return strconv.FormatInt(n, 10)
}

// wholeNumber reads an Int as literals and coerced variables carry it.
func wholeNumber(v any) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case int:
		return int64(v), true
	case json.Number:
		n, err := strconv.ParseInt(string(v), 10, 64)
		return n, err == nil
	}
	return 0, false
}
