package render

import (
	"context"
	"errors"
	"html"
	"strings"

	"github.com/osteele/liquid/expressions"

	"github.com/partage-mail/partage/server/fault"
)

const (
	maxRendered = 4 << 20   // bytes of a rendered body
	maxSteps    = 50_000    // of a rendering
	maxHeld     = 256 << 10 // bytes that variables may hold together
	longText    = 4 << 10   // bytes that a step goes through
)

// template is a compiled subject, preheader or body.
type template struct {
	field  string
	nodes  []node
	most   int // bytes it may render
	size   int // bytes it is likely to render
	config expressions.Config
}

// render runs the template with bindings, which it changes.
func (t *template) render(ctx context.Context, preheader string, bindings map[string]any) (out string, err error) {
	if len(t.nodes) == 0 {
		return "", ctx.Err()
	}
	r := &run{
		ctx: ctx, preheader: preheader, most: t.most, out: new(strings.Builder),
		bindings: bindings, scope: expressions.NewContext(bindings, t.config),
	}
	r.out.Grow(t.size)
	defer func() {
		if p := recover(); p != nil {
			out, err = "", fault.Field(t.field, "Line %d: this cannot be computed.", r.line)
		}
	}()
	if err := r.all(t.nodes); err != nil {
		var m *mistake
		if errors.As(err, &m) {
			return "", m.fault(t.field)
		}
		return "", err
	}
	return r.out.String(), nil
}

// run is one rendering.
type run struct {
	ctx       context.Context
	preheader string
	bindings  map[string]any
	scope     expressions.Context
	out       *strings.Builder
	most      int // bytes that may still be written, captures included
	steps     int
	held      int            // by assigned and captured variables
	sizes     map[string]int // of each
	line      int            // of what runs
	cycles    map[string]int
}

// node is a piece of a template.
type node interface{ run(*run) error }

func (r *run) all(nodes []node) error {
	for _, n := range nodes {
		if err := r.step(1); err != nil {
			return err
		}
		if err := n.run(r); err != nil {
			return err
		}
	}
	return nil
}

// step counts work and stops what does too much of it.
func (r *run) step(cost int) error {
	before := r.steps
	if r.steps += cost; r.steps > maxSteps {
		return mistakef(r.line, "The template does more than a mail may (more than %d steps).", maxSteps)
	}
	if before>>7 != r.steps>>7 || before == 0 {
		return r.ctx.Err()
	}
	return nil
}

// write adds to the output, escaped for HTML where asked.
func (r *run) write(s string, escape bool) error {
	if escape {
		s = html.EscapeString(s)
	}
	if r.most -= len(s); r.most < 0 {
		return mistakef(r.line, "The template writes more than a mail may hold.")
	}
	r.out.WriteString(s)
	return nil
}

// eval evaluates an expression.
func (r *run) eval(v value) (any, error) {
	r.line = v.line
	// What works on long texts is dear: a filter may go through all that variables hold.
	if err := r.step(v.cost * (1 + r.held/longText)); err != nil {
		return nil, err
	}
	out, err := v.expression.Evaluate(r.scope)
	if err != nil {
		return nil, &mistake{v.line, reason(err)}
	}
	return out, nil
}

// reason words why an expression cannot be evaluated, without the values in it: they are a contact's.
func reason(err error) *fault.Fault {
	var m *mistake
	if filter := (expressions.FilterError{}); errors.As(err, &filter) {
		if errors.As(filter.Err, &m) {
			return because("%s: %s", filter.FilterName, m.said)
		}
		return because("The filter %s has values that it cannot work with.", filter.FilterName)
	}
	return because("This is computed from values of the wrong kind.")
}

// set gives a variable a value, and keeps account of how much all hold.
func (r *run) set(name string, v any, line int) error {
	if v == "" {
		v = nil
	}
	if r.sizes == nil {
		r.sizes = make(map[string]int)
	}
	r.held += size(v) - r.sizes[name]
	if r.sizes[name] = size(v); r.held > maxHeld {
		return mistakef(line, "The variables hold more than %d kB together.", maxHeld>>10)
	}
	r.bindings[name] = v
	return nil
}

// size is about how much memory a value takes.
func size(v any) int {
	switch v := v.(type) {
	case string:
		return len(v)
	case []any:
		n := 0
		for _, item := range v {
			n += 16 + size(item)
		}
		return n
	}
	return 0
}
