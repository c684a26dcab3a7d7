package sharing_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/sharing"
)

// TestWords holds that both languages have a sentence of their own for everything that a person may be told.
func TestWords(t *testing.T) {
	told := make(map[sharing.Sight]bool)
	for _, role := range []collaborator.Role{collaborator.RoleOwner, collaborator.RoleMember} {
		for _, out := range []bool{false, true} {
			v := &sharing.Viewer{Collaborator: uuid.Must(uuid.NewV7()), Role: role, Out: out}
			for _, s := range states(v) {
				if !s.Dead {
					told[v.Explain(s)] = true
				}
			}
		}
	}
	if len(told) != 8 {
		t.Errorf("the rule has %d outcomes", len(told))
	}
	kinds := []item.Kind{item.KindCampaign, item.KindTemplate, item.KindContactList, item.KindBlacklist}
	for _, locale := range []user.Locale{user.LocaleEn, user.LocaleFr} {
		said := make(map[string]sharing.Sight)
		for sight := range told {
			for _, self := range []bool{false, true} {
				if self && sight.Level == access.LevelNone {
					continue // whoever does not see an item is told nothing of it
				}
				for _, kind := range kinds {
					words := sight.Words(locale, sharing.Subject{Person: "Zoé {item} Q", Self: self, Kind: kind, Name: "Été {person}"})
					if before, twice := said[words]; twice {
						t.Errorf("%s: %v and %v are both %q", locale, before, sight, words)
					}
					said[words] = sight
					if strings.Count(words, ".") != 1 || !strings.HasSuffix(words, ".") {
						t.Errorf("%s: %v is no sentence: %q", locale, sight, words)
					}
					if strings.Contains(words, "Zoé {item} Q") == self || !strings.Contains(words, "Été {person}") {
						t.Errorf("%s: %v (self %v) names the wrong things: %q", locale, sight, self, words)
					}
				}
			}
		}
	}
	about := sharing.Subject{Person: "Chloé Test", Kind: item.KindContactList, Name: "Clients"}
	added := sharing.Sight{Level: access.LevelView, Reason: sharing.BecauseAdded}
	for locale, want := range map[user.Locale]string{
		user.LocaleEn: "Chloé Test was added to the contact list “Clients” and may look at it, not change it.",
		user.LocaleFr: "Chloé Test a reçu le droit de voir la liste de contacts «\u00a0Clients\u00a0», mais pas d’en modifier le contenu.",
	} {
		if got := added.Words(locale, about); got != want {
			t.Errorf("%s: %q", locale, got)
		}
	}
}
