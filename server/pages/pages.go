// Package pages is the server's own small web pages: what a first visitor sees, logging in and signing up,
// choosing an account, a new password, an invitation, and the outbox of mails that were not sent.
//
// The pages are rendered here, in English or French, and hold no data of people but the outbox: signing in
// and out goes over the GraphQL API from the page's script. They need nothing from elsewhere, allow no inline
// script or style (Content-Security-Policy), and cannot be framed. Whoever serves [Pages.Outbox] lets nobody
// but the operator reach it.
package pages

import (
	"bytes"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"

	"github.com/partage-mail/partage/server/mailing"
)

// Config is what the pages speak of.
type Config struct {
	// PublicURL is where people reach the server, such as https://mail.example.com.
	PublicURL string
	// SignUpOpen says whether strangers may sign up.
	SignUpOpen bool
	// Mailing is whose outbox is shown.
	Mailing *mailing.Mailing
	// Log receives what a page could not read; nil discards it.
	Log *slog.Logger
}

// Pages answers requests for pages. It is safe for concurrent use.
type Pages struct {
	config    Config
	languages []language
	mux       *http.ServeMux
	assets    map[string]asset
}

// New returns the pages. The error is of their embedded files; a test sees it first.
func New(c Config) (*Pages, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	p := &Pages{config: c, mux: http.NewServeMux()}
	var err error
	if p.languages, err = readLanguages(); err != nil {
		return nil, err
	}
	if p.assets, err = readAssets(); err != nil {
		return nil, err
	}
	p.mux.Handle("GET /{$}", p.page("start", nil))
	p.mux.Handle("GET /forgot-password", p.page("forgot", nil))
	p.mux.Handle("GET /reset-password", p.page("reset", nil))
	p.mux.Handle("GET /invitation", p.page("invitation", nil))
	p.mux.HandleFunc("GET /pages/{name}", p.serveAsset)
	p.mux.HandleFunc("/", p.missing)
	return p, nil
}

// ServeHTTP answers every page but the outbox, and what does not exist with a page that says so.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.ServeHTTP(w, r) }

// Outbox answers /outbox and what is below it.
func (p *Pages) Outbox() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /outbox", p.outbox)
	mux.HandleFunc("GET /outbox/{id}", p.letter)
	mux.HandleFunc("/", p.missing)
	return mux
}

// view is what a template is given.
type view struct {
	// Page is the template's name, Path its address without the language.
	Page, Path string
	Language   language
	Languages  []language
	Config     Config
	// Sends is false where mails end in the outbox.
	Sends bool
	// Texts are the sentences of the page's script.
	Texts map[string]string
	// Data is of the page's own.
	Data any
}

// policy is the Content-Security-Policy of the pages.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// page returns a handler of a page that looks alike for everyone.
func (p *Pages) page(name string, data any) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.render(w, r, http.StatusOK, name, data) })
}

// missing says that there is no such page, or no such way to ask for it.
func (p *Pages) missing(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		p.render(w, r, http.StatusMethodNotAllowed, "missing", nil)
		return
	}
	p.render(w, r, http.StatusNotFound, "missing", nil)
}

// render writes a page in the visitor's language. A choice of language in the address is kept in a cookie.
func (p *Pages) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	h := w.Header()
	if chosen := r.URL.Query().Get("lang"); chosen != "" && status == http.StatusOK {
		p.keepLanguage(w, r, chosen)
		return
	}
	l := p.languageOf(r)
	v := view{
		Page: name, Path: r.URL.Path, Language: l, Languages: p.languages,
		Config: p.config, Sends: p.config.Mailing.Sends(), Texts: l.script, Data: data,
	}
	var page bytes.Buffer
	if err := l.templates[name].ExecuteTemplate(&page, "layout", v); err != nil {
		p.config.Log.ErrorContext(r.Context(), "rendering a page", "page", name, "error", err)
		http.Error(w, "This page cannot be shown.", http.StatusInternalServerError)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", l.Tag)
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	h.Add("Vary", "Accept-Language")
	h.Add("Vary", "Cookie")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes())
}

// readTemplates parses each page with the layout, in one language.
func readTemplates(l language) (map[string]*template.Template, error) {
	out := map[string]*template.Template{}
	for _, name := range []string{"start", "forgot", "reset", "invitation", "outbox", "missing"} {
		t, err := template.New("").Funcs(template.FuncMap{"t": l.text, "link": linked}).
			ParseFS(files, "templates/layout.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("reading the page %s: %w", name, err)
		}
		out[name] = t
	}
	return out, nil
}
