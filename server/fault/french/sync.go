package french

// sync says sentences about what desktops and the server say to each other.
func sync(english string) string {
	switch english {
	case "A change names the version that it was made on.":
		return "Une modification indique la version sur laquelle elle a été faite."
	case "A row names the item that it is of.":
		return "Une ligne indique l’élément dont elle fait partie."
	case "An address or a domain is missing.":
		return "Il manque une adresse ou un domaine."
	case "An id is missing.":
		return "Il manque un identifiant."
	case "At most %d versions can be named.":
		return "On peut indiquer au plus %d versions."
	case "Leads come in through forms and files.":
		return "Les prospects arrivent par des formulaires et des fichiers."
	case "Mutation %d of this replica was another one: its files were copied or restored. Go on under a new id.":
		return "La modification %d de cette copie en était une autre\u00a0: ses fichiers ont été copiés ou restaurés. Continuez sous un nouvel identifiant."
	case "What mutation %d of this replica was is no longer known. Go on under a new id.":
		return "Ce qu’était la modification %d de cette copie n’est plus connu. Continuez sous un nouvel identifiant."
	case "Only rows are of an item.":
		return "Seules les lignes font partie d’un élément."
	case "The id of something new is a UUID of version 7.":
		return "L’identifiant d’une nouveauté est un UUID de version 7."
	case "There is no such audience.":
		return "Ce public n’existe pas."
	case "There is no such kind.":
		return "Ce type n’existe pas."
	case "There is no such operation.":
		return "Cette opération n’existe pas."
	case "What an entry is of never changes. Add another one.":
		return "Ce que désigne une entrée ne change jamais. Ajoutez-en une autre."
	case "What this is follows from the value; it is %q.":
		return "Ce que c’est découle de la valeur\u202f; c’est «\u202f%s\u202f»."
	case "Who sees an item is changed in the dashboard.":
		return "Qui voit un élément se modifie dans le tableau de bord."
	case "This is %s.":
		return "C’est %s."
	case "These are texts by name.":
		return "Ce sont des textes par nom."
	case "These are digests by field.":
		return "Ce sont des empreintes par champ."
	case "changed_at is a whole number.":
		return "changed_at est un nombre entier."
	case "A text is missing here.":
		return "Il manque un texte ici."
	case "These are UUIDs, in lower case.":
		return "Ce sont des UUID, en minuscules."
	case "This is a whole number.":
		return "C’est un nombre entier."
	case "These are whole numbers.":
		return "Ce sont des nombres entiers."
	case "Nothing is known of %q here.":
		return "On ne connaît pas «\u202f%s\u202f» ici."
	case "A mutation is a JSON object.":
		return "Une modification est un objet JSON."
	case "A push has a list of at most %d mutations.":
		return "Un envoi a une liste d’au plus %d modifications."
	case "A push has a replica, a number that is acknowledged, and mutations, and nothing else.":
		return "Un envoi a une copie, un numéro acquitté et des modifications, et rien d’autre."
	case "A push has at most %d MB. Send fewer mutations at once.":
		return "Un envoi pèse au plus %d Mo. Envoyez moins de modifications à la fois."
	case "A push is a JSON object.":
		return "Un envoi est un objet JSON."
	case "Mutations are numbered from 1.":
		return "Les modifications sont numérotées à partir de 1."
	case "Parts are numbers from 0 to 255, with commas between them.":
		return "Les parties sont des nombres de 0 à 255, séparés par des virgules."
	case "Send the mutations as application/json.":
		return "Envoyez les modifications en application/json."
	case "Send the mutations as they are, not compressed.":
		return "Envoyez les modifications telles quelles, sans compression."
	case "The id of the replica is missing.":
		return "Il manque l’identifiant de la copie."
	case "This is a whole number that is not negative.":
		return "C’est un nombre entier qui n’est pas négatif."
	case "This is a UUID, in lower case.":
		return "C’est un UUID, en minuscules."
	case "These parts have more than %d rows; ask for fewer at once.":
		return "Ces parties ont plus de %d lignes\u202f; demandez-en moins à la fois."
	case "This is not a cursor of yours for this.":
		return "Ce n’est pas un curseur qui vous ait été donné pour cela."
	case "The server was restored from a backup; read again from the start.":
		return "Le serveur a été restauré depuis une sauvegarde\u202f; relisez depuis le début."
	case "The account's data was restored; read it again from the start.":
		return "Les données du compte ont été restaurées\u202f; relisez-les depuis le début."
	case "Your rights have changed; read again from the start.":
		return "Vos droits ont changé\u202f; relisez depuis le début."
	case "The cursor is too old; read again from the start.":
		return "Le curseur est trop ancien\u202f; relisez depuis le début."
	case "The list was out of your sight for a while; read it again from the start.":
		return "La liste a été hors de votre vue un moment\u202f; relisez-la depuis le début."
	case "Name at most %d buckets.":
		return "Indiquez au plus %d compartiments."
	case "A page has 1 to %d buckets.":
		return "Une page compte de 1 à %d compartiments."
	case "A page has 1 to %d entries.":
		return "Une page compte de 1 à %d entrées."
	case "A page has 1 to %d rows.":
		return "Une page compte de 1 à %d lignes."
	case "The demo is for a fresh database; this one has accounts already. Start without --demo, or with another --data.":
		return "La démonstration demande une base de données neuve\u202f; celle-ci a déjà des comptes. Démarrez sans --demo, ou avec un autre --data."
	case "The demo was interrupted while it was being filled. Remove the data folder and start again.":
		return "La démonstration a été interrompue pendant sa préparation. Supprimez le dossier de données et recommencez."
	case "Another server is running on %s. Stop it, or give this one another --data.":
		return "Un autre serveur utilise %s. Arrêtez-le, ou donnez à celui-ci un autre --data."
	case "This program is too old for the server; please update it.":
		return "Ce programme est trop ancien pour le serveur\u202f; veuillez le mettre à jour."
	case "The server is too old for this program; ask who runs it to update it.":
		return "Le serveur est trop ancien pour ce programme\u202f; demandez à qui l’exploite de le mettre à jour."
	}
	return ""
}
