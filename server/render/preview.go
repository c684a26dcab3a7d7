package render

import (
	"context"

	"github.com/partage-mail/partage/server/caller"
)

// Preview renders a mail for a made-up recipient, in French for the locale "fr" and in English otherwise. A further
// field shows its own name. See the package documentation for how the HTML may be shown.
func Preview(ctx context.Context, src Source, locale string) (Rendered, []Remark, error) {
	mail, err := Compile(ctx, src)
	if err != nil {
		return Rendered{}, nil, err
	}
	to := Sample(locale)
	for _, name := range mail.Fields() {
		to.Fields[name] = name
	}
	out, err := mail.Render(ctx, to)
	if err != nil {
		return Rendered{}, nil, err
	}
	return out, mail.Remarks(caller.Locale(ctx)), nil
}

// Sample returns the made-up recipient of previews. Its values hold accents, an apostrophe and an ampersand, so
// that a preview shows whether a mail copes with them.
func Sample(locale string) Recipient {
	to := Recipient{
		Email: "zoe.oconnor@example.com", FirstName: "Zoë", LastName: "O’Connor", Company: "Brown & Sons", City: "Newcastle",
		Fields: map[string]string{}, UnsubscribeURL: "https://example.com/unsubscribe",
	}
	if locale == "fr" {
		to.Email, to.FirstName, to.LastName = "helene.lhermite@example.com", "Hélène", "L’Hermite"
		to.Company, to.City = "Noël & Fils", "Besançon"
		to.UnsubscribeURL = "https://example.com/desinscription"
	}
	return to
}
