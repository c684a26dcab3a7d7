package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Item is any shared thing: one row with what all kinds have. Its content stands under the same id in Campaign, Template, ContactList or Blacklist.
type Item struct{ ent.Schema }

// Mixin of the entity.
func (Item) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Item) Policy() ent.Policy { return seenBy("Item") }

// Fields of the entity.
func (Item) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		field.Enum("kind").Values("campaign", "template", "contact_list", "blacklist").Immutable(),
		field.String("name").MaxRuneLen(200),
		field.String("name_key").MaxRuneLen(800).Comment("folded; what search compares"),
		field.Enum("audience").Values("everyone", "restricted").Default("everyone"),
		field.UUID("creator_id", uuid.UUID{}).Optional().Nillable().Immutable(),
		field.UUID("changed_by_id", uuid.UUID{}).Optional().Nillable(),
		field.Int64("version").Default(1),
		field.JSON("field_versions", map[string]int64{}).Optional().
			Comment("version in which a field last changed; a field not named: the first"),
		field.Int64("seq").Default(0).Comment("content position in the account's feed"),
		field.Int64("rows_seq").Default(0).Comment("position in the account's feed of the last change of its rows"),
		field.Int64("rows_epoch").DefaultFunc(randomPositive).Comment("new when its rows can no longer be followed"),
		field.Int64("rows_head").Default(0).Comment("counter of changes of its rows"),
		field.Int64("rows_floor").Default(0).Comment("removals of rows up to it are forgotten"),
		field.Int64("rows_count").Default(0).Comment("rows it has: contacts, entries or leads"),
		field.Int64("rows_digest_a").Default(0).Comment("wrapping sum of digest_a of its contacts or entries"),
		field.Int64("rows_digest_b").Default(0).Comment("the same of digest_b"),
		moment("changed_at", "last change of its content"),
		moment("archived_at", "when it was put aside"),
		moment("deleted_at", "when it was deleted; restorable for 30 days"),
	}
}

// Edges of the entity.
func (Item) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("account", Account.Type, "account_id"),
		edge.To("creator", Collaborator.Type).Field("creator_id").Unique().Immutable().
			Annotations(entsql.OnDelete(entsql.SetNull)),
		mayPointTo("changed_by", Collaborator.Type, "changed_by_id"),
	}
}

// Indexes of the entity.
func (Item) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("account_id", "seq", "id"),
		index.Fields("account_id", "rows_seq", "id"),
		index.Fields("account_id", "kind", "seq", "id").Annotations(live()),
		index.Fields("account_id", "audience", "kind", "seq", "id").Annotations(live()),
		index.Fields("creator_id", "kind", "seq", "id").Annotations(live()),
		index.Fields("account_id", "kind", "name_key", "id").Annotations(live()),
		index.Fields("account_id", "id").StorageKey("item_campaigns").
			Annotations(entsql.IndexWhere("kind = 'campaign' AND deleted_at = 0")),
		index.Fields("account_id", "deleted_at").Annotations(entsql.IndexWhere("deleted_at > 0")),
	}
}
