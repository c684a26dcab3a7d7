package french

// mails says sentences about mails and what their authors wrote.
func mails(english string) string {
	switch english {
	case "cannot be read":
		return "est illisible"
	case "has a filter after raw; raw belongs at the end":
		return "a un filtre après raw\u202f; raw se place à la fin"
	case "names all fields; name one, as in contact.fields.NAME":
		return "désigne tous les champs\u202f; indiquez-en un, comme dans contact.fields.NOM"
	case "names no variable (%s?)":
		return "ne désigne aucune variable (%s\u202f?)"
	case "names no variable":
		return "ne désigne aucune variable"
	case "%s %s; it is kept as it is written.":
		return "%s %s\u202f; le texte reste tel quel."
	case "has curly quotation marks where straight ones belong":
		return "a des guillemets courbes là où il en faut des droits"
	case "filters a range; a range can only be looped over":
		return "filtre un intervalle\u202f; un intervalle ne sert qu’à une boucle"
	case "uses the unknown filter %s":
		return "utilise le filtre inconnu %s"
	case "a text grows longer than %d kB.":
		return "un texte dépasse %d ko."
	case "the pattern is longer than 200 characters.":
		return "le modèle de date dépasse 200 caractères."
	case "a list grows longer than %d.":
		return "une liste dépasse %d éléments."
	case "there is no dividing by 0.":
		return "on ne divise pas par 0."
	case "The content of <%s> would be lost here.":
		return "Le contenu de <%s> serait perdu ici."
	case "%s would be lost here; put it inside of a text or into an <mj-raw>.":
		return "%s serait perdu ici\u202f; placez-le dans un texte ou dans un <mj-raw>."
	case "The MJML cannot be read.":
		return "Le MJML est illisible."
	case "The MJML cannot be read: %s.":
		return "Le MJML est illisible\u00a0: %s."
	case "The MJML makes more HTML than %d MB.":
		return "Le MJML produit plus de %d Mo de HTML."
	case "The template writes more than a mail may hold.":
		return "Le modèle écrit plus qu’un message ne peut contenir."
	case "The filter %s has values that it cannot work with.":
		return "Le filtre %s reçoit des valeurs dont il ne peut rien faire."
	case "This is computed from values of the wrong kind.":
		return "Ce calcul part de valeurs du mauvais type."
	case "The variables hold more than %d kB together.":
		return "Les variables contiennent plus de %d ko en tout."
	case "The template does more than a mail may (more than %d steps).":
		return "Le modèle fait plus qu’un message ne le permet (plus de %d étapes)."
	case "{%% is not closed by %%}.":
		return "{%% n’est pas fermé par %%}."
	case "%s has no name.":
		return "%s n’a pas de nom."
	case "{%% %s %%} is not ended by {%% end%s %%}.":
		return "{%% %s %%} n’est pas terminé par {%% end%s %%}."
	case "There are more than %d outputs and tags.":
		return "Il y a plus de %d variables et balises."
	case "%s> cannot stand here.":
		return "%s> ne peut pas figurer ici."
	case "%s is not ended by %s.":
		return "%s n’est pas terminé par %s."
	case "A < begins no tag here; in a text it is written &lt;.":
		return "Ce < ne commence aucune balise\u202f; dans un texte, il s’écrit &lt;."
	case "<%s is not closed by >.":
		return "<%s n’est pas fermé par >."
	case "<%s> is not ended by </%s>.":
		return "<%s> n’est pas terminé par </%s>."
	case "%s stands between components and is left out; text belongs into an <mj-text>.":
		return "%s se trouve entre des composants et n’est pas repris\u202f; un texte se place dans un <mj-text>."
	case "An MJML document is <mjml> with one <mj-body> in it.":
		return "Un document MJML est un <mjml> qui contient un <mj-body>."
	case "The MJML is too large: long attributes or styles are repeated too often.":
		return "Le MJML est trop volumineux\u00a0: de longs attributs ou styles se répètent trop souvent."
	case "The MJML has more than %d elements.":
		return "Le MJML a plus de %d éléments."
	case "A carousel has at most %d images.":
		return "Un carrousel a au plus %d images."
	case "There is a second <%s>.":
		return "Il y a un second <%s>."
	case "<mj-include>: a mail cannot take in other files.":
		return "<mj-include>\u00a0: un message ne peut pas inclure d’autres fichiers."
	case "An MJML document begins with <mjml>, not with <%s>.":
		return "Un document MJML commence par <mjml>, et non par <%s>."
	case "<%s> cannot stand in <%s>, only in %s.":
		return "<%s> ne peut pas figurer dans <%s>, seulement dans %s."
	case "<%s> is not known here.":
		return "<%s> est inconnu ici."
	case "<%s> cannot stand in <%s>; HTML belongs into an <mj-text> or <mj-raw>.":
		return "<%s> ne peut pas figurer dans <%s>\u202f; du HTML se place dans un <mj-text> ou un <mj-raw>."
	case "<%s> has no attribute %s; it is left out.":
		return "<%s> n’a pas d’attribut %s\u202f; il n’est pas repris."
	case "{%% %s %%} stands outside of a loop.":
		return "{%% %s %%} se trouve hors d’une boucle."
	case "%s: a mail cannot take in other files.":
		return "%s\u00a0: un message ne peut pas inclure d’autres fichiers."
	case "%s is no tag. The tags are if, unless, case, for, assign, capture, cycle, comment and raw.":
		return "%s n’est pas une balise. Les balises sont if, unless, case, for, assign, capture, cycle, comment et raw."
	case "%s cannot be read.":
		return "%s est illisible."
	case "%s: raw belongs at the end of an output.":
		return "%s\u00a0: raw se place à la fin d’une variable."
	case "%s is not ended by {%% end%s %%}.":
		return "%s n’est pas terminé par {%% end%s %%}."
	case "%s does not belong to %s in line %d.":
		return "%s ne va pas avec %s de la ligne %d."
	case "%s has nothing to end or divide here.":
		return "%s n’a rien à terminer ni à séparer ici."
	case "Blocks stand more than %d deep in each other.":
		return "Des blocs s’imbriquent sur plus de %d niveaux."
	}
	return ""
}
