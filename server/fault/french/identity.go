package french

// identity says sentences about signing in, passwords and sessions.
func identity(english string) string {
	switch english {
	case "%s needs a letter.":
		return "%s doit contenir une lettre."
	case "Sign in first.":
		return "Connectez-vous d’abord."
	case "The session has ended. Sign in again.":
		return "La session est terminée. Reconnectez-vous."
	case "Your rights in this account have changed. Connect again.":
		return "Vos droits dans ce compte ont changé. Reconnectez-vous."
	case "Too many people are signing in at once. Try again in a moment.":
		return "Trop de personnes se connectent en même temps. Réessayez dans un instant."
	case "The new password is the old one.":
		return "Le nouveau mot de passe est identique à l’ancien."
	case "The old password is wrong.":
		return "L’ancien mot de passe est incorrect."
	case "The password was changed elsewhere at the same time. Sign in again.":
		return "Le mot de passe a été changé ailleurs au même moment. Reconnectez-vous."
	case "%s is missing.":
		return "%s manque."
	case "%s has at most %d characters.":
		return "%s compte au plus %d caractères."
	case "%s contains characters that cannot be shown.":
		return "%s contient des caractères qui ne peuvent pas être affichés."
	case "The name of the device has at most %d characters.":
		return "Le nom de l’appareil compte au plus %d caractères."
	case "The name of the device contains characters that cannot be shown.":
		return "Le nom de l’appareil contient des caractères qui ne peuvent pas être affichés."
	case "The language is en or fr.":
		return "La langue est en ou fr."
	case "The password contains bytes that are not text.":
		return "Le mot de passe contient des octets qui ne sont pas du texte."
	case "The password needs at least %d characters.":
		return "Le mot de passe doit compter au moins %d caractères."
	case "The password has at most %d characters.":
		return "Le mot de passe compte au plus %d caractères."
	case "The password cannot be the address.":
		return "Le mot de passe ne peut pas être l’adresse."
	case "The password needs at least %d different characters.":
		return "Le mot de passe doit compter au moins %d caractères différents."
	case "This password is among the first that are guessed. Choose another.":
		return "Ce mot de passe est parmi les premiers que l’on devine. Choisissez-en un autre."
	case "This address has no login yet.":
		return "Aucun identifiant n’existe encore pour cette adresse."
	case "This person is in the account already.":
		return "Cette personne est déjà dans le compte."
	case "Sign-up is closed on this server. Ask its operator, or an owner of an account to invite you.":
		return "L’inscription est fermée sur ce serveur. Adressez-vous à son exploitant, ou demandez une invitation à un propriétaire d’un compte."
	case "This address has a login already. Sign in with it, or set a new password.":
		return "Un identifiant existe déjà pour cette adresse. Connectez-vous avec, ou choisissez un nouveau mot de passe."
	case "The address or the password is wrong.":
		return "L’adresse ou le mot de passe est incorrect."
	case "This link was used already or has expired. Ask for a new one.":
		return "Ce lien a déjà servi ou a expiré. Demandez-en un nouveau."
	case "A session in a cookie can only begin over HTTP.":
		return "Une session dans un cookie ne peut commencer que par HTTP."
	case "Too many tries. Come back in %d minutes.":
		return "Trop d’essais. Revenez dans %d minutes."
	case "Too many tries. Come back in a minute.":
		return "Trop d’essais. Revenez dans une minute."
	case "That is %d %s; at most %d go out in %s.":
		return "Cela fait %d %s\u202f; il en part au plus %d en %s."
	case "At most %d %s go out in %s, and %d are left. Come back later.":
		return "Au plus %d %s partent en %s, et il en reste %d. Revenez plus tard."
	case "%d hours":
		return "%d heures"
	case "An email address is missing.":
		return "Il manque une adresse e-mail."
	case "An email address has at most %d characters.":
		return "Une adresse e-mail compte au plus %d caractères."
	case "An email address contains bytes that are not text.":
		return "L’adresse e-mail contient des octets qui ne sont pas du texte."
	case "%q is not an email address: it needs exactly one @, as in name@example.com.":
		return "«\u202f%s\u202f» n’est pas une adresse e-mail\u00a0: il faut un seul @, comme dans nom@exemple.fr."
	case "%q is not an email address: %s":
		return "«\u202f%s\u202f» n’est pas une adresse e-mail\u00a0: %s"
	case "%q is not an email address: nothing stands before the @.":
		return "«\u202f%s\u202f» n’est pas une adresse e-mail\u00a0: il n’y a rien avant le @."
	case "%q is not an email address: a dot before the @ must stand between two characters.":
		return "«\u202f%s\u202f» n’est pas une adresse e-mail\u00a0: avant le @, un point doit se trouver entre deux caractères."
	case "%q is not an email address: %s cannot stand before the @.":
		return "«\u202f%s\u202f» n’est pas une adresse e-mail\u00a0: %s ne peut pas figurer avant le @."
	case "An email address has at most %d characters before the @.":
		return "Une adresse e-mail compte au plus %d caractères avant le @."
	case "A domain is missing.":
		return "Il manque un domaine."
	case "A domain has at most %d characters.":
		return "Un domaine compte au plus %d caractères."
	case "%q is not a domain: %s":
		return "«\u202f%s\u202f» n’est pas un domaine\u00a0: %s"
	}
	return ""
}
