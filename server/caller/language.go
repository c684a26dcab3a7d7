package caller

import (
	"context"

	"golang.org/x/text/language"
)

type localeKey struct{}

// Speak returns a context whose answers are said in a language: that of whoever is signed in.
func Speak(ctx context.Context, locale string) context.Context {
	return context.WithValue(ctx, localeKey{}, locale)
}

// Locale returns the language in which the request is answered: that of whoever is signed in, else the one of ours that the
// request asks for first, else English.
func Locale(ctx context.Context) string {
	if locale, ok := ctx.Value(localeKey{}).(string); ok {
		return locale
	}
	tags, _, err := language.ParseAcceptLanguage(From(ctx).Languages)
	if err != nil {
		return "en"
	}
	for _, tag := range tags { // the most wanted first
		if base, _ := tag.Base(); base.String() == "fr" || base.String() == "en" {
			return base.String()
		}
	}
	return "en"
}
