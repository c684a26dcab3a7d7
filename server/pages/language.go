package pages

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"time"

	xlanguage "golang.org/x/text/language"
)

// cookieName is where a visitor's choice of language is kept.
const cookieName = "partage_language"

// language is one of the languages of the page.
type language struct {
	// Tag is its BCP 47 tag, Name what it calls itself.
	Tag, Name string

	texts    map[string]string
	template *template.Template
}

// text returns a sentence by its key.
func (l language) text(key string) (string, error) {
	s, ok := l.texts[key]
	if !ok {
		return "", fmt.Errorf("there is no text %q in %s", key, l.Tag)
	}
	return s, nil
}

func readLanguages() ([]language, error) {
	languages := []language{{Tag: "en", Name: "English"}, {Tag: "fr", Name: "Français"}}
	for i := range languages {
		l := &languages[i]
		raw, err := files.ReadFile("texts/" + l.Tag + ".json")
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(raw, &l.texts); err != nil {
			return nil, fmt.Errorf("reading the texts in %s: %w", l.Tag, err)
		}
		if l.template, err = readTemplate(*l); err != nil {
			return nil, err
		}
	}
	return languages, nil
}

// languageOf returns the language a visitor chose, or else the best that their browser asks for.
func (p *Pages) languageOf(r *http.Request) language {
	if c, err := r.Cookie(cookieName); err == nil {
		if l, ok := p.languageByTag(c.Value); ok {
			return l
		}
	}
	tags := make([]xlanguage.Tag, len(p.languages))
	for i, l := range p.languages {
		tags[i] = xlanguage.Make(l.Tag)
	}
	_, i := xlanguage.MatchStrings(xlanguage.NewMatcher(tags), r.Header.Get("Accept-Language"))
	return p.languages[i]
}

func (p *Pages) languageByTag(tag string) (language, bool) {
	for _, l := range p.languages {
		if l.Tag == tag {
			return l, true
		}
	}
	return language{}, false
}

// keepLanguage remembers a choice and shows the page again.
func (p *Pages) keepLanguage(w http.ResponseWriter, r *http.Request, tag string) {
	if l, ok := p.languageByTag(tag); ok {
		http.SetCookie(w, &http.Cookie{
			Name: cookieName, Value: l.Tag, Path: "/outbox", MaxAge: int((365 * 24 * time.Hour).Seconds()),
			HttpOnly: true, SameSite: http.SameSiteLaxMode,
		})
	}
	http.Redirect(w, r, "/outbox", http.StatusSeeOther)
}
