package render

import "strings"

type textNode string

func (n textNode) run(r *run) error { return r.write(string(n), false) }

// preheaderNode is where the preheader stands.
type preheaderNode struct{}

func (preheaderNode) run(r *run) error { return r.write(r.preheader, false) }

type outputNode struct {
	value  value
	escape bool
}

func (n *outputNode) run(r *run) error {
	v, err := r.eval(n.value)
	if err != nil {
		return err
	}
	return r.write(textOf(v), n.escape)
}

type assignNode struct {
	name  string
	value value
}

func (n *assignNode) run(r *run) error {
	v, err := r.eval(n.value)
	if err != nil {
		return err
	}
	return r.set(n.name, v, n.value.line)
}

type captureNode struct {
	name string
	body []node
	line int
}

func (n *captureNode) run(r *run) error {
	outer := r.out
	r.out = new(strings.Builder)
	err := r.all(n.body)
	captured := r.out.String()
	if r.out = outer; err != nil {
		return err
	}
	return r.set(n.name, captured, n.line)
}

// conditionalNode is an if or unless.
type conditionalNode struct{ branches []branch }

type branch struct {
	condition *value // nil for else
	negate    bool
	body      []node
}

func (n *conditionalNode) run(r *run) error {
	for _, b := range n.branches {
		holds := true
		if b.condition != nil {
			v, err := r.eval(*b.condition)
			if err != nil {
				return err
			}
			holds = truth(v) != b.negate
		}
		if holds {
			return r.all(b.body)
		}
	}
	return nil
}

// truth is what a condition makes of a value: nothing, false and an empty text do not hold.
func truth(v any) bool { return v != nil && v != false && v != "" }

// choiceNode is a case.
type choiceNode struct {
	subject value
	options []option
}

type option struct {
	values []value // none for else
	body   []node
}

func (n *choiceNode) run(r *run) error {
	subject, err := r.eval(n.subject)
	if err != nil {
		return err
	}
	for _, o := range n.options {
		matches := len(o.values) == 0
		for _, candidate := range o.values {
			v, err := r.eval(candidate)
			if err != nil {
				return err
			}
			matches = matches || same(subject, v)
		}
		if matches {
			return r.all(o.body)
		}
	}
	return nil
}

type cycleNode struct {
	group  string
	values []string
	escape bool
}

func (n *cycleNode) run(r *run) error {
	if r.cycles == nil {
		r.cycles = make(map[string]int)
	}
	i := r.cycles[n.group]
	r.cycles[n.group] = i + 1
	return r.write(n.values[i%len(n.values)], n.escape)
}
