package render_test

import (
	"html"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"github.com/partage-mail/partage/server/render"
)

// BenchmarkRender renders one newsletter for 10,000 recipients, beside what a program would do that knows the template's
// three values beforehand.
func BenchmarkRender(b *testing.B) {
	const recipients = 10_000
	to := make([]render.Recipient, recipients)
	for i := range to {
		to[i] = ann()
		to[i].FirstName, to[i].City = "Ann "+strconv.Itoa(i), "Besançon"
	}
	source := read(b, filepath.Join("testdata", "spring.mjml"))
	perMail := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/recipients, "ns/mail")
	}
	b.Run("Liquid, compiled and rendered", func(b *testing.B) {
		for b.Loop() {
			mail := compile(b, render.MJML, source)
			for _, r := range to {
				if _, err := mail.Render(b.Context(), r); err != nil {
					b.Fatal(err)
				}
			}
		}
		perMail(b)
	})
	page := func(first, email, url string) string {
		r := to[0]
		r.FirstName, r.Email, r.UnsubscribeURL = first, email, url
		got, err := compile(b, render.MJML, source).Render(b.Context(), r)
		if err != nil {
			b.Fatal(err)
		}
		return got.HTML
	}
	b.Run("reference: text/template", func(b *testing.B) {
		t := template.Must(template.New("").Parse(page("{{html .FirstName}}", "{{html .Email}}", "{{html .UnsubscribeURL}}")))
		for b.Loop() {
			for _, r := range to {
				var out strings.Builder
				if err := t.Execute(&out, r); err != nil {
					b.Fatal(err)
				}
			}
		}
		perMail(b)
	})
	b.Run("reference: strings.Replacer", func(b *testing.B) {
		t := page("%FIRST%", "%EMAIL%", "%URL%")
		for b.Loop() {
			for _, r := range to {
				strings.NewReplacer("%FIRST%", html.EscapeString(r.FirstName), "%EMAIL%", html.EscapeString(r.Email), "%URL%", html.EscapeString(r.UnsubscribeURL)).Replace(t)
			}
		}
		perMail(b)
	})
}

// BenchmarkCompile compiles the largest of the designers' newsletters.
func BenchmarkCompile(b *testing.B) {
	file := sharedFiles(b, "templates/mjml/ugg-royale.mjml")[0]
	for b.Loop() {
		compileFile(b, file)
	}
}
