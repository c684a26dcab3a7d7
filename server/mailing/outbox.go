package mailing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/mail"
	"github.com/partage-mail/partage/ent/viewer"
)

// Kept is a mail that was not sent since there is no mail server.
type Kept struct {
	ID        uuid.UUID
	Recipient string
	Subject   string
	Text      string
	HTML      string
	WrittenAt time.Time
}

// Outbox returns the newest mails kept on this machine, at most limit. They hold links that open logins:
// the caller shows them to nobody but the operator.
func (m *Mailing) Outbox(ctx context.Context, limit int) ([]Kept, error) {
	rows, err := m.store.Client().Mail.Query().Where(mail.StateEQ(mail.StateKept)).
		Order(ent.Desc(mail.FieldCreatedAt), ent.Desc(mail.FieldID)).Limit(limit).All(asOperator(ctx))
	if err != nil {
		return nil, err
	}
	kept := make([]Kept, len(rows))
	for i, r := range rows {
		kept[i] = keptOf(r)
	}
	return kept, nil
}

// KeptMail returns one mail of the outbox; ok is false where there is none with the id.
func (m *Mailing) KeptMail(ctx context.Context, id uuid.UUID) (k Kept, ok bool, err error) {
	r, err := m.store.Client().Mail.Query().Where(mail.ID(id), mail.StateEQ(mail.StateKept)).Only(asOperator(ctx))
	if ent.IsNotFound(err) {
		return Kept{}, false, nil
	}
	if err != nil {
		return Kept{}, false, err
	}
	return keptOf(r), true, nil
}

func keptOf(r *ent.Mail) Kept {
	return Kept{r.ID, r.Recipient, r.Subject, r.TextBody, r.HTMLBody, r.CreatedAt.Time()}
}

func asOperator(ctx context.Context) context.Context {
	return viewer.System(ctx, "the operator reads the local outbox")
}
