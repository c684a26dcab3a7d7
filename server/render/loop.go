package render

import (
	"errors"
	"maps"
	"slices"
)

type loopNode struct {
	name            string
	over            value
	offset, limit   value // without an expression where absent
	reversed        bool
	body, otherwise []node
}

// sequence is what can be looped over; the ranges of the expression parser are sequences.
type sequence interface {
	Len() int
	Index(int) any
}

func (n *loopNode) run(r *run) error {
	over, err := r.eval(n.over)
	if err != nil {
		return err
	}
	items := sequenceOf(over)
	first, err := n.modifier(r, n.offset, 0)
	if err != nil {
		return err
	}
	length := max(0, items.Len())
	first = min(max(0, first), length)
	count, err := n.modifier(r, n.limit, length)
	if err != nil {
		return err
	}
	count = min(max(0, count), length-first)
	if count == 0 {
		return r.all(n.otherwise)
	}
	outerItem, outerLoop := r.bindings[n.name], r.bindings["forloop"]
	defer func() { r.bindings[n.name], r.bindings["forloop"] = outerItem, outerLoop }()
	for i := range count {
		at := first + i
		if n.reversed {
			at = first + count - 1 - i
		}
		item := items.Index(at)
		if item == "" {
			item = nil
		}
		r.bindings[n.name] = item
		r.bindings["forloop"] = map[string]any{
			"first": i == 0, "last": i == count-1, "index": i + 1, "index0": i,
			"rindex": count - i, "rindex0": count - 1 - i, "length": count,
		}
		if err := r.step(1); err != nil {
			return err
		}
		if err := r.all(n.body); errors.Is(err, errBreak) {
			return nil
		} else if err != nil && !errors.Is(err, errContinue) {
			return err
		}
	}
	return nil
}

// modifier evaluates an offset or limit.
func (n *loopNode) modifier(r *run, v value, absent int) (int, error) {
	if v.expression == nil {
		return absent, nil
	}
	got, err := r.eval(v)
	if err != nil || got == nil {
		return absent, err
	}
	return int(numberOf(got)), nil
}

// sequenceOf returns what a loop goes through; of what has no parts, nothing.
func sequenceOf(v any) sequence {
	switch v := v.(type) {
	case sequence:
		return v
	case []any:
		return list(v)
	case map[string]string:
		var pairs list
		for _, key := range slices.Sorted(maps.Keys(v)) {
			pairs = append(pairs, []any{key, v[key]})
		}
		return pairs
	}
	return list(nil)
}

type list []any

// Len is how many items there are.
func (l list) Len() int { return len(l) }

// Index returns one.
func (l list) Index(i int) any { return l[i] }

// jumpNode is a break or continue.
type jumpNode struct{ stop bool }

func (n *jumpNode) run(*run) error {
	if n.stop {
		return errBreak
	}
	return errContinue
}

var (
	errBreak    = errors.New("break")
	errContinue = errors.New("continue")
)
