package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// BlacklistEntry is an address or a whole domain that a campaign does not mail.
type BlacklistEntry struct{ ent.Schema }

// Mixin of the entity.
func (BlacklistEntry) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (BlacklistEntry) Policy() ent.Policy { return seenBy("BlacklistEntry") }

// Fields of the entity.
func (BlacklistEntry) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("blacklist_id"),
		field.Enum("kind").Values("address", "domain").Immutable(),
		field.String("value").MaxRuneLen(254).Immutable().Comment("as written"),
		field.String("value_key").MaxRuneLen(254).Immutable().Comment("normalised; unique in the blacklist"),
		field.Enum("reason").Values("unsubscribed", "bounced", "complaint", "manual").Default("manual"),
		field.String("note").MaxRuneLen(500).Default(""),
		field.Int64("version").Default(1),
		field.Text("field_versions").Default("").Comment("JSON object like Item.field_versions; empty while at the first version"),
		field.Int64("row_seq").Default(0).Comment("position among the changes of the blacklist's rows"),
		moment("changed_at", "last change"),
		field.Int64("digest_a").Default(0).Comment("first lane of the digest of what copies have of the row (server/digest)"),
		field.Int64("digest_b").Default(0).Comment("second lane"),
	}
}

// Edges of the entity.
func (BlacklistEntry) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("blacklist", Blacklist.Type, "blacklist_id")}
}

// Indexes of the entity.
func (BlacklistEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("blacklist_id", "value_key").Unique(),
		index.Fields("blacklist_id", "row_seq", "id"),
		index.Fields("account_id", "value_key"),
	}
}
