package caller_test

import (
	"testing"

	"github.com/partage-mail/partage/server/caller"
)

func TestLocale(t *testing.T) {
	for languages, want := range map[string]string{
		"":                              "en",
		"fr":                            "fr",
		"fr-CA,fr;q=0.9,en;q=0.8":       "fr",
		"en-GB,en;q=0.9,fr;q=0.8":       "en",
		"de-DE,de;q=0.9,fr;q=0.5,en":    "en",
		"de-DE,de;q=0.9,fr;q=0.5":       "fr",
		"en;q=0.3, fr;q=0.7":            "fr",
		"de, it;q=0.9":                  "en",
		"*":                             "en",
		"no language; at all,,,;q=1;q=": "en",
	} {
		ctx := caller.NewContext(t.Context(), caller.Caller{Languages: languages}, nil)
		if got := caller.Locale(ctx); got != want {
			t.Errorf("a request that asks for %q is answered in %q", languages, got)
		}
		for _, locale := range []string{"en", "fr"} { // whoever is signed in has chosen
			if got := caller.Locale(caller.Speak(ctx, locale)); got != locale {
				t.Errorf("somebody who reads %q and asks for %q is answered in %q", locale, languages, got)
			}
		}
	}
	if got := caller.Locale(t.Context()); got != "en" {
		t.Errorf("outside of a request it is %q", got)
	}
}
