package french

// sharing says sentences about the people, items and rights of an account.
func sharing(english string) string {
	switch english {
	case "There is no such %s, or it is not shared with you.":
		return "Nous ne trouvons pas %s parmi ce qui est partagé avec vous."
	case "Open an account first.":
		return "Ouvrez d’abord un compte."
	case "You may look at this item and not change it.":
		return "Vous pouvez consulter cet élément, mais pas le modifier."
	case "Only an owner, the item's creator or a manager who may change it does this.":
		return "Seul un propriétaire, la personne qui a créé l’élément ou un gestionnaire autorisé à le modifier peut faire cela."
	case "Only an owner or the item's creator says who may see it.":
		return "Seul un propriétaire ou la personne qui a créé l’élément décide qui peut le voir."
	case "Members do not create campaigns; ask a manager or an owner.":
		return "Les membres ne créent pas de campagnes\u202f; adressez-vous à un gestionnaire ou à un propriétaire."
	case "Members do not change a campaign's sender and recipients; ask a manager or an owner.":
		return "Les membres ne modifient ni l’expéditeur ni les destinataires d’une campagne\u202f; adressez-vous à un gestionnaire ou à un propriétaire."
	case "To take people off an item, remove them.":
		return "Pour retirer des personnes d’un élément, utilisez le retrait."
	case "Owners and the item's creator keep it: %s cannot be removed.":
		return "Les propriétaires et la personne qui a créé l’élément le conservent\u00a0: il n’est pas possible de retirer %s."
	case "Name 1 to %d people.":
		return "Indiquez de 1 à %d personnes."
	case "Only an owner of the account does this.":
		return "Seul un propriétaire du compte peut faire cela."
	case "Only an owner of the account sees its invitations.":
		return "Seul un propriétaire du compte voit ses invitations."
	case "Only an owner of the account sees and changes who has access to campaigns.":
		return "Seul un propriétaire du compte voit et modifie les accès aux campagnes."
	case "Only an owner of the account changes who has access to campaigns.":
		return "Seul un propriétaire du compte modifie les accès aux campagnes."
	case "Only owners read the history.":
		return "Seuls les propriétaires lisent l’historique."
	case "The history is being checked already. Try again in a moment.":
		return "Une vérification de l’historique est déjà en cours. Réessayez dans un instant."
	case "This is not the hash of a line, which is written in hexadecimal.":
		return "Ce n’est pas l’empreinte d’une ligne\u00a0: elle s’écrit en hexadécimal."
	case "Say whether the person has access, is in the rotation, or both.":
		return "Indiquez si la personne a accès, si elle est dans la rotation, ou les deux."
	case "Round robin needs access: tick both, or neither.":
		return "La rotation demande l’accès\u00a0: cochez les deux, ou aucun des deux."
	case "Name at most %d campaigns one by one.":
		return "Indiquez au plus %d campagnes une par une."
	case "A campaign is named twice.":
		return "Une campagne est indiquée deux fois."
	case "For several people at once access is only added; take it away for one person at a time.":
		return "Pour plusieurs personnes à la fois, on ne fait qu’ajouter des accès\u202f; retirez-les une personne à la fois."
	case "Access is changed for one person at a time; several are only given more.":
		return "Les accès se modifient une personne à la fois\u202f; à plusieurs personnes, on ne fait qu’en ajouter."
	case "%s is an owner and has access to everything. Change the role first.":
		return "%s a le rôle de propriétaire et a accès à tout. Changez d’abord ce rôle."
	case "This is about %d pairs of a person and a campaign; up to %d can be changed at once.":
		return "Cela concerne %d couples d’une personne et d’une campagne\u202f; on peut en modifier jusqu’à %d à la fois."
	case "Only changes of campaign access can be undone.":
		return "Seules les modifications d’accès aux campagnes peuvent être annulées."
	case "This has not ended yet; cancel it first.":
		return "Ce travail n’est pas terminé\u202f; arrêtez-le d’abord."
	case "This was undone already.":
		return "Cela a déjà été annulé."
	case "Nothing of this is left to be undone.":
		return "Il n’en reste rien à annuler."
	case "This is too long ago to be undone.":
		return "Cela remonte trop loin pour être annulé."
	case "Nothing is left to be done.":
		return "Il ne reste rien à faire."
	case "This has ended already.":
		return "Ce travail est déjà terminé."
	case "This has not ended yet.":
		return "Ce travail n’est pas encore terminé."
	case "This server does not know the work %q.":
		return "Ce serveur ne connaît pas le travail «\u202f%s\u202f»."
	case "This was retried or undone already.":
		return "Ce travail a déjà été relancé ou annulé."
	}
	return ""
}
