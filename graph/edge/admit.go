package edge

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/partage-mail/partage/graph/edge/querylimit"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// admit returns the validated document of a text, if the caller may ask for what is in it. The order
// matters: each check makes the next one safe. Whoever is not signed in is told nothing of the schema.
func (s *Server) admit(ctx context.Context, text string) (*ast.QueryDocument, gqlerror.List) {
	_, signedIn := s.config.Session(ctx)
	if doc := s.documents.get(text); doc != nil {
		if !signedIn {
			if err := s.gate(ctx, doc); err != nil {
				return nil, gqlerror.List{err}
			}
		}
		return doc, nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, s.limits.Tokens)
	if err != nil {
		return nil, s.unreadable(err)
	}
	if len(doc.Operations) == 0 {
		return nil, gqlerror.List{refusal(nil, fault.Field("query", "The document holds no operation."))}
	}
	weight, refused := querylimit.Precheck(doc, s.limits.Document)
	if refused != nil {
		return nil, gqlerror.List{refused}
	}
	if !signedIn {
		if refused := s.gate(ctx, doc); refused != nil {
			return nil, gqlerror.List{refused}
		}
	}
	if errs := validator.ValidateWithRules(s.schema.Schema(), doc, s.rules); len(errs) > 0 {
		if !signedIn {
			return nil, gqlerror.List{refusal(nil, fault.New(fault.Invalid, "The document does not fit the schema. Sign in to be told why."))}
		}
		return nil, blame(errs)
	}
	s.documents.put(text, doc, weight)
	return doc, nil
}

// gate refuses what callers who are not signed in may not run. It looks at every operation of the
// document, since validation would look at every one too.
func (s *Server) gate(ctx context.Context, doc *ast.QueryDocument) *gqlerror.Error {
	for _, op := range doc.Operations {
		if len(op.SelectionSet) == 1 {
			if f, ok := op.SelectionSet[0].(*ast.Field); ok && s.public[string(op.Operation)+" "+f.Name] {
				continue
			}
		}
		if f := fault.As(caller.From(ctx).Refusal); f != nil {
			return refusal(op.Position, f)
		}
		return refusal(op.Position, fault.New(fault.Unauthenticated, "Sign in first."))
	}
	return nil
}

// publicFields are those by which people come in.
func publicFields() []string {
	return []string{
		"mutation signUp", "mutation logIn", "mutation logOut", "mutation requestPasswordReset", "mutation resetPassword",
		"query invitationLink", "mutation acceptInvitation", "query entrance",
	}
}

func (s *Server) unreadable(err error) gqlerror.List {
	list := gqlerror.List{gqlerror.Wrap(err)}
	if e, ok := err.(*gqlerror.Error); ok {
		list[0] = e
		// The parser's error for too many tokens is the only one that has no place.
		if len(e.Locations) == 0 {
			return gqlerror.List{refusal(nil, fault.New(fault.TooComplex, "A document may have at most %d tokens.", s.limits.Tokens))}
		}
	}
	return blame(list)
}

// blame makes the caller's mistakes of what parser and validator say.
func blame(errs gqlerror.List) gqlerror.List {
	for _, e := range errs {
		e.Message = clip(e.Message)
		e.Err = fault.New(fault.Invalid, "%s", e.Message)
	}
	return errs
}

// refusal returns a fault with its place in the document.
func refusal(at *ast.Position, f *fault.Fault) *gqlerror.Error {
	e := &gqlerror.Error{Err: f, Message: f.Message}
	if at != nil {
		e.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	return e
}

// validationRules are those of the specification, without guesses at what was meant: they would take
// time for long names and tell of fields that were not asked for.
func validationRules() *rules.Rules {
	r := rules.NewDefaultRules()
	r.ReplaceRule(rules.FieldsOnCorrectTypeRule.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.ScalarLeafsRule.Name, rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	return r
}
