package french

// team says sentences about invitations and those who come and go.
func team(english string) string {
	switch english {
	case "%s has a login already. Sign in with it first, then accept the invitation.":
		return "Un identifiant existe déjà pour %s. Connectez-vous d’abord avec, puis acceptez l’invitation."
	case "%s is an owner and has access to everything.":
		return "%s est propriétaire et a accès à tout."
	case "%s made this campaign and keeps it.":
		return "%s a créé cette campagne et la garde."
	case "Something went wrong on our side, also when it was tried again.":
		return "Un problème est survenu de notre côté, même après un nouvel essai."
	case "The campaign “%s” has been deleted.":
		return "La campagne «\u202f%s\u202f» a été supprimée."
	case "The campaign has been deleted.":
		return "La campagne a été supprimée."
	case "A copy is not erased before it is locked: give at least %d days, or 0 for never.":
		return "Une copie n’est pas effacée avant d’être verrouillée\u00a0: indiquez au moins %d jours, ou 0 pour jamais."
	case "A file can have %d people; invite the rest, from line %d on, with another one.":
		return "Un fichier peut compter %d personnes\u202f; invitez les autres, à partir de la ligne %d, avec un autre fichier."
	case "A month or a year brings 1 to %d credits.":
		return "Un mois ou une année apporte de 1 à %d crédits."
	case "Only a month or a year has an amount of credits.":
		return "Seuls un mois ou une année ont un nombre de crédits."
	case "A successor is named to hand leads to one, and only then.":
		return "On n’indique un successeur que pour lui confier des prospects, et dans ce cas seulement."
	case "A time zone is a name such as Europe/Paris or UTC.":
		return "Un fuseau horaire est un nom comme Europe/Paris ou UTC."
	case "Access is to view or to edit.":
		return "L’accès permet de consulter ou de modifier."
	case "An account needs an active owner. Make someone else an owner first.":
		return "Un compte doit garder un propriétaire actif. Donnez d’abord ce rôle à quelqu’un d’autre."
	case "An item is named twice.":
		return "Un élément est indiqué deux fois."
	case "Choose a password for your new login.":
		return "Choisissez un mot de passe pour votre nouvel identifiant."
	case "Give 0 to %d days; 0 is never.":
		return "Indiquez de 0 à %d jours\u202f; 0 signifie jamais."
	case "Leads cannot stay with a person who is removed: hand them to the rotation or to a successor.":
		return "Les prospects ne peuvent pas rester à une personne retirée du compte\u00a0: confiez-les à la rotation ou à un successeur."
	case "Name at most %d items here; the access window takes any number.":
		return "Indiquez ici au plus %d éléments\u202f; la fenêtre des accès en prend autant que vous voulez."
	case "No column is named %s. The first line names the columns: Email, First name, Last name, and where wanted Role, Can send, Can export.":
		return "Aucune colonne ne s’appelle %s. La première ligne nomme les colonnes\u00a0: E-mail, Prénom, Nom et, si vous le souhaitez, Niveau, Peut envoyer, Peut exporter."
	case "No people follow the line with the names of the columns.":
		return "Aucune personne ne suit la ligne qui nomme les colonnes."
	case "Only campaigns have a rotation to join.":
		return "Seules les campagnes ont une rotation à rejoindre."
	case "The address is in line %d already.":
		return "L’adresse figure déjà à la ligne %d."
	case "The column %s takes yes or no.":
		return "La colonne %s prend oui ou non."
	case "The role is owner, manager or member.":
		return "Le niveau est propriétaire, gestionnaire ou membre."
	case "The successor is among those who go.":
		return "Le successeur est parmi les personnes qui partent."
	case "The successor is deactivated and cannot follow leads up.":
		return "Le successeur est désactivé et ne peut pas suivre de prospects."
	case "This invitation gives access to more than %d items; change it in the access window.":
		return "Cette invitation donne accès à plus de %d éléments\u202f; modifiez-la dans la fenêtre des accès."
	case "This invitation was sent a moment ago. Try again in a minute.":
		return "Cette invitation vient d’être envoyée. Réessayez dans une minute."
	case "This invitation was sent to %s. Sign in with that address, or sign out, to accept it.":
		return "Cette invitation a été envoyée à %s. Pour l’accepter, connectez-vous avec cette adresse ou déconnectez-vous."
	case "This invitation was used already, was withdrawn or has expired. Ask whoever invited you to send a new one.":
		return "Cette invitation a déjà servi, a été annulée ou a expiré. Demandez-en une nouvelle à la personne qui vous a invité."
	case "This person has an invitation already. Send that one again, or withdraw it first.":
		return "Cette personne a déjà une invitation. Renvoyez-la, ou annulez-la d’abord."
	case "This person is in the account and deactivated. Reactivate them instead.":
		return "Cette personne est dans le compte, désactivée. Réactivez-la plutôt."
	case "Who follows leads up needs to change the campaign: choose edit, or no round robin.":
		return "Pour suivre des prospects, il faut pouvoir modifier la campagne\u00a0: choisissez la modification, ou pas de rotation."
	case "You are no owner of the account any more.":
		return "Vous n’avez plus le rôle de propriétaire du compte."
	}
	return ""
}
