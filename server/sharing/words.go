package sharing

import (
	"strings"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/user"
)

// Subject is what the sentence of a Sight is about.
type Subject struct {
	// Person is the person's name; Self is whether they are who reads the sentence.
	Person string
	Self   bool
	// Kind and Name are those of the item.
	Kind item.Kind
	Name string
}

// Words says a sight as one sentence, in French or else in English.
func (s Sight) Words(in user.Locale, about Subject) string {
	sentence, thing := english(s, about.Self), englishItem(about.Kind)
	if in == user.LocaleFr {
		sentence, thing = french(s, about.Self), frenchItem(about.Kind)
	}
	thing = strings.ReplaceAll(thing, "{name}", about.Name)
	return strings.NewReplacer("{person}", about.Person, "{item}", thing).Replace(sentence)
}

// english returns a sentence with places for the person and the item. One about whoever reads it is needed
// only for what they see: of the rest they are told nothing.
func english(s Sight, self bool) string {
	switch {
	case s.Reason == BecauseOwner && self:
		return "You see {item} and may change it: owners see and change everything."
	case s.Reason == BecauseOwner:
		return "{person} sees {item} and may change it: owners see and change everything."
	case s.Reason == BecauseCreator && self:
		return "You made {item}: who makes an item always sees it and may change it."
	case s.Reason == BecauseCreator:
		return "{person} made {item}: who makes an item always sees it and may change it."
	case s.Reason == BecauseAdded && s.Level == access.LevelEdit && self:
		return "You were added to {item} and may change it."
	case s.Reason == BecauseAdded && s.Level == access.LevelEdit:
		return "{person} was added to {item} and may change it."
	case s.Reason == BecauseAdded && self:
		return "You were added to {item} and may look at it, not change it."
	case s.Reason == BecauseAdded:
		return "{person} was added to {item} and may look at it, not change it."
	case s.Reason == BecauseEveryone && self:
		return "You see {item} and may change it: it is open to everyone in the account."
	case s.Reason == BecauseEveryone:
		return "{person} sees {item} and may change it: it is open to everyone in the account."
	case s.Reason == BecauseRemoved:
		return "{person} does not see {item}: they were removed from it."
	case s.Reason == BecauseNotAdded:
		return "{person} does not see {item}: it is restricted, and nobody added them."
	case s.Reason == BecauseDeactivated:
		return "{person} does not see {item}: they are deactivated and cannot come in."
	}
	return ""
}

// french returns the same in French, with no word that depends on who the person is or of what gender the
// item's kind is.
func french(s Sight, self bool) string {
	switch {
	case s.Reason == BecauseOwner && self:
		return "Vous voyez {item} et pouvez en modifier le contenu\u00a0: les propriétaires voient et modifient tout."
	case s.Reason == BecauseOwner:
		return "{person} voit {item} et peut en modifier le contenu\u00a0: les propriétaires voient et modifient tout."
	case s.Reason == BecauseCreator && self:
		return "Vous avez créé {item}\u00a0: qui crée un élément garde le droit de le voir et de le modifier."
	case s.Reason == BecauseCreator:
		return "{person} a créé {item}\u00a0: qui crée un élément garde le droit de le voir et de le modifier."
	case s.Reason == BecauseAdded && s.Level == access.LevelEdit && self:
		return "Vous avez reçu le droit de voir {item} et d’en modifier le contenu."
	case s.Reason == BecauseAdded && s.Level == access.LevelEdit:
		return "{person} a reçu le droit de voir {item} et d’en modifier le contenu."
	case s.Reason == BecauseAdded && self:
		return "Vous avez reçu le droit de voir {item}, mais pas d’en modifier le contenu."
	case s.Reason == BecauseAdded:
		return "{person} a reçu le droit de voir {item}, mais pas d’en modifier le contenu."
	case s.Reason == BecauseEveryone && self:
		return "Vous voyez {item} et pouvez en modifier le contenu\u00a0: tout le monde dans le compte y a accès."
	case s.Reason == BecauseEveryone:
		return "{person} voit {item} et peut en modifier le contenu\u00a0: tout le monde dans le compte y a accès."
	case s.Reason == BecauseRemoved:
		return "{person} ne voit pas {item}\u00a0: ce droit lui a été retiré."
	case s.Reason == BecauseNotAdded:
		return "{person} ne voit pas {item}\u00a0: l’accès y est restreint, et personne ne le lui a donné."
	case s.Reason == BecauseDeactivated:
		return "{person} ne voit pas {item}\u00a0: son accès au compte est désactivé."
	}
	return ""
}

func englishItem(kind item.Kind) string {
	switch kind {
	case item.KindCampaign:
		return "the campaign “{name}”"
	case item.KindTemplate:
		return "the template “{name}”"
	case item.KindContactList:
		return "the contact list “{name}”"
	default:
		return "the blacklist “{name}”"
	}
}

func frenchItem(kind item.Kind) string {
	switch kind {
	case item.KindCampaign:
		return "la campagne «\u00a0{name}\u00a0»"
	case item.KindTemplate:
		return "le modèle «\u00a0{name}\u00a0»"
	case item.KindContactList:
		return "la liste de contacts «\u00a0{name}\u00a0»"
	default:
		return "la liste noire «\u00a0{name}\u00a0»"
	}
}
