package french

// leads says sentences about leads, their rotation and their forms.
func leads(english string) string {
	switch english {
	case "%s does not see %q. Give them access first.":
		return "%s ne voit pas «\u202f%s\u202f». Donnez-lui d’abord l’accès."
	case "%s is deactivated and cannot follow leads up.":
		return "%s est sans accès au compte et ne peut pas suivre de prospects."
	case "An address, a phone number or a name is needed.":
		return "Il faut une adresse, un numéro de téléphone ou un nom."
	case "Members do not delete leads; ask a manager or an owner.":
		return "Les membres ne suppriment pas de prospects\u202f; adressez-vous à un gestionnaire ou à un propriétaire."
	case "You may look at this campaign and not change it.":
		return "Vous pouvez consulter cette campagne, mais pas la modifier."
	case "Name 1 to %d leads.":
		return "Indiquez de 1 à %d prospects."
	case "There is no such state.":
		return "Cet état n’existe pas."
	case "%q is not an origin like https://www.example.com.":
		return "«\u202f%s\u202f» n’est pas une origine comme https://www.exemple.fr."
	case "A file can have %d leads; send the rest, from line %d on, in another one. Nothing was brought in.":
		return "Un fichier peut compter %d prospects\u202f; envoyez les autres, à partir de la ligne %d, dans un autre fichier. Rien n’a été importé."
	case "A further field has no name.":
		return "Un champ supplémentaire n’a pas de nom."
	case "A lead has at most %d further fields; these are %d.":
		return "Un prospect a au plus %d champs supplémentaires\u202f; en voici %d."
	case "A lead has at most %d further fields; this file has more columns.":
		return "Un prospect a au plus %d champs supplémentaires\u202f; ce fichier a davantage de colonnes."
	case "Another lead came in with this idempotency key.":
		return "Un autre prospect est arrivé avec cette clé d’idempotence."
	case "Members do not change the settings of campaigns; ask a manager or an owner.":
		return "Les membres ne modifient pas les réglages des campagnes\u202f; adressez-vous à un gestionnaire ou à un propriétaire."
	case "Name a moment that is still to come, or none to say that they are back.":
		return "Indiquez un moment à venir, ou aucun pour noter le retour de la personne."
	case "Name at most %d origins.":
		return "Indiquez au plus %d origines."
	case "Only an owner says this of somebody else.":
		return "Seul un propriétaire peut l’indiquer pour quelqu’un d’autre."
	case "The first line must name the columns, one of them Email, Name or Phone.":
		return "La première ligne doit nommer les colonnes, dont E-mail, Nom ou Téléphone."
	case "The rotation is paused, or nobody in it is available: the rest still waits.":
		return "La rotation est en pause, ou personne n’y est disponible\u00a0: le reste attend encore."
	case "The rotation is paused. Let it go on first.":
		return "La rotation est en pause. Relancez-la d’abord."
	case "The server is too busy to store this now. Try again in a moment.":
		return "Le serveur est trop occupé pour enregistrer cela maintenant. Réessayez dans un instant."
	case "These are not the people of the rotation as it is now. Look at it again, and name each once.":
		return "Ce ne sont pas les personnes de la rotation telle qu’elle est à présent. Regardez-la de nouveau et indiquez chacune une fois."
	case "This holds bytes that are not text; send it as UTF-8.":
		return "Ceci contient des octets qui ne sont pas du texte\u202f; envoyez-le en UTF-8."
	case "This is longer than %d characters.":
		return "Ceci dépasse %d caractères."
	case "This row has more values than the first line has headers.":
		return "Cette ligne a plus de valeurs que la première n’a d’en-têtes."
	case "Whoever asked for this is not in the account any more.":
		return "La personne qui l’a demandé n’est plus dans le compte."
	case "With its columns written out for each lead this file has more than %d MB; send the rest, from line %d on, in another one, with fewer columns or shorter names of columns. Nothing was brought in.":
		return "Avec ses colonnes écrites pour chaque prospect, ce fichier dépasse %d Mo\u202f; envoyez le reste, à partir de la ligne %d, dans un autre fichier, avec moins de colonnes ou des noms de colonnes plus courts. Rien n’a été importé."
	case "You are shown your own leads only; this is for those who see all of a campaign's.":
		return "Vous ne voyez que vos propres prospects\u202f; ceci est réservé à qui voit tous ceux d’une campagne."
	case "A lead has at most %d KB.":
		return "Un prospect pèse au plus %d Ko."
	case "Give one idempotency key.":
		return "Indiquez une seule clé d’idempotence."
	case "Leads are sent by POST.":
		return "Les prospects s’envoient par POST."
	case "Pages of this origin may not send leads here.":
		return "Les pages de cette origine ne peuvent pas envoyer de prospects ici."
	case "Something went wrong on our side, and the lead was not stored.":
		return "Un problème est survenu de notre côté, et le prospect n’a pas été enregistré."
	case "The lead did not arrive as a whole. Send it again.":
		return "Le prospect n’est pas arrivé en entier. Renvoyez-le."
	case "The lead holds bytes that are not text; send it in UTF-8.":
		return "Le prospect contient des octets qui ne sont pas du texte\u202f; envoyez-le en UTF-8."
	case "There is no such form. Its address may have changed.":
		return "Ce formulaire n’existe pas. Son adresse a peut-être changé."
	case "This field is there twice.":
		return "Ce champ est présent deux fois."
	case "This is not a form as browsers send it.":
		return "Ce n’est pas un formulaire tel que les navigateurs l’envoient."
	case "This is not one JSON object.":
		return "Ce n’est pas un objet JSON unique."
	case "Too many leads at once. Come back in a moment.":
		return "Trop de prospects à la fois. Revenez dans un instant."
	case "At most %d campaigns and %d people at once.":
		return "Au plus %d campagnes et %d personnes à la fois."
	case "The field %q is named twice.":
		return "Le champ «\u202f%s\u202f» est indiqué deux fois."
	}
	return ""
}
