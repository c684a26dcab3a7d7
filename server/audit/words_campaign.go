package audit

import (
	"cmp"
	"strings"
	"time"
)

// englishCampaign says the lines of verb_campaign.go.
func englishCampaign(t Told, actor, item string) string {
	d, person := t.Detail, cmp.Or(t.Person, "someone")
	job := "job " + cmp.Or(d["job"], "?")
	byJob := ""
	if d["job"] != "" {
		byJob = " (" + job + ")"
	}
	switch t.Verb {
	case AccessAsked:
		whom := cmp.Or(t.Person, t.countedAs("people", "person", "people"))
		what := t.countedAs("campaigns", "campaign", "campaigns")
		if d["campaigns"] == "all" {
			what = "all campaigns"
			if n := d["except"]; n != "" && n != "0" {
				what += " but " + n
			}
		}
		return actor + " asked to change the access of " + whom + " to " + what + " (" + job + ")."
	case AccessChanged:
		return actor + " changed the access of " + person + " to campaigns" + byJob + ": " + strings.Join(t.amounts(
			"added", "given", "removed", "taken away", "joined", "rotations joined", "left", "rotations left"), ", ") + "."
	case RotationJoined:
		return actor + " put " + person + " into the rotation of " + item + "."
	case RotationLeft:
		return actor + " took " + person + " out of the rotation of " + item + "."
	case JobCancelled:
		return actor + " cancelled " + job + "; " + t.countedAs("done", "part was", "parts were") + " done."
	case JobRetried:
		return actor + " had " + job + " tried again."
	case JobUndone:
		return actor + " had " + job + " undone."
	case RotationPaused:
		return actor + " paused the rotation of " + item + "."
	case RotationResumed:
		return actor + " let the rotation of " + item + " go on."
	case RotationReordered:
		return actor + " put the rotation of " + item + " in another order."
	case WentAway:
		return actor + " noted that " + person + " is away until " + moment(d["until"], "later") + "."
	case CameBack:
		return actor + " noted that " + person + " is back."
	case LeadKeyRotated:
		return actor + " made a new key for the leads of " + item + "."
	case LeadOriginsSet:
		return actor + " said which pages may post leads of " + item + ": " + cmp.Or(d["after"], "any") + "."
	case LeadsDealtOut:
		return actor + " dealt out " + t.counted("waiting lead", "waiting leads") + " of " + item + "."
	case LeadsImported:
		return actor + " imported " + t.counted("lead", "leads") + " into " + item + "."
	case LeadsDeleted:
		return actor + " deleted " + t.counted("lead", "leads") + " of " + item + "."
	case LeadsReassigned:
		if t.Person == "" {
			return actor + " had " + t.counted("lead", "leads") + " of " + item + " wait for the rotation."
		}
		return actor + " gave " + t.counted("lead", "leads") + " of " + item + " to " + person + "."
	}
	return ""
}

// frenchCampaign is englishCampaign in French.
func frenchCampaign(t Told, actor, item string) string {
	d, person := t.Detail, cmp.Or(t.Person, "quelqu’un")
	job := "tâche n°\u00a0" + cmp.Or(d["job"], "?")
	byJob := ""
	if d["job"] != "" {
		byJob = " (" + job + ")"
	}
	switch t.Verb {
	case AccessAsked:
		whom := cmp.Or(t.Person, t.countedAs("people", "personne", "personnes"))
		what := t.countedAs("campaigns", "campagne", "campagnes")
		if d["campaigns"] == "all" {
			what = "toutes les campagnes"
			if n := d["except"]; n != "" && n != "0" {
				what += " sauf " + n
			}
		}
		return actor + " a demandé de changer les accès (" + whom + "\u00a0; " + what + "\u00a0; " + job + ")."
	case AccessChanged:
		return actor + " a changé les accès aux campagnes pour " + person + byJob + "\u00a0: " + strings.Join(t.amounts(
			"added", "donnés", "removed", "retirés", "joined", "rotations rejointes", "left", "rotations quittées"), ", ") + "."
	case RotationJoined:
		return actor + " a mis " + person + " dans la rotation de " + item + "."
	case RotationLeft:
		return actor + " a retiré " + person + " de la rotation de " + item + "."
	case JobCancelled:
		return actor + " a annulé la " + job + " (fait\u00a0: " + cmp.Or(d["done"], "0") + ")."
	case JobRetried:
		return actor + " a relancé la " + job + "."
	case JobUndone:
		return actor + " a fait annuler les effets de la " + job + "."
	case RotationPaused:
		return actor + " a mis en pause la rotation de " + item + "."
	case RotationResumed:
		return actor + " a relancé la rotation de " + item + "."
	case RotationReordered:
		return actor + " a changé l’ordre de la rotation de " + item + "."
	case WentAway:
		return actor + " a noté une absence pour " + person + " jusqu’à " + moment(d["until"], "plus tard") + "."
	case CameBack:
		return actor + " a noté un retour pour " + person + "."
	case LeadKeyRotated:
		return actor + " a créé une nouvelle clé pour les prospects de " + item + "."
	case LeadOriginsSet:
		return actor + " a indiqué les pages qui peuvent envoyer des prospects à " + item + "\u00a0: " + cmp.Or(d["after"], "toutes") + "."
	case LeadsDealtOut:
		return actor + " a distribué " + t.counted("prospect en attente", "prospects en attente") + " de " + item + "."
	case LeadsImported:
		return actor + " a importé " + t.counted("prospect", "prospects") + " dans " + item + "."
	case LeadsDeleted:
		return actor + " a supprimé " + t.counted("prospect", "prospects") + " de " + item + "."
	case LeadsReassigned:
		if t.Person == "" {
			return actor + " a remis en attente " + t.counted("prospect", "prospects") + " de " + item + "."
		}
		return actor + " a confié " + t.counted("prospect", "prospects") + " de " + item + " à " + person + "."
	}
	return ""
}

// moment says a moment that is stored, to the minute.
func moment(stored, otherwise string) string {
	at, err := time.Parse(time.RFC3339, stored)
	if err != nil {
		return cmp.Or(stored, otherwise)
	}
	return at.UTC().Format("2006-01-02 15:04") + " UTC"
}

// countedAs says the amount that a detail has.
func (t Told) countedAs(detail, one, many string) string {
	t.Detail = map[string]string{"count": t.Detail[detail]}
	return t.counted(one, many)
}

// amounts says each of some details that is not nothing, as an amount and a word; "0" where all are.
func (t Told) amounts(pairs ...string) []string {
	var said []string
	for i := 0; i < len(pairs); i += 2 {
		if n := t.Detail[pairs[i]]; n != "" && n != "0" {
			said = append(said, n+" "+pairs[i+1])
		}
	}
	if said == nil {
		said = []string{"0"}
	}
	return said
}
