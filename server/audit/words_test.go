package audit_test

import (
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/audit"
)

// TestWords holds that every verb has a sentence of its own in both languages, that it names what the line
// names, and that none breaks where a line says little.
func TestWords(t *testing.T) {
	t.Parallel()
	detail := map[string]string{
		"item": "Été {actor}", "kind": "contact_list", "name": "Bruno B", "email": "bruno@example.com", "role": "manager",
		"field": "timeZone", "right": "send", "before": "before", "after": "after", "device": "A laptop", "count": "12",
		"to": "successor", "successor": "Chloé C", "job": "7", "people": "40", "campaigns": "all", "added": "31", "removed": "32",
		"joined": "33", "left": "34", "done": "35", "until": "2026-12-24T00:00:00Z",
	}
	names := map[audit.Verb][]string{
		audit.AccountChanged: {"Anna A", "before", "after"},
		audit.Invited:        {"Anna A", "Bruno B (bruno@example.com)"}, audit.InvitationChanged: {"Anna A", "Bruno B", "before", "after"},
		audit.InvitationResent: {"Anna A", "Bruno B"}, audit.InvitationWithdrawn: {"Anna A", "Bruno B"},
		audit.Joined: {"Zoé Z"}, audit.RoleChanged: {"Anna A", "Zoé Z"}, audit.RightsChanged: {"Anna A", "Zoé Z"},
		audit.Deactivated: {"Anna A", "Zoé Z"}, audit.Reactivated: {"Anna A", "Zoé Z"}, audit.Removed: {"Anna A", "Zoé Z"},
		audit.Left: {"Zoé Z"}, audit.LoggedIn: {"Anna A", "A laptop"}, audit.Renamed: {"before", "after"}, audit.AudienceChanged: {"Anna A", "Été {actor}"},
		audit.SessionEnded: {"Anna A", "Zoé Z", "A laptop"},
		audit.Granted:      {"Anna A", "Zoé Z", "Été {actor}"}, audit.Revoked: {"Anna A", "Zoé Z", "Été {actor}"},
		audit.AccessCleared: {"Anna A", "Zoé Z", "Été {actor}"}, audit.ItemDeleted: {"Anna A", "Été {actor}"},
		audit.ItemRestored: {"Anna A", "Été {actor}"}, audit.Exported: {"Anna A", "Été {actor}", "12"},
		audit.LeadsHandedOver: {"Anna A", "Zoé Z", "12", "Chloé C"},
		audit.AccessAsked:     {"Anna A", "Zoé Z", "7"}, audit.AccessChanged: {"Anna A", "Zoé Z", "7", "31", "32", "33", "34"},
		audit.RotationJoined: {"Anna A", "Zoé Z", "Été {actor}"}, audit.RotationLeft: {"Anna A", "Zoé Z", "Été {actor}"},
		audit.JobCancelled: {"Anna A", "7", "35"}, audit.JobRetried: {"Anna A", "7"}, audit.JobUndone: {"Anna A", "7"},
		audit.RotationPaused: {"Anna A", "Été {actor}"}, audit.RotationResumed: {"Anna A", "Été {actor}"},
		audit.RotationReordered: {"Anna A", "Été {actor}"}, audit.WentAway: {"Anna A", "Zoé Z", "2026-12-24"},
		audit.CameBack: {"Anna A", "Zoé Z"}, audit.LeadKeyRotated: {"Anna A", "Été {actor}"},
		audit.LeadOriginsSet: {"Anna A", "Été {actor}", "after"}, audit.LeadsDealtOut: {"Anna A", "Été {actor}", "12"},
		audit.LeadsImported: {"Anna A", "Été {actor}", "12"}, audit.LeadsDeleted: {"Anna A", "Été {actor}", "12"},
		audit.LeadsReassigned: {"Anna A", "Été {actor}", "12", "Zoé Z"},
	}
	said := make(map[string]audit.Verb)
	for _, verb := range audit.Verbs() {
		if len(names[verb]) == 0 {
			t.Errorf("the test does not know the verb %s", verb)
		}
		for _, locale := range []user.Locale{user.LocaleEn, user.LocaleFr} {
			words := audit.Told{Verb: verb, Actor: "Anna A", Person: "Zoé Z", Item: "another", Detail: detail}.Words(locale)
			if other, twice := said[words]; twice || words == "" || !strings.HasSuffix(words, ".") || strings.Count(words, ".") > 2 {
				t.Errorf("%s in %s is %q, as is %q", verb, locale, words, other)
			}
			said[words] = verb
			for _, name := range names[verb] {
				if !strings.Contains(words, name) {
					t.Errorf("%s in %s is %q, without %q", verb, locale, words, name)
				}
			}
			bare := audit.Told{Verb: verb, Detail: nil}.Words(locale)
			if !strings.HasSuffix(bare, ".") || strings.Contains(bare, "  ") || strings.Contains(bare, " .") || strings.Contains(bare, " ,") {
				t.Errorf("%s in %s without anything known is %q", verb, locale, bare)
			}
		}
	}
	if words := (audit.Told{Verb: "sung"}).Words(user.LocaleFr); words != "" {
		t.Errorf("a verb that is not there is %q", words)
	}
	d := func(pairs ...string) map[string]string {
		m := make(map[string]string)
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	for _, c := range []struct {
		verb   audit.Verb
		detail map[string]string
		en, fr string
	}{
		{audit.AccountChanged, d("field", "name", "before", "A", "after", "B"), "Anna renamed the account from “A” to “B”.", "Anna a renommé le compte «\u00a0A\u00a0» en «\u00a0B\u00a0»."},
		{audit.AccountChanged, d("field", "locale", "before", "en", "after", "fr"), "Anna set the language of the account’s mails to French.", "Anna a choisi la langue des messages du compte\u00a0: français."},
		{audit.AccountChanged, d("field", "defaultAudience", "after", "restricted"), "Anna restricted new items.", "Anna a restreint l’accès aux nouveaux éléments."},
		{audit.AccountChanged, d("field", "defaultAudience", "after", "everyone"), "Anna opened new items to everyone.", "Anna a ouvert les nouveaux éléments à tout le monde."},
		{audit.AccountChanged, d("field", "memberLeads", "after", "own"), "Anna let members see only the leads that they follow up.", "Anna a limité les membres aux prospects qui leur sont confiés."},
		{audit.AccountChanged, d("field", "memberLeads", "after", "all"), "Anna let members see all leads of the campaigns that they see.", "Anna a ouvert aux membres tous les prospects des campagnes qu’ils voient."},
		{audit.AccountChanged, d("field", "desktopLockDays", "after", "1"), "Anna had desktops lock after 1 day out of contact.", "Anna a fait verrouiller les postes après 1 jour sans contact."},
		{audit.AccountChanged, d("field", "desktopLockDays", "after", "0"), "Anna let desktops stay open however long they are out of contact.", "Anna a laissé les postes ouverts quelle que soit la durée sans contact."},
		{audit.AccountChanged, d("field", "desktopEraseDays", "after", "60"), "Anna had desktops erase their copies after 60 days out of contact.", "Anna a fait effacer les copies des postes après 60 jours sans contact."},
		{audit.AccountChanged, d("field", "desktopEraseDays", "after", "0"), "Anna let desktops keep their copies however long they are out of contact.", "Anna a laissé aux postes leurs copies quelle que soit la durée sans contact."},
		{audit.AccessChanged, d("added", "120", "joined", "0"), "Anna changed the access of Zoé to campaigns: 120 given.", "Anna a changé les accès aux campagnes pour Zoé\u00a0: 120 donnés."},
		{audit.AccessChanged, d("job", "7", "removed", "3"), "Anna changed the access of Zoé to campaigns (job 7): 3 taken away.", "Anna a changé les accès aux campagnes pour Zoé (tâche n°\u00a07)\u00a0: 3 retirés."},
		{audit.InvitationChanged, d("email", "b@x.org", "field", "send", "before", "no", "after", "yes"), "Anna changed the invitation of b@x.org (right to send campaigns: yes instead of no).", "Anna a modifié l’invitation pour b@x.org (droit d’envoyer des campagnes\u00a0: oui au lieu de\u00a0: non)."},
		{audit.RoleChanged, d("before", "member", "after", "owner"), "Anna made Zoé an owner instead of a member.", "Anna a donné à Zoé le rôle propriétaire à la place du rôle membre."},
		{audit.RightsChanged, d("right", "export", "after", "no"), "Anna took the right to export lists from Zoé.", "Anna a retiré à Zoé le droit d’exporter des listes."},
		{audit.RightsChanged, d("right", "credits", "before", "none", "after", "5000 month"), "Anna set the sending credits of Zoé to 5000 a month.", "Anna a fixé les crédits d’envoi de Zoé à 5000 par mois."},
		{audit.RightsChanged, d("right", "credits", "after", "9 year"), "Anna set the sending credits of Zoé to 9 a year.", "Anna a fixé les crédits d’envoi de Zoé à 9 par an."},
		{audit.RightsChanged, d("right", "credits", "after", "unlimited"), "Anna let Zoé send without limit.", "Anna a permis à Zoé d’envoyer sans limite."},
		{audit.RightsChanged, d("right", "credits", "after", "none"), "Anna took the sending credits from Zoé.", "Anna a retiré ses crédits d’envoi à Zoé."},
		{audit.RightsChanged, d("right", "send", "after", "yes"), "Anna gave Zoé the right to send campaigns.", "Anna a donné à Zoé le droit d’envoyer des campagnes."},
		{audit.LoggedIn, nil, "Anna opened the account.", "Anna a ouvert le compte."},
		{audit.Granted, d("after", "edit", "by", "invitation"), "Anna let Zoé view and change “Spring”, as their invitation had promised.", "Anna a donné à Zoé le droit de voir et de modifier «\u00a0Spring\u00a0», comme son invitation le promettait."},
		{audit.Exported, d("count", "1"), "Anna exported “Spring”, 1 row.", "Anna a exporté «\u00a0Spring\u00a0», 1 ligne."},
		{audit.LeadsHandedOver, d("count", "3", "to", "rotation"), "Anna handed 3 open leads of Zoé over to the rotation.", "Anna a repris à Zoé 3 prospects ouverts pour la rotation."},
	} {
		told := audit.Told{Verb: c.verb, Actor: "Anna", Person: "Zoé", Item: "Spring", Detail: c.detail}
		if en, fr := told.Words(user.LocaleEn), told.Words(user.LocaleFr); en != c.en || fr != c.fr {
			t.Errorf("%s %v is\n%s\n%s\ninstead of\n%s\n%s", c.verb, c.detail, en, fr, c.en, c.fr)
		}
	}
	if words := (audit.Told{Verb: audit.ItemDeleted, Server: true}).Words(user.LocaleEn); words != "The server deleted an item." {
		t.Errorf("the server: %q", words)
	}
}
