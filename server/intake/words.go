package intake

import (
	"fmt"
	"strings"

	"github.com/partage-mail/partage/ent/user"
)

// Alert says in a sentence, in French or else in English, that n leads of a campaign wait, or that the next one will;
// empty where there is nothing to look at. why is the reason of the rotation as it is now; empty where somebody is
// available.
func Alert(in user.Locale, n int, why Decision) string {
	french := in == user.LocaleFr
	switch {
	case n == 0 && why == NobodyAvailable && french:
		return "Les prochains prospects devront attendre\u00a0: personne dans la rotation n’est disponible (absence ou compte désactivé)."
	case n == 0 && why == NobodyAvailable:
		return "The next leads will have to wait: everyone in the rotation is away or deactivated."
	case n == 0:
		return ""
	case french:
		return frenchWait(n, "attend", "attendent") + "\u00a0: " + map[Decision]string{
			WhilePaused: "la rotation est en pause.", NoRotation: "personne n’est dans la rotation.",
			NobodyAvailable: "personne dans la rotation n’est disponible (absence ou compte désactivé).",
			"":              "quelqu’un est disponible, vous pouvez distribuer maintenant.",
		}[why]
	}
	return wait(n) + ": " + map[Decision]string{
		WhilePaused: "the rotation is paused.", NoRotation: "nobody is in the rotation.",
		NobodyAvailable: "everyone in the rotation is away or deactivated.", "": "somebody is available, you can assign now.",
	}[why]
}

func wait(n int) string {
	if n == 1 {
		return "1 lead waits"
	}
	return fmt.Sprintf("%d leads wait", n)
}

func frenchWait(n int, one, many string) string {
	if n == 1 {
		return "1 prospect " + one
	}
	return fmt.Sprintf("%d prospects %s", n, many)
}

// Told is a record with the names of the people in it.
type Told struct {
	Decision Decision
	// Assignee is who follows the lead up, By who decided; empty where nobody does or did, or their name is gone.
	Assignee, By string
	// Waits is whether nobody follows it up.
	Waits bool
	// Skipped are the names of those passed over, Why the reasons.
	Skipped []string
	Why     []PassedOver
}

// Words says a record in a few sentences, in French or else in English.
func (t Told) Words(in user.Locale) string {
	first, skipped, somebody := t.english(), englishSkipped, "Somebody who has left"
	if in == user.LocaleFr {
		first, skipped, somebody = t.french(), frenchSkipped, "Une personne partie depuis"
	}
	said := []string{first}
	for i, name := range t.Skipped {
		if name == "" {
			name = somebody
		}
		said = append(said, strings.ReplaceAll(skipped(t.Why[i]), "{person}", name))
	}
	return strings.Join(said, " ")
}

func (t Told) english() string {
	to, by := t.Assignee, t.By
	if to == "" {
		to = "somebody who has left"
	}
	if by == "" {
		by = "Somebody"
	}
	switch {
	case t.Decision == ByRotation:
		return "The rotation gave this lead to " + to + ": it was their turn."
	case t.Decision == DealtOut:
		return by + " had the waiting leads dealt out, and the rotation gave this one to " + to + ": it was their turn."
	case t.Decision == ByHand && t.Waits:
		return by + " had this lead wait for the rotation."
	case t.Decision == ByHand:
		return by + " gave this lead to " + to + "."
	case t.Decision == HandedOver && t.Waits:
		return "This lead waits for the rotation: whoever followed it up has gone."
	case t.Decision == HandedOver:
		return "This lead was handed over to " + to + ": whoever followed it up has gone."
	case t.Decision == NobodyAvailable:
		return "This lead waits: everyone in the rotation was away or deactivated when it came."
	case t.Decision == WhilePaused:
		return "This lead waits: the rotation was paused when it came."
	}
	return "This lead waits: nobody was in the rotation when it came."
}

func (t Told) french() string {
	to, by := t.Assignee, t.By
	if to == "" {
		to = "une personne partie depuis"
	}
	if by == "" {
		by = "Quelqu’un"
	}
	switch {
	case t.Decision == ByRotation:
		return "La rotation a confié ce prospect à " + to + "\u00a0: c’était son tour."
	case t.Decision == DealtOut:
		return by + " a fait distribuer les prospects en attente, et la rotation a confié celui-ci à " + to + "\u00a0: c’était son tour."
	case t.Decision == ByHand && t.Waits:
		return by + " a remis ce prospect en attente de la rotation."
	case t.Decision == ByHand:
		return by + " a confié ce prospect à " + to + "."
	case t.Decision == HandedOver && t.Waits:
		return "Ce prospect attend la rotation\u00a0: la personne qui le suivait est partie."
	case t.Decision == HandedOver:
		return "Ce prospect a été transmis à " + to + "\u00a0: la personne qui le suivait est partie."
	case t.Decision == NobodyAvailable:
		return "Ce prospect attend\u00a0: à son arrivée, personne dans la rotation n’était disponible (absence ou compte désactivé)."
	case t.Decision == WhilePaused:
		return "Ce prospect attend\u00a0: la rotation était en pause à son arrivée."
	}
	return "Ce prospect attend\u00a0: personne n’était dans la rotation à son arrivée."
}

func englishSkipped(why PassedOver) string {
	if why == WhoIsAway {
		return "{person} was passed over: they were away."
	}
	return "{person} was passed over: they were deactivated."
}

func frenchSkipped(why PassedOver) string {
	if why == WhoIsAway {
		return "{person} n’était pas disponible (absence)."
	}
	return "{person} n’était pas disponible (compte désactivé)."
}
