package pages

import (
	"html/template"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
)

// shown is how many mails the outbox shows at most.
const shown = 50

// keptMail is a mail of the outbox as its page shows it.
type keptMail struct {
	ID                       uuid.UUID
	Recipient, Subject, Text string
	HTML                     bool
	WrittenAt                time.Time
}

func (p *Pages) outbox(w http.ResponseWriter, r *http.Request) {
	if chosen := r.URL.Query().Get("lang"); chosen != "" {
		p.keepLanguage(w, r, chosen)
		return
	}
	kept, err := p.config.Mailing.Outbox(r.Context(), shown)
	if err != nil {
		p.unreadable(w, r, err)
		return
	}
	mails := make([]keptMail, len(kept))
	for i, k := range kept {
		mails[i] = keptMail{k.ID, k.Recipient, k.Subject, strings.TrimSpace(k.Text), k.HTML != "", k.WrittenAt}
	}
	p.render(w, r, mails)
}

// letter answers the HTML of one mail, for a frame of the outbox. It is shut in: no scripts, nothing from
// elsewhere, and links open beside the outbox.
func (p *Pages) letter(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	k, ok, err := p.config.Mailing.KeptMail(r.Context(), id)
	if err != nil {
		p.unreadable(w, r, err)
		return
	}
	if !ok || k.HTML == "" {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "+
		"frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox")
	h.Set("X-Frame-Options", "SAMEORIGIN") // the same as frame-ancestors, in place of the front door's
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte(strings.Replace(k.HTML, "<head>", `<head><base target="_blank">`, 1)))
}

func (p *Pages) unreadable(w http.ResponseWriter, r *http.Request, err error) {
	p.config.Log.ErrorContext(r.Context(), "reading the outbox", "error", err)
	http.Error(w, "The outbox cannot be read now.", http.StatusServiceUnavailable)
}

// linked returns a text with its web addresses as links.
func linked(text string) template.HTML {
	// From http:// or https:// to the first space, quote or bracket, without a sentence's punctuation.
	webAddress := regexp.MustCompile(`https?://[^\s<>"']+[^\s<>"'.,;:!?)]`)
	var b strings.Builder
	rest := 0
	for _, at := range webAddress.FindAllStringIndex(text, -1) {
		template.HTMLEscape(&b, []byte(text[rest:at[0]]))
		address := template.HTMLEscapeString(text[at[0]:at[1]])
		b.WriteString(`<a href="` + address + `">` + address + `</a>`)
		rest = at[1]
	}
	template.HTMLEscape(&b, []byte(text[rest:]))
	return template.HTML(b.String())
}
