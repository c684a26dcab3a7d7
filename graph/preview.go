package graph

import (
	"context"

	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/server/render"
	"github.com/partage-mail/partage/server/sharing"
)

// previewable is a campaign or a template as an author wrote it.
type previewable interface {
	Source(ctx context.Context) (render.Source, error)
}

// preview renders a mail for a sample person in the locale. What is wrong with the mail is the field's
// error.
func preview(ctx context.Context, mail previewable, locale user.Locale) (*model.Preview, error) {
	src, err := mail.Source(ctx)
	if err != nil {
		return nil, err
	}
	return previewOf(ctx, src, locale)
}

// previewDraft renders a text that is not saved, for whoever has an account open.
func previewDraft(ctx context.Context, in model.PreviewDraftInput) (*model.Preview, error) {
	if _, err := sharing.From(ctx); err != nil {
		return nil, err
	}
	return previewOf(ctx, render.Source{
		Format: render.Format(in.Format), Subject: in.Subject, Preheader: in.Preheader, Body: in.Body,
		Sender: render.Sender{Name: in.SenderName, Email: in.SenderEmail, ReplyTo: in.ReplyTo},
	}, in.Locale)
}

func previewOf(ctx context.Context, src render.Source, locale user.Locale) (*model.Preview, error) {
	out, remarks, err := render.Preview(ctx, src, string(locale))
	if err != nil {
		return nil, err
	}
	p := &model.Preview{Subject: out.Subject, HTML: out.HTML, Remarks: make([]*model.PreviewRemark, len(remarks))}
	for i, r := range remarks {
		p.Remarks[i] = &model.PreviewRemark{Field: r.Field, Line: r.Line, Message: r.Message, Blocks: r.Blocks}
	}
	return p, nil
}
