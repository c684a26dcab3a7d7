package french

// documents says sentences about the limits of a GraphQL document.
func documents(english string) string {
	switch english {
	case "This could read %s objects; one request may read %d. Ask for smaller pages or fewer levels.":
		return "Cela pourrait lire %s objets\u202f; une requête peut en lire %d. Demandez des pages plus petites ou moins de niveaux."
	case "This could cost %s; one request may cost %d. Ask for smaller pages or fewer fields.":
		return "Cela pourrait coûter %s\u202f; une requête peut coûter %d. Demandez des pages plus petites ou moins de champs."
	case "%q takes at most %d ids.":
		return "«\u202f%s\u202f» prend au plus %d identifiants."
	case "%q needs either \"first\" or \"last\", from 1 to %d.":
		return "«\u202f%s\u202f» demande «\u202ffirst\u202f» ou «\u202flast\u202f», de 1 à %d."
	case "%q needs \"first\", from 1 to %d.":
		return "«\u202f%s\u202f» demande «\u202ffirst\u202f», de 1 à %d."
	case "%q of %q must be from 1 to %d.":
		return "«\u202f%s\u202f» de «\u202f%s\u202f» doit aller de 1 à %d."
	case "The fragment %q spreads itself.":
		return "Le fragment «\u202f%s\u202f» s’inclut lui-même."
	case "Fields may nest at most %d deep.":
		return "Les champs peuvent s’imbriquer sur au plus %d niveaux."
	case "An operation may select at most %d fields, counting a fragment wherever it is spread.":
		return "Une opération peut choisir au plus %d champs, chaque fragment étant compté partout où il figure."
	case "%q may stand at most %d times at one place.":
		return "«\u202f%s\u202f» peut figurer au plus %d fois au même endroit."
	case "Fragments may be spread at most %d times at one place.":
		return "Des fragments peuvent figurer au plus %d fois au même endroit."
	case "A document may hold at most %d operations.":
		return "Un document peut contenir au plus %d opérations."
	case "A document may define at most %d fragments.":
		return "Un document peut définir au plus %d fragments."
	case "There are two fragments named %q.":
		return "Deux fragments s’appellent «\u202f%s\u202f»."
	case "An operation may have at most %d variables.":
		return "Une opération peut avoir au plus %d variables."
	case "A document may have at most %d aliases.":
		return "Un document peut avoir au plus %d alias."
	case "One place may have at most %d directives.":
		return "Un endroit peut avoir au plus %d directives."
	case "The directive @defer is not supported.":
		return "La directive @defer n’est pas prise en charge."
	case "A field or directive may have at most %d arguments.":
		return "Un champ ou une directive peut avoir au plus %d arguments."
	case "A value may nest at most %d deep.":
		return "Une valeur peut s’imbriquer sur au plus %d niveaux."
	case "A name may have at most %d characters.":
		return "Un nom peut avoir au plus %d caractères."
	}
	return ""
}
