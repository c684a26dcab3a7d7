// Package pages is what the server itself shows beside the dashboard: the outbox of mails that were not sent, and the
// style of that and of the page that a posted form is answered with (package door).
//
// The outbox is rendered here, in English or French, and needs nothing from elsewhere: no script and no inline style, and
// it cannot be framed (Content-Security-Policy). It shows people's mails, links with tokens among them, so whoever
// serves it lets nobody but the operator reach it.
package pages

import (
	"bytes"
	"html/template"
	"log/slog"
	"net/http"

	"github.com/partage-mail/partage/server/mailing"
)

// Config is what the outbox shows.
type Config struct {
	// Mailing is whose outbox it is.
	Mailing *mailing.Mailing
	// Log receives what could not be read; nil discards it.
	Log *slog.Logger
}

// Pages answers for them. It is safe for concurrent use.
type Pages struct {
	config    Config
	languages []language
	assets    map[string]asset
}

// New returns the pages. The error is of the embedded files; a test sees it first.
func New(c Config) (*Pages, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	p := &Pages{config: c}
	var err error
	if p.languages, err = readLanguages(); err != nil {
		return nil, err
	}
	if p.assets, err = readAssets(); err != nil {
		return nil, err
	}
	return p, nil
}

// Outbox answers /outbox and what is below it.
func (p *Pages) Outbox() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /outbox", p.outbox)
	mux.HandleFunc("GET /outbox/{id}", p.letter)
	return mux
}

// Assets answers what is below /pages/, which is for everybody.
func (p *Pages) Assets() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /pages/{name}", p.serveAsset)
	return mux
}

// view is what the template is given.
type view struct {
	Language  language
	Languages []language
	// Sends is false where mails end in the outbox.
	Sends bool
	Mails []keptMail
}

// policy is the Content-Security-Policy of the page.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// render writes the page in the visitor's language.
func (p *Pages) render(w http.ResponseWriter, r *http.Request, mails []keptMail) {
	l := p.languageOf(r)
	var page bytes.Buffer
	if err := l.template.Execute(&page, view{l, p.languages, p.config.Mailing.Sends(), mails}); err != nil {
		p.config.Log.ErrorContext(r.Context(), "rendering the outbox", "error", err)
		http.Error(w, "The outbox cannot be shown.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", l.Tag)
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(page.Bytes())
}

// readTemplate parses the page in one language.
func readTemplate(l language) (*template.Template, error) {
	return template.New("outbox.html").Funcs(template.FuncMap{"t": l.text, "link": linked}).ParseFS(files, "outbox.html")
}
