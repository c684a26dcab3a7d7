package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Mail is a message to one person from Partage itself, written in the transaction that causes it.
type Mail struct{ ent.Schema }

// Mixin of the entity.
func (Mail) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Mail) Policy() ent.Policy { return seenBy("Mail") }

// Fields of the entity.
func (Mail) Fields() []ent.Field {
	return []ent.Field{
		optionalReference("account_id", "the account it speaks of, if any"),
		field.String("recipient").MaxRuneLen(254),
		field.String("subject").MaxRuneLen(500),
		field.Text("text_body"),
		field.Text("html_body").Default(""),
		field.Enum("state").Values("waiting", "sent", "failed", "kept").Default("waiting").
			Comment("kept: no mail server is configured, the local outbox page shows it"),
		field.Int("tries").Default(0),
		field.String("last_error").MaxRuneLen(1000).Default(""),
		moment("next_try_at", "not before"),
	}
}

// Indexes of the entity.
func (Mail) Indexes() []ent.Index { return []ent.Index{index.Fields("state", "next_try_at")} }
