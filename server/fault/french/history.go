package french

// history says sentences about the history of an account.
func history(english string) string {
	switch english {
	case "The account's own note of its history cannot be read.":
		return "La note du compte sur son propre historique est illisible."
	case "Line %d cannot be read.":
		return "La ligne %d est illisible."
	case "There is a line of the number %d.":
		return "Une ligne porte le numéro %d."
	case "Line %d is missing.":
		return "La ligne %d manque."
	case "Line %d stands beyond the end: the account has counted %d lines.":
		return "La ligne %d se trouve après la fin\u00a0: le compte a compté %d lignes."
	case "Line %d is not as it was written.":
		return "La ligne %d n’est pas telle qu’elle a été écrite."
	case "Line %d is earlier than the one before it.":
		return "La ligne %d est antérieure à la précédente."
	case "Line %d is another than the one that was noted.":
		return "La ligne %d diffère de celle qui a été notée."
	case "Line %d is missing: the account has counted %d lines.":
		return "La ligne %d manque\u00a0: le compte a compté %d lignes."
	case "The last line is another than the one that the account has noted.":
		return "La dernière ligne diffère de celle que le compte a notée."
	case "Line %d, which was noted, is missing.":
		return "La ligne %d, qui a été notée, manque."
	}
	return ""
}
