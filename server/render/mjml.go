package render

import (
	"context"
	"strconv"
	"strings"

	"github.com/preslavrachev/gomjml/mjml"
)

// mjmlTurn is held while gomjml renders: it keeps the mj-attributes of the document it works on in a variable of
// its package, so two at a time would mix the looks of two mails, perhaps of two accounts.
var mjmlTurn = make(chan struct{}, 1)

// convert makes the tokens of an MJML body tokens of HTML. Liquid and the HTML inside of components do not pass
// through gomjml: stand-ins of letters and digits do (see skeleton), which it can neither change nor choke on.
func (p *part) convert(ctx context.Context, tokens []token) ([]token, error) {
	s := newSkeleton(tokens)
	if err := s.build(); err != nil {
		return nil, err
	}
	if err := p.checkStructure(s); err != nil {
		return nil, err
	}
	page, err := gomjml(ctx, s.out.String())
	if err != nil {
		return nil, err
	}
	out := assembly{skeleton: s}
	if err := out.expand(page, true); err != nil {
		return nil, err
	}
	out.flush()
	return out.tokens, s.lost()
}

func gomjml(ctx context.Context, source string) (string, error) {
	select {
	case mjmlTurn <- struct{}{}:
		defer func() { <-mjmlTurn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	page, err := mjml.Render(source)
	if page == "" && err != nil {
		return "", mistakef(1, "The MJML cannot be read.") // checkStructure has read the same text
	}
	return page, nil // an error beside a page lists unknown attributes; checkStructure has remarked on them
}

// assembly puts what the stand-ins stand for back into a page.
type assembly struct {
	*skeleton
	tokens []token
	text   strings.Builder // not yet in tokens
	size   int
	// open is the conditional comment for Outlook that the page is in, such as <!--[if mso | IE]>, or "".
	open string
}

// expand adds page, which gomjml made or which stood in a component.
func (a *assembly) expand(page string, made bool) error {
	for {
		before, rest, found := strings.Cut(page, a.mark)
		a.text.WriteString(before)
		if a.size += len(before); a.size > maxRendered {
			return mistakef(1, "The MJML makes more HTML than %d MB.", maxRendered>>20)
		}
		if made {
			a.follow(before)
		}
		if !found {
			return nil
		}
		digits, rest, _ := strings.Cut(rest, standInEnd)
		id, err := strconv.Atoi(digits)
		if err != nil || id >= len(a.hidden) {
			return mistakef(1, "The MJML cannot be read.")
		}
		page = rest
		h := &a.hidden[id]
		h.seen = true
		if h.token.kind != textToken && h.token.kind != verbatimToken {
			a.flush()
			a.tokens = append(a.tokens, h.token)
			continue
		}
		content := h.token.text
		if h.component == "mj-raw" && a.open != "" {
			// gomjml joins the conditional comments of two sections over an <mj-raw> between them, where only
			// Outlook would see it.
			content = "<![endif]-->" + content + a.open
		}
		if err := a.expand(content, false); err != nil {
			return err
		}
	}
}

// follow keeps account of open.
func (a *assembly) follow(page string) {
	open, end := strings.LastIndex(page, "<!--[if mso"), strings.LastIndex(page, "<![endif]-->")
	switch {
	case open > end:
		condition, _, _ := strings.Cut(page[open:], ">")
		a.open = condition + ">"
	case end > open:
		a.open = ""
	}
}

func (a *assembly) flush() {
	if a.text.Len() > 0 {
		a.tokens = append(a.tokens, token{kind: textToken, text: a.text.String()})
		a.text.Reset()
	}
}

// lost names the first thing that MJML has dropped and that its author would miss.
func (s *skeleton) lost() error {
	for _, h := range s.hidden {
		switch {
		case h.seen || h.inComment:
		case h.component != "":
			return mistakef(h.token.line, "The content of <%s> would be lost here.", h.component)
		case h.token.kind == tagToken:
			return mistakef(h.token.line, "%s would be lost here; put it inside of a text or into an <mj-raw>.", excerpt(h.token.source))
		}
	}
	return nil
}
