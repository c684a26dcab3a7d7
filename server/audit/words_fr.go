package audit

import (
	"cmp"
	"strings"
)

// french says a line in French, with no word that depends on who a person is or on how a name begins.
func french(t Told) string {
	actor, person := cmp.Or(t.Actor, "Quelqu’un"), cmp.Or(t.Person, "quelqu’un")
	if t.Server {
		actor = "Le serveur"
	}
	guest, item, d := cmp.Or(t.guest(), "quelqu’un"), frenchName(t.Item, "un élément"), t.Detail
	switch t.Verb {
	case AccountChanged:
		return actor + " " + frenchSetting(d) + "."
	case Invited:
		return actor + " a invité " + guest + " comme " + frenchValue(cmp.Or(d["role"], "member")) + "."
	case InvitationChanged:
		return actor + " a modifié l’invitation pour " + guest + " (" + frenchField(d["field"]) + "\u00a0: " +
			frenchValue(d["after"]) + " au lieu de\u00a0: " + frenchValue(d["before"]) + ")."
	case InvitationResent:
		return actor + " a renvoyé l’invitation pour " + guest + "."
	case InvitationWithdrawn:
		return actor + " a annulé l’invitation pour " + guest + "."
	case Joined:
		return cmp.Or(t.Person, "Quelqu’un") + " a rejoint le compte comme " + frenchValue(cmp.Or(d["role"], "member")) + "."
	case RoleChanged:
		return actor + " a donné à " + person + " le rôle " + frenchValue(d["after"]) + " à la place du rôle " + frenchValue(d["before"]) + "."
	case RightsChanged:
		return actor + " " + frenchRight(d["right"], d["after"], person) + "."
	case Deactivated:
		return actor + " a désactivé l’accès au compte pour " + person + "."
	case Reactivated:
		return actor + " a réactivé l’accès au compte pour " + person + "."
	case Removed:
		return actor + " a retiré " + person + " du compte."
	case Left:
		return cmp.Or(t.Person, "Quelqu’un") + " a quitté le compte."
	case LoggedIn:
		if d["device"] == "" {
			return actor + " a ouvert le compte."
		}
		return actor + " a ouvert le compte sur " + frenchName(d["device"], "") + "."
	case Renamed:
		return cmp.Or(d["before"], "Quelqu’un") + " s’appelle désormais " + cmp.Or(d["after"], "autrement") + "."
	case SessionEnded:
		return actor + " a déconnecté " + person + " sur " + frenchName(d["device"], "un appareil") + "."
	case AudienceChanged:
		if d["after"] == "restricted" {
			return actor + " a restreint l’accès à " + item + "."
		}
		return actor + " a ouvert " + item + " à tout le monde."
	case Granted:
		return actor + " a donné à " + person + " le droit de " + frenchLevel(d["after"]) + " " + item + frenchPromise(d["by"]) + "."
	case Revoked:
		return actor + " a retiré à " + person + " l’accès à " + item + "."
	case AccessCleared:
		return actor + " a repris à " + person + " son niveau particulier sur " + item + "."
	case ItemDeleted:
		return actor + " a supprimé " + item + "."
	case ItemRestored:
		return actor + " a restauré " + item + "."
	case Exported:
		return actor + " a exporté " + item + ", " + t.counted("ligne", "lignes") + "."
	case LeadsHandedOver:
		to := "la rotation"
		if d["to"] == "successor" {
			to = cmp.Or(d["successor"], "quelqu’un")
		}
		return actor + " a repris à " + person + " " + t.counted("prospect ouvert", "prospects ouverts") + " pour " + to + "."
	}
	return frenchCampaign(t, actor, item)
}

func frenchName(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return "«\u00a0" + name + "\u00a0»"
}

func frenchSetting(d map[string]string) string {
	before, after := d["before"], d["after"]
	switch d["field"] {
	case "name":
		return "a renommé le compte " + frenchName(before, "sans nom") + " en " + frenchName(after, "sans nom")
	case "timeZone":
		return "a choisi pour le compte le fuseau horaire " + after + " à la place de " + before
	case "locale":
		return "a choisi la langue des messages du compte\u00a0: " + frenchValue(after)
	case "defaultAudience":
		if after == "restricted" {
			return "a restreint l’accès aux nouveaux éléments"
		}
		return "a ouvert les nouveaux éléments à tout le monde"
	case "memberLeads":
		if after == "own" {
			return "a limité les membres aux prospects qui leur sont confiés"
		}
		return "a ouvert aux membres tous les prospects des campagnes qu’ils voient"
	case "desktopLockDays":
		if after == "0" {
			return "a laissé les postes ouverts quelle que soit la durée sans contact"
		}
		return "a fait verrouiller les postes après " + frenchDays(after) + " sans contact"
	case "desktopEraseDays":
		if after == "0" {
			return "a laissé aux postes leurs copies quelle que soit la durée sans contact"
		}
		return "a fait effacer les copies des postes après " + frenchDays(after) + " sans contact"
	}
	return "a modifié les réglages du compte"
}

func frenchDays(n string) string {
	if n == "1" {
		return "1 jour"
	}
	return n + " jours"
}

func frenchField(field string) string {
	switch field {
	case "firstName":
		return "prénom"
	case "lastName":
		return "nom"
	case "role":
		return "rôle"
	case "send":
		return "droit d’envoyer des campagnes"
	case "export":
		return "droit d’exporter des listes"
	case "access":
		return "éléments à donner"
	}
	return cmp.Or(field, "quelque chose")
}

// frenchValue says a value that is stored; a name or an amount as it is.
func frenchValue(value string) string {
	switch value {
	case "owner":
		return "propriétaire"
	case "manager":
		return "gestionnaire"
	case "member":
		return "membre"
	case "yes":
		return "oui"
	case "no":
		return "non"
	case "en":
		return "anglais"
	case "fr":
		return "français"
	}
	return cmp.Or(value, "rien")
}

func frenchRight(right, after, person string) string {
	if right == "credits" {
		return frenchCredits(after, person)
	}
	what := "d’exporter des listes"
	if right == "send" {
		what = "d’envoyer des campagnes"
	}
	if after == "yes" {
		return "a donné à " + person + " le droit " + what
	}
	return "a retiré à " + person + " le droit " + what
}

func frenchCredits(after, person string) string {
	switch amount, period, _ := strings.Cut(after, " "); {
	case after == "unlimited":
		return "a permis à " + person + " d’envoyer sans limite"
	case period == "month":
		return "a fixé les crédits d’envoi de " + person + " à " + amount + " par mois"
	case period == "year":
		return "a fixé les crédits d’envoi de " + person + " à " + amount + " par an"
	}
	return "a retiré ses crédits d’envoi à " + person
}

func frenchLevel(level string) string {
	if level == "edit" {
		return "voir et de modifier"
	}
	return "voir"
}

func frenchPromise(by string) string {
	if by == "invitation" {
		return ", comme son invitation le promettait"
	}
	return ""
}
