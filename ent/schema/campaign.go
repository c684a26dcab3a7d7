package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// Campaign is the content of an item of that kind: a mailing and the lists it goes to.
type Campaign struct{ ent.Schema }

// Mixin of the entity.
func (Campaign) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Campaign) Policy() ent.Policy { return seenBy("Campaign") }

// Fields of the entity.
func (Campaign) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		field.String("subject").MaxRuneLen(998).Default(""),
		field.String("preheader").MaxRuneLen(500).Default(""),
		field.String("sender_name").MaxRuneLen(200).Default(""),
		field.String("sender_email").MaxRuneLen(254).Default(""),
		field.String("reply_to").MaxRuneLen(254).Default(""),
		field.Enum("format").Values("mjml", "html").Default("html"),
		field.Text("body").Default("").Comment("as written, byte for byte; at most 1 MB"),
		field.Enum("state").Values("draft", "sending", "sent").Default("draft"),
		field.String("lead_key_hash").MaxRuneLen(64).Default("").Sensitive().Comment("of the secret that forms post leads with"),
	}
}

// Edges of the entity.
func (Campaign) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("lists", ContactList.Type),
		edge.To("blacklists", Blacklist.Type),
	}
}
