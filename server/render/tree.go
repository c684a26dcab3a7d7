package render

import (
	"slices"
	"strings"

	"github.com/osteele/liquid/expressions"
)

// maxNesting is how deep blocks may stand in each other.
const maxNesting = 50

// template makes tokens a template.
func (p *part) template(tokens []token, most int) (*template, error) {
	b := builder{part: p, tokens: tokens}
	nodes, end, err := b.block(0)
	if err == nil && end.name != "" {
		err = mistakef(end.line, "%s has nothing to end or divide here.", excerpt(end.source))
	}
	if err != nil {
		return nil, p.fault(err)
	}
	t := &template{field: p.field, nodes: nodes, most: most, size: likely(tokens)}
	for name, filter := range p.filters {
		t.config.AddFilter(name, filter)
	}
	return t, nil
}

// likely is about how many bytes tokens become: their text, and a word for each of the others.
func likely(tokens []token) int {
	n := 0
	for _, t := range tokens {
		n += 20
		if t.kind == textToken {
			n += len(t.text)
		}
	}
	return n
}

// builder makes tokens a tree.
type builder struct {
	*part
	tokens []token
	loops  int
}

// block reads nodes until a tag that ends or divides a block, which it returns; its name is empty at the end.
func (b *builder) block(depth int) (nodes []node, end token, err error) {
	for len(b.tokens) > 0 {
		t := b.tokens[0]
		b.tokens = b.tokens[1:]
		var n node
		switch t.kind {
		case textToken, verbatimToken:
			n = textNode(t.text)
		case preheaderToken:
			n = preheaderNode{}
		case outputToken:
			n = b.output(t)
		case tagToken:
			if divides(t.name) {
				return nodes, t, nil
			}
			if n, err = b.tag(t, depth); err != nil {
				return nil, end, err
			}
		}
		nodes = append(nodes, n)
	}
	return nodes, end, nil
}

// divides reports whether a tag ends a block or a part of one.
func divides(name string) bool {
	return strings.HasPrefix(name, "end") || slices.Contains([]string{"else", "elsif", "when"}, name)
}

// output makes an output a node; scan has found it sound.
func (b *builder) output(t token) node {
	e, _ := examine(t.text, t.line, b.filters)
	v, _ := e.value()
	escape := b.escape
	switch e.lastFilter() {
	case "raw", "escape", "escape_once", "newline_to_br":
		escape = false
	}
	if path := e.path(); len(path) == 1 && b.captured[path[0]] && !b.assigned[path[0]] {
		escape = false // what it captured was escaped piece by piece
	}
	return &outputNode{value: v, escape: escape}
}

// tag makes a tag, with its block where it has one, a node.
func (b *builder) tag(t token, depth int) (node, error) {
	if depth > maxNesting {
		return nil, mistakef(t.line, "Blocks stand more than %d deep in each other.", maxNesting)
	}
	switch t.name {
	case "if", "unless":
		return b.conditional(t, depth)
	case "case":
		return b.choice(t, depth)
	case "for":
		return b.loop(t, depth)
	case "assign":
		e, err := b.statement(t)
		if err != nil {
			return nil, err
		}
		parsed, perr := expressions.ParseStatement(expressions.AssignStatementSelector, e.canonical)
		if perr != nil || parsed.Assignment.ValueFn == nil || e.hasRange() || reserved(parsed.Assignment.Variable) {
			return nil, unreadable(t)
		}
		return &assignNode{name: parsed.Assignment.Variable, value: value{parsed.Assignment.ValueFn, e.cost, t.line}}, nil
	case "capture":
		name := strings.Trim(t.text, `'"`)
		if lexemes, ok := lex(name); !ok || len(lexemes) != 1 || lexemes[0].class != wordLexeme || reserved(name) {
			return nil, unreadable(t)
		}
		body, err := b.until(t, depth, "endcapture")
		return &captureNode{name: name, body: body, line: t.line}, err
	case "cycle":
		return b.cycle(t)
	case "break", "continue":
		if b.loops == 0 {
			return nil, mistakef(t.line, "{%% %s %%} stands outside of a loop.", t.name)
		}
		return &jumpNode{stop: t.name == "break"}, nil
	case "include", "render", "layout", "import", "extends":
		return nil, mistakef(t.line, "%s: a mail cannot take in other files.", excerpt(t.source))
	}
	return nil, mistakef(t.line, "%s is no tag. The tags are if, unless, case, for, assign, capture, cycle, comment and raw.", excerpt(t.source))
}

// reserved reports whether a name belongs to the language or to the mail.
func reserved(name string) bool {
	return isOperator(name) || slices.Contains([]string{"contact", "sender", "unsubscribe_url", "forloop", "blank", "empty"}, name)
}

func unreadable(t token) error { return mistakef(t.line, "%s cannot be read.", excerpt(t.source)) }

// statement looks the arguments of a tag through.
func (b *builder) statement(t token) (expr, error) {
	e, why := examine(t.text, t.line, b.filters)
	if why != nil {
		return e, mistakef(t.line, "%s %s.", excerpt(t.source), why)
	}
	if i := slices.Index(e.filters, "raw"); i >= 0 {
		return e, mistakef(t.line, "%s: raw belongs at the end of an output.", excerpt(t.source))
	}
	if why := b.unknown(e); why != nil {
		b.remark(t.line, true, "%s %s.", excerpt(t.source), why)
	}
	return e, nil
}

// until reads the block of a tag that only its own end tag may end.
func (b *builder) until(t token, depth int, end string) ([]node, error) {
	body, last, err := b.block(depth + 1)
	if err == nil {
		err = ends(t, last, end)
	}
	return body, err
}

// ends checks that a block that began with t ends with the tag it must.
func ends(t, last token, want ...string) error {
	switch {
	case slices.Contains(want, last.name):
		return nil
	case last.name == "":
		return mistakef(t.line, "%s is not ended by {%% end%s %%}.", excerpt(t.source), t.name)
	}
	return mistakef(last.line, "%s does not belong to %s in line %d.", excerpt(last.source), excerpt(t.source), t.line)
}
