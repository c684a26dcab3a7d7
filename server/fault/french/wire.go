package french

// wire says sentences about requests that are not as they should be, and a server that cannot answer.
func wire(english string) string {
	switch english {
	case "A page has 1 to %d nodes.":
		return "Une page compte de 1 à %d éléments."
	case "A search has at most %d characters.":
		return "Une recherche compte au plus %d caractères."
	case "Ask for the first nodes (after a cursor) or the last ones (before a cursor).":
		return "Demandez les premiers éléments (après un curseur) ou les derniers (avant un curseur)."
	case "At most %d ids at once.":
		return "Au plus %d identifiants à la fois."
	case "At most 1,000,000 nodes are left out.":
		return "Au plus 1\u202f000\u202f000 d’éléments peuvent être passés."
	case "Either nodes are left out at the start, or the list is continued after a cursor.":
		return "Ou bien des éléments sont passés au début, ou bien la liste continue après un curseur."
	case "Nodes are left out at the start: ask for the first ones.":
		return "Les éléments sont passés au début\u00a0: demandez les premiers."
	case "This is not a cursor of this list in this order.":
		return "Ce n’est pas un curseur de cette liste dans cet ordre."
	case "Something went wrong on our side. If it happens again, report it with the id %q.":
		return "Un problème est survenu de notre côté. S’il se reproduit, signalez-le avec l’identifiant «\u202f%s\u202f»."
	case "There are more errors, which were left out.":
		return "Il y a d’autres erreurs, qui ne sont pas affichées."
	case "The request took too long and was stopped. Ask for less, or try again.":
		return "La demande a pris trop de temps et a été arrêtée. Demandez moins, ou réessayez."
	case "The request was given up.":
		return "La demande a été abandonnée."
	case "The database does not answer. Try again in a moment.":
		return "La base de données ne répond pas. Réessayez dans un instant."
	case "The server's disk is full. Nothing was stored.":
		return "Le disque du serveur est plein. Rien n’a été enregistré."
	case "The server is not ready.":
		return "Le serveur n’est pas prêt."
	case "There is nothing at this address.":
		return "Il n’y a rien à cette adresse."
	case "Pages of another origin may not do this.":
		return "Les pages d’une autre origine ne peuvent pas faire cela."
	case "A request without an Authorization header needs the header %s, with any value.":
		return "Une requête sans en-tête Authorization demande l’en-tête %s, avec une valeur quelconque."
	case "The authorization must read \"Bearer\", one space and the session's token.":
		return "L’autorisation doit se composer de «\u202fBearer\u202f», d’une espace et du jeton de la session."
	case "The authorization must be a string.":
		return "L’autorisation doit être une chaîne de caractères."
	case "There is more than one Authorization header.":
		return "Il y a plus d’un en-tête Authorization."
	case "\"query\" is missing.":
		return "«\u202fquery\u202f» manque."
	case "%s cannot be null.":
		return "%s ne peut pas être null."
	case "%s is not a field of %s.":
		return "%s n’est pas un champ de %s."
	case "%s must be a number.":
		return "%s doit être un nombre."
	case "%s must be a string without NUL characters.":
		return "%s doit être une chaîne sans caractère NUL."
	case "%s must be a whole number from %d to %d.":
		return "%s doit être un nombre entier de %d à %d."
	case "%s must be an id in a string.":
		return "%s doit être un identifiant dans une chaîne."
	case "%s must be an object of type %s.":
		return "%s doit être un objet du type %s."
	case "%s must be one of the values of %s.":
		return "%s doit être une des valeurs de %s."
	case "%s must be true or false.":
		return "%s doit être true ou false."
	case "A document may have at most %d tokens.":
		return "Un document compte au plus %d jetons."
	case "A request may have at most %d bytes.":
		return "Une requête compte au plus %d octets."
	case "At most %d operations may run at once on one connection.":
		return "Au plus %d opérations à la fois peuvent avoir lieu sur une connexion."
	case "GraphQL is spoken by POST here, and by WebSocket.":
		return "GraphQL passe ici par POST et par WebSocket."
	case "Pages of this origin may not open a WebSocket here.":
		return "Les pages de cette origine ne peuvent pas ouvrir de WebSocket ici."
	case "Send a JSON object with the key \"query\".":
		return "Envoyez un objet JSON avec la clé «\u202fquery\u202f»."
	case "Send one operation in a JSON object; batches are not supported.":
		return "Envoyez une opération dans un objet JSON\u202f; les lots ne sont pas pris en charge."
	case "Send the request as application/json in UTF-8.":
		return "Envoyez la requête en application/json, en UTF-8."
	case "Send the request as application/json.":
		return "Envoyez la requête en application/json."
	case "Send the request without a content encoding.":
		return "Envoyez la requête sans codage de contenu."
	case "Subscriptions run over a WebSocket, with the subprotocol %s.":
		return "Les abonnements passent par un WebSocket, avec le sous-protocole %s."
	case "The JSON cannot be read: %s.":
		return "Le JSON est illisible\u00a0: %s."
	case "The WebSocket cannot be opened: %s.":
		return "Le WebSocket ne peut pas s’ouvrir\u00a0: %s."
	case "The document does not fit the schema. Sign in to be told why.":
		return "Le document ne correspond pas au schéma. Connectez-vous pour savoir pourquoi."
	case "The document holds %d operations: say which one with \"operationName\".":
		return "Le document contient %d opérations\u00a0: indiquez laquelle avec «\u202foperationName\u202f»."
	case "The document holds no operation named %q.":
		return "Le document ne contient aucune opération nommée «\u202f%s\u202f»."
	case "The document holds no operation.":
		return "Le document ne contient aucune opération."
	case "The key %q is not known; there are query, operationName, variables and extensions.":
		return "La clé «\u202f%s\u202f» est inconnue\u202f; il y a query, operationName, variables et extensions."
	case "The request's body did not arrive in full.":
		return "Le corps de la requête n’est pas arrivé en entier."
	case "The variable $%s is missing.":
		return "La variable $%s manque."
	case "There are too many WebSockets from this address that have not signed in.":
		return "Trop de WebSockets de cette adresse ne se sont pas connectés à un compte."
	case "A DateTime is an RFC 3339 moment after 1970 with up to six digits of a second, such as 2026-11-21T09:30:00.123456Z.":
		return "Un DateTime est un moment RFC 3339 après 1970, avec jusqu’à six décimales de seconde, comme 2026-11-21T09:30:00.123456Z."
	case "A String is text in quotes.":
		return "Une String est un texte entre guillemets."
	case "An ID is text in quotes.":
		return "Un ID est un texte entre guillemets."
	case "An Int is a whole number from %d to %d.":
		return "Un Int est un nombre entier de %d à %d."
	case "Text cannot hold NUL characters.":
		return "Un texte ne peut pas contenir de caractère NUL."
	case "Text must be valid UTF-8.":
		return "Un texte doit être en UTF-8 valide."
	}
	return ""
}
