package door

import (
	"bytes"
	"cmp"
	"net/http"
	"strings"

	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
)

// pagePolicy lets the page use the server's style and nothing else.
const pagePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const layout = `<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Heading}}</title>
<link rel="stylesheet" href="/pages/style.css">
</head>
<body>
<main id="main">
<div class="narrow">
<h1>{{.Heading}}</h1>
{{range .Sentences}}<p>{{.}}</p>
{{end}}</div>
</main>
</body>
</html>
`

type words struct {
	Lang, Heading string
	Sentences     []string
}

// wantsPage reports whether a browser shows the answer to a person: a form was posted without script.
func wantsPage(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.EqualFold(strings.TrimSpace(kind), "application/x-www-form-urlencoded") &&
		strings.Contains(r.Header.Get("Accept"), "text/html")
}

// page tells a person what became of what they sent, in the account's language.
func (d *door) page(w http.ResponseWriter, form *intake.Form, status int, f *fault.Fault) {
	said := english(status, f)
	if form.Locale == user.LocaleFr {
		said = french(status, f)
	}
	var page bytes.Buffer
	if err := d.layout.Execute(&page, said); err != nil {
		d.log.Error("leads: showing a page", "error", err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", said.Lang)
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes())
}

func english(status int, f *fault.Fault) words {
	if f == nil {
		return words{"en", "Thank you", []string{"Your message has arrived. You can close this page."}}
	}
	said := words{"en", "Your message was not sent", nil}
	switch status {
	case http.StatusForbidden:
		said.Sentences = []string{"Messages cannot be sent from the page you come from."}
	case http.StatusUnprocessableEntity:
		said.Sentences = []string{strings.TrimSpace(label(f.Field, "en") + " " + f.Message), "Go back, correct it and send it again."}
	case http.StatusRequestEntityTooLarge:
		said.Sentences = []string{"The message is too long. Go back, shorten it and send it again."}
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		said.Sentences = []string{"Too many messages arrive at the moment. Wait a little, go back and send it again."}
	default:
		said.Sentences = []string{"Something went wrong. Go back and send it again."}
	}
	return said
}

func french(status int, f *fault.Fault) words {
	if f == nil {
		return words{"fr", "Merci", []string{"Votre message est bien arrivé. Vous pouvez fermer cette page."}}
	}
	said := words{"fr", "Votre message n’a pas été envoyé", nil}
	switch status {
	case http.StatusForbidden:
		said.Sentences = []string{"Il n’est pas possible d’envoyer un message depuis la page d’où vous venez."}
	case http.StatusUnprocessableEntity:
		what := "Une information manque ou n’est pas correcte."
		if name := label(f.Field, "fr"); name != "" {
			what = name + " Cette information manque ou n’est pas correcte."
		}
		said.Sentences = []string{what, "Revenez en arrière, corrigez et envoyez à nouveau."}
	case http.StatusRequestEntityTooLarge:
		said.Sentences = []string{"Le message est trop long. Revenez en arrière, raccourcissez-le et envoyez-le à nouveau."}
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		said.Sentences = []string{"Trop de messages arrivent en ce moment. Patientez un peu, revenez en arrière et envoyez-le à nouveau."}
	default:
		said.Sentences = []string{"Un problème est survenu. Revenez en arrière et envoyez-le à nouveau."}
	}
	return said
}

// label names a field as a person knows it, with a colon.
func label(field, lang string) string {
	names := map[string][2]string{
		"email": {"Email", "Adresse e-mail"}, "name": {"Name", "Nom"}, "phone": {"Phone", "Téléphone"},
		"source": {"Source", "Origine"}, "fields": {}, "idempotencyKey": {}, "idempotency_key": {}, "": {},
	}
	pair, known := names[field]
	if !known {
		pair = [2]string{field, field}
	}
	if pair[0] == "" {
		return ""
	}
	if lang == "fr" {
		return cmp.Or(pair[1], field) + "\u00a0:"
	}
	return pair[0] + ":"
}
