package render

import "github.com/osteele/liquid/expressions"

// conditional reads an if or unless.
func (b *builder) conditional(t token, depth int) (node, error) {
	out := &conditionalNode{}
	for at := t; ; {
		branch := branch{negate: at.name == "unless"}
		if at.name != "else" {
			condition, err := b.condition(at)
			if err != nil {
				return nil, err
			}
			branch.condition = &condition
		}
		body, last, err := b.block(depth + 1)
		if err != nil {
			return nil, err
		}
		branch.body = body
		out.branches = append(out.branches, branch)
		want := []string{"end" + t.name, "elsif", "else"}
		if at.name == "else" {
			want = want[:1]
		}
		if err := ends(t, last, want...); err != nil {
			return nil, err
		}
		if last.name == want[0] {
			return out, nil
		}
		at = last
	}
}

func (b *builder) condition(t token) (value, error) {
	e, err := b.statement(t)
	if err != nil {
		return value{}, err
	}
	v, ok := e.value()
	if !ok {
		return value{}, unreadable(t)
	}
	return v, nil
}

// choice reads a case.
func (b *builder) choice(t token, depth int) (node, error) {
	subject, err := b.condition(t)
	if err != nil {
		return nil, err
	}
	out := &choiceNode{subject: subject}
	_, at, err := b.block(depth + 1) // what stands before the first when is never shown
	for err == nil {
		if err = ends(t, at, "when", "else", "endcase"); err != nil || at.name == "endcase" {
			return out, err
		}
		at, err = b.option(out, at, depth)
	}
	return nil, err
}

// option reads one when or else of a case, and returns the tag after it.
func (b *builder) option(out *choiceNode, t token, depth int) (token, error) {
	o := option{}
	if t.name == "when" {
		e, err := b.statement(t)
		if err != nil {
			return t, err
		}
		for i, l := range e.lexemes {
			if l.text == "or" {
				e.lexemes[i] = lexeme{signLexeme, ","}
			}
		}
		parsed, perr := expressions.ParseStatement(expressions.WhenStatementSelector, canonical(e.lexemes))
		if perr != nil || len(parsed.When.Exprs) == 0 || e.hasRange() {
			return t, unreadable(t)
		}
		for _, expression := range parsed.When.Exprs {
			o.values = append(o.values, value{expression, e.cost, t.line})
		}
	}
	body, last, err := b.block(depth + 1)
	o.body = body
	out.options = append(out.options, o)
	return last, err
}

// loop reads a for.
func (b *builder) loop(t token, depth int) (node, error) {
	e, err := b.statement(t)
	if err != nil {
		return nil, err
	}
	parsed, perr := expressions.ParseStatement(expressions.LoopStatementSelector, e.canonical)
	if perr != nil || parsed.Loop.Expr == nil || parsed.Loop.Cols != nil || reserved(parsed.Loop.Variable) {
		return nil, unreadable(t)
	}
	out := &loopNode{
		name: parsed.Loop.Variable, over: value{parsed.Loop.Expr, e.cost, t.line}, reversed: parsed.Loop.Reversed,
		offset: value{parsed.Loop.Offset, 1, t.line}, limit: value{parsed.Loop.Limit, 1, t.line},
	}
	b.loops++
	body, last, err := b.block(depth + 1)
	b.loops--
	if err != nil {
		return nil, err
	}
	out.body = body
	if err := ends(t, last, "endfor", "else"); err != nil {
		return nil, err
	}
	if last.name == "else" {
		out.otherwise, err = b.until(t, depth, "endfor")
	}
	return out, err
}

// cycle reads a cycle.
func (b *builder) cycle(t token) (node, error) {
	e, err := b.statement(t)
	if err != nil {
		return nil, err
	}
	parsed, perr := expressions.ParseStatement(expressions.CycleStatementSelector, e.canonical)
	if perr != nil || len(parsed.Cycle.Values) == 0 {
		return nil, unreadable(t)
	}
	group := parsed.Cycle.Group
	if group == "" {
		group = e.canonical
	}
	return &cycleNode{group: group, values: parsed.Cycle.Values, escape: b.escape}, nil
}
