package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Template is the content of an item of that kind: a body to begin a campaign with.
type Template struct{ ent.Schema }

// Mixin of the entity.
func (Template) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Template) Policy() ent.Policy { return seenBy("Template") }

// Fields of the entity.
func (Template) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		field.String("subject").MaxRuneLen(998).Default(""),
		field.String("preheader").MaxRuneLen(500).Default(""),
		field.Enum("format").Values("mjml", "html").Default("html"),
		field.Text("body").Default("").Comment("as written, byte for byte; at most 1 MB"),
	}
}
