package french

// Word returns a word or a part of a sentence in French; ok is false where it has none.
func Word(english string) (said string, ok bool) {
	switch english {
	case "person":
		said = "cette personne"
	case "campaign":
		said = "cette campagne"
	case "template":
		said = "ce modèle"
	case "contact list":
		said = "cette liste de contacts"
	case "list":
		said = "cette liste"
	case "blacklist":
		said = "cette liste noire"
	case "contact":
		said = "ce contact"
	case "entry":
		said = "cette entrée"
	case "invitation":
		said = "cette invitation"
	case "item":
		said = "cet élément"
	case "job":
		said = "ce travail"
	case "lead":
		said = "ce prospect"
	case "thing":
		said = "cet objet"
	case "account":
		said = "ce compte"
	case "session":
		said = "cette session"
	case "The first name":
		said = "Le prénom"
	case "The last name":
		said = "Le nom"
	case "The name of the account":
		said = "Le nom du compte"
	case "invitations":
		said = "invitations"
	case "an hour":
		said = "une heure"
	case "a day":
		said = "un jour"
	case "Email":
		said = "E-mail"
	case "First name":
		said = "Prénom"
	case "Last name":
		said = "Nom"
	case "Can send":
		said = "Peut envoyer"
	case "Can export":
		said = "Peut exporter"
	case "subject":
		said = "l’objet"
	case "preheader":
		said = "le texte d’aperçu"
	case "body":
		said = "le corps du message"
	case "unsubscribed":
		said = "désinscrit"
	case "bounced":
		said = "rejeté"
	case "complained":
		said = "signalé comme plaignant"
	case "complaint":
		said = "plainte"
	case "a quotation mark stands inside a value that does not begin with one":
		said = "un guillemet figure dans une valeur qui ne commence pas par un guillemet"
	case "a quotation mark lacks its partner or is followed by text":
		said = "un guillemet n’est pas fermé ou est suivi de texte"
	case "the domain is missing.":
		said = "le domaine manque."
	case "write a domain, not an IP address.":
		said = "écrivez un domaine, pas une adresse IP."
	case "the domain has characters that domains cannot have.":
		said = "le domaine contient des caractères interdits dans un domaine."
	case "the domain needs an ending such as .com.":
		said = "le domaine demande une terminaison comme .fr."
	case "the domain has a dot too many.":
		said = "le domaine a un point de trop."
	case "a part of the domain is longer than 63 characters.":
		said = "une partie du domaine dépasse 63 caractères."
	case "the domain is longer than 253 characters.":
		said = "le domaine dépasse 253 caractères."
	case "\"query\" must be a string.":
		said = "«\u202fquery\u202f» doit être une chaîne de caractères."
	case "\"operationName\" must be a string or null.":
		said = "«\u202foperationName\u202f» doit être une chaîne de caractères ou null."
	case "\"variables\" must be an object or null.":
		said = "«\u202fvariables\u202f» doit être un objet ou null."
	case "\"extensions\" must be an object or null.":
		said = "«\u202fextensions\u202f» doit être un objet ou null."
	case "a text":
		said = "un texte"
	case "true or false":
		said = "true ou false"
	case "an object":
		said = "un objet"
	case "a list of UUIDs":
		said = "une liste d’UUID"
	case "a list of whole numbers":
		said = "une liste de nombres entiers"
	case "contact.first_name or contact.last_name":
		said = "contact.first_name ou contact.last_name"
	}
	return said, said != ""
}
