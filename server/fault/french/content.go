package french

// content says sentences about campaigns, templates, lists, blacklists and files.
func content(english string) string {
	switch english {
	case "A contact has at most %d further fields.":
		return "Un contact a au plus %d champs supplémentaires."
	case "A file can have %d contacts; import the rest, from line %d on, from another one.":
		return "Un fichier peut compter %d contacts\u202f; importez les autres, à partir de la ligne %d, depuis un autre fichier."
	case "A file can have %d entries; import the rest, from line %d on, from another one.":
		return "Un fichier peut compter %d entrées\u202f; importez les autres, à partir de la ligne %d, depuis un autre fichier."
	case "A line is longer than %d bytes. A blacklist has one address or domain a line.":
		return "Une ligne dépasse %d octets. Une liste noire a une adresse ou un domaine par ligne."
	case "At most %d characters are possible; these are %d.":
		return "Au plus %d caractères sont possibles\u202f; en voici %d."
	case "More than %d rows of this file are no contacts; it was not read on.":
		return "Plus de %d lignes de ce fichier ne sont pas des contacts\u202f; la lecture s’est arrêtée là."
	case "No column is named Email. The columns are %s.":
		return "Aucune colonne ne s’appelle E-mail. Les colonnes sont %s."
	case "The blacklist has this entry already.":
		return "La liste noire contient déjà cette entrée."
	case "The contacts of this list have more than %d different further fields; that is no table any more.":
		return "Les contacts de cette liste ont plus de %d champs supplémentaires différents\u202f; ce n’est plus un tableau."
	case "The file has %d columns; at most %d can be read.":
		return "Le fichier a %d colonnes\u202f; au plus %d peuvent être lues."
	case "The first line must name the columns, such as Email, First name, Last name; it holds the address %s.":
		return "La première ligne doit nommer les colonnes, par exemple E-mail, Prénom, Nom\u202f; elle contient l’adresse %s."
	case "The further fields of a contact have at most %d bytes together.":
		return "Les champs supplémentaires d’un contact comptent au plus %d octets en tout."
	case "The header of column %d is longer than %d characters.":
		return "L’en-tête de la colonne %d dépasse %d caractères."
	case "The header of column %d is not readable. Save the file as CSV, encoded in UTF-8.":
		return "L’en-tête de la colonne %d est illisible. Enregistrez le fichier au format CSV, encodé en UTF-8."
	case "The list has this address already.":
		return "La liste contient déjà cette adresse."
	case "The name of a further field is missing.":
		return "Il manque le nom d’un champ supplémentaire."
	case "There is no such reason.":
		return "Ce motif n’existe pas."
	case "This id is taken. Make another one.":
		return "Cet identifiant est pris. Choisissez-en un autre."
	case "This is not text: it holds bytes that are not UTF-8.":
		return "Ce n’est pas du texte\u00a0: il s’y trouve des octets qui ne sont pas de l’UTF-8."
	case "You are exporting %d lists already. Try again when one of them is done.":
		return "Vous exportez déjà %d listes. Réessayez quand l’une d’elles est terminée."
	case "You may look at lists and not export them. An owner can give you the right to.":
		return "Vous pouvez consulter les listes, mais pas les exporter. Un propriétaire peut vous en donner le droit."
	case "This row cannot be read.":
		return "Cette ligne est illisible."
	case "%s: %s":
		return "%s\u00a0: %s"
	case "The address %s stands in line %d already.":
		return "L’adresse %s figure déjà à la ligne %d."
	case "The note is not text: it holds bytes that are not UTF-8.":
		return "La note n’est pas du texte\u00a0: il s’y trouve des octets qui ne sont pas de l’UTF-8."
	case "This row holds bytes that are not text; save the file as CSV, encoded in UTF-8.":
		return "Cette ligne contient des octets qui ne sont pas du texte\u202f; enregistrez le fichier au format CSV, encodé en UTF-8."
	case "The value of %q is none of subscribed, unsubscribed, bounced and complained.":
		return "La valeur de «\u202f%s\u202f» n’est ni subscribed, ni unsubscribed, ni bounced, ni complained."
	case "The note is longer than %d characters.":
		return "La note dépasse %d caractères."
	case "The reason %q is none of unsubscribed, bounced, complaint and manual.":
		return "Le motif «\u202f%s\u202f» n’est ni unsubscribed, ni bounced, ni complaint, ni manual."
	case "This row's further fields are longer than %d bytes together.":
		return "Les champs supplémentaires de cette ligne dépassent %d octets en tout."
	case "The value of %q is longer than %d characters.":
		return "La valeur de «\u202f%s\u202f» dépasse %d caractères."
	case "This contact is %s; that is undone in the dashboard.":
		return "Ce contact est %s\u202f; cela s’annule dans le tableau de bord."
	case "This contact is %s; its address is changed in the dashboard.":
		return "Ce contact est %s\u202f; son adresse se modifie dans le tableau de bord."
	case "This contact is %s; it is deleted in the dashboard.":
		return "Ce contact est %s\u202f; il se supprime dans le tableau de bord."
	case "This entry is there for the reason %q; that is changed in the dashboard.":
		return "Cette entrée a pour motif «\u202f%s\u202f»\u202f; cela se modifie dans le tableau de bord."
	case "This entry is there for the reason %q; it is deleted in the dashboard.":
		return "Cette entrée a pour motif «\u202f%s\u202f»\u202f; elle se supprime dans le tableau de bord."
	case "Others have changed this entry since; it is deleted in the dashboard.":
		return "D’autres ont modifié cette entrée depuis\u202f; elle se supprime dans le tableau de bord."
	case "This address was not given for this list, or is not whole. Ask for another.":
		return "Cette adresse n’a pas été donnée pour cette liste, ou elle est incomplète. Demandez-en une autre."
	case "This address worked for %d minutes, which are over. Ask for another.":
		return "Cette adresse fonctionnait pendant %d minutes, qui sont passées. Demandez-en une autre."
	case "A row from line %d on is longer than %d bytes; a quotation mark may lack its partner.":
		return "À partir de la ligne %d, une ligne dépasse %d octets\u202f; il manque peut-être un guillemet fermant."
	case "The file is empty.":
		return "Le fichier est vide."
	case "The first line cannot be read: %s.":
		return "La première ligne est illisible\u00a0: %s."
	case "This row cannot be read: %s.":
		return "Cette ligne est illisible\u00a0: %s."
	case "This is a workbook, not a CSV file. Open it and save it as CSV.":
		return "C’est un classeur, pas un fichier CSV. Ouvrez-le et enregistrez-le au format CSV."
	case "This is not a text file. Save it as CSV, encoded in UTF-8.":
		return "Ce n’est pas un fichier texte. Enregistrez-le au format CSV, encodé en UTF-8."
	case "There is nothing at this address; a list is fetched by GET, as its id and .csv.":
		return "Il n’y a rien à cette adresse\u202f; une liste se télécharge par GET, sous son identifiant suivi de .csv."
	case "The list is being made ready; ask again in a moment.":
		return "La liste est en préparation\u202f; redemandez-la dans un instant."
	case "A %s has no such field.":
		return "Ce champ n’existe pas pour %s."
	case "A body has at most %d bytes; this one has %d.":
		return "Un corps de message compte au plus %d octets\u202f; celui-ci en a %d."
	case "A body is MJML or HTML.":
		return "Un corps de message est en MJML ou en HTML."
	case "A name is missing.":
		return "Il manque un nom."
	case "At most %d can be named.":
		return "On peut en indiquer au plus %d."
	case "This %s has %d rows; with up to %d it can be copied.":
		return "Pour %s, il y a %d lignes\u202f; la copie est possible jusqu’à %d."
	case "Others have changed this %s since; look at it before you delete it.":
		return "D’autres ont modifié %s depuis\u202f; regardez ce qui a changé avant de supprimer."
	case "This blacklist has addresses that bounced, complained or unsubscribed; it is deleted in the dashboard.":
		return "Cette liste noire contient des adresses rejetées, plaignantes ou désinscrites\u202f; elle se supprime dans le tableau de bord."
	case "This campaign has been sent; its content no longer changes. Duplicate it to go on.":
		return "Cette campagne a été envoyée\u202f; son contenu ne change plus. Dupliquez-la pour continuer."
	case "This campaign is being sent; it can be deleted afterwards.":
		return "Cette campagne est en cours d’envoi\u202f; elle pourra être supprimée ensuite."
	case "This campaign is being sent; its content no longer changes.":
		return "Cette campagne est en cours d’envoi\u202f; son contenu ne change plus."
	case "This is not text: it holds NUL or bytes that are not UTF-8.":
		return "Ce n’est pas du texte\u00a0: il s’y trouve des NUL ou des octets qui ne sont pas de l’UTF-8."
	case "This is one line of text, without line breaks or control characters.":
		return "C’est une seule ligne de texte, sans retour à la ligne ni caractère de contrôle."
	case "This text holds control characters.":
		return "Ce texte contient des caractères de contrôle."
	case "There is no version %d; the newest is %d.":
		return "Il n’y a pas de version %d\u202f; la plus récente est la version %d."
	case "Line %d: %s":
		return "Ligne %d\u00a0: %s"
	case "Line %d: the %s holds a character that is not text.":
		return "Ligne %d\u00a0: %s contient un caractère qui n’est pas du texte."
	case "Line %d: this cannot be computed.":
		return "Ligne %d\u00a0: ceci ne peut pas être calculé."
	case "The %s cannot be read.":
		return "Impossible de lire %s."
	case "The %s is longer than %d kB.":
		return "La taille maximale est dépassée par %s\u00a0: au plus %d ko."
	case "The format is html or mjml.":
		return "Le format est html ou mjml."
	case "%s Before that, %d rows were added and %d updated.":
		return "%s Avant cela, %d lignes ont été ajoutées et %d mises à jour."
	case "A file has at most %d MB. Send it in parts.":
		return "Un fichier pèse au plus %d Mo. Envoyez-le en plusieurs parties."
	case "Send the file as it is, not compressed.":
		return "Envoyez le fichier tel quel, sans compression."
	case "Send the file itself, as text/csv or text/plain.":
		return "Envoyez le fichier lui-même, en text/csv ou text/plain."
	case "The file did not arrive as a whole. Send it again.":
		return "Le fichier n’est pas arrivé en entier. Renvoyez-le."
	case "There is nothing at this address; a file is sent by POST.":
		return "Il n’y a rien à cette adresse\u202f; un fichier s’envoie par POST."
	}
	return ""
}
