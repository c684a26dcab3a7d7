package fault_test

import (
	"errors"
	"testing"

	"github.com/partage-mail/partage/server/fault"
)

// people are said in a language of their own.
type people struct{}

func (people) String() string { return "Anna and Bruno" }

func (people) In(locale string) string {
	if locale == fault.French {
		return "Anna et Bruno"
	}
	return "Anna and Bruno"
}

func TestIn(t *testing.T) {
	changed := fault.New(fault.Exhausted, "Too many tries. Come back in %d minutes.", 1)
	changed.Message = "Too many tries. Come back in a minute."
	address := fault.New(fault.Invalid, "An email address has at most %d characters.", 254)
	for name, c := range map[string]struct {
		fault      *fault.Fault
		en, french string
	}{
		"a sentence": {fault.New(fault.Unauthenticated, "Sign in first."), "Sign in first.", "Connectez-vous d’abord."},
		"numbers": {fault.New(fault.Invalid, "There is no version %d; the newest is %d.", 7, 3),
			"There is no version 7; the newest is 3.", "Il n’y a pas de version 7\u202f; la plus récente est la version 3."},
		"a name stays as it is": {fault.New(fault.Invalid, "%s does not see %q. Give them access first.", "campaign", "person"),
			`campaign does not see "person". Give them access first.`, "campaign ne voit pas «\u202fperson\u202f». Donnez-lui d’abord l’accès."},
		"a word": {fault.Missing("campaign"), "There is no such campaign, or it is not shared with you.",
			"Nous ne trouvons pas cette campagne parmi ce qui est partagé avec vous."},
		"a word nobody knows": {fault.Missing("ox"), "There is no such ox, or it is not shared with you.",
			"Nous ne trouvons pas ox parmi ce qui est partagé avec vous."},
		"what has words of its own": {fault.Field("collaborators", "Owners and the item's creator keep it: %s cannot be removed.", people{}),
			"Owners and the item's creator keep it: Anna and Bruno cannot be removed.",
			"Les propriétaires et la personne qui a créé l’élément le conservent\u00a0: il n’est pas possible de retirer Anna et Bruno."},
		"a fault within": {fault.Field("email", "%s", address), "An email address has at most 254 characters.", "Une adresse e-mail compte au plus 254 caractères."},
		"a fault before more": {fault.New(fault.Invalid, "%s Before that, %d rows were added and %d updated.", address, 1, 2),
			"An email address has at most 254 characters. Before that, 1 rows were added and 2 updated.",
			"Une adresse e-mail compte au plus 254 caractères. Avant cela, 1 lignes ont été ajoutées et 2 mises à jour."},
		"signs":                        {fault.New(fault.Invalid, "{%% is not closed by %%}."), "{% is not closed by %}.", "{% n’est pas fermé par %}."},
		"one that was said anew":       {changed, "Too many tries. Come back in a minute.", "Trop d’essais. Revenez dans une minute."},
		"one that was made by hand":    {&fault.Fault{Message: "Sign in first."}, "Sign in first.", "Connectez-vous d’abord."},
		"one that has no French":       {fault.New(fault.Invalid, "Oxen are %d.", 2), "Oxen are 2.", "Oxen are 2."},
		"one with a percent of itself": {&fault.Fault{Message: "100%d sure"}, "100%d sure", "100%d sure"},
	} {
		t.Run(name, func(t *testing.T) {
			for locale, want := range map[string]string{"en": c.en, "": c.en, "de": c.en, "fr": c.french} {
				if said := c.fault.In(locale); said != want {
					t.Errorf("in %q it is %q instead of %q", locale, said, want)
				}
			}
			if c.fault.Error() != c.en || !errors.Is(c.fault, c.fault) {
				t.Errorf("as an error it is %q", c.fault.Error())
			}
		})
	}
}

func TestSay(t *testing.T) {
	several := errors.Join(fault.New(fault.Unauthenticated, "Sign in first."), nil, errors.Join(errors.New("disk on fire"), fault.New(fault.Denied, "Open an account first.")))
	for locale, want := range map[string]string{"en": "Sign in first. Open an account first.", "fr": "Connectez-vous d’abord. Ouvrez d’abord un compte."} {
		if said := fault.Say(several, locale); said != want {
			t.Errorf("in %s it says %q", locale, said)
		}
	}
	if said := fault.Say(nil, "en"); said != "" {
		t.Errorf("nothing says %q", said)
	}
}
