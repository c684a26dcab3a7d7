package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
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
		field.Bytes("lead_key_hash").Optional().Sensitive().Comment("SHA-256 of the secret that forms post leads with; empty: none has been made"),
		moment("lead_key_made_at", "when that secret was made"),
		field.JSON("lead_origins", []string{}).Optional().Comment("web origins whose pages may post leads; empty: any"),
		field.Int64("rotation_head").Default(0).Comment("ranks given out so far; whoever joins gets the next"),
		field.Int64("rotation_at").Default(0).Comment("rank of whoever the rotation last gave a lead"),
		field.Bool("rotation_paused").Default(false).Comment("leads wait meanwhile"),
	}
}

// Edges of the entity.
func (Campaign) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("lists", ContactList.Type),
		edge.To("blacklists", Blacklist.Type),
	}
}

// Indexes of the entity.
func (Campaign) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("lead_key_hash").Unique().Annotations(entsql.IndexWhere("lead_key_hash IS NOT NULL")),
	}
}
