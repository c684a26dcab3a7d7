package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Access is the exception of one person on one item: none, view or edit, whatever the audience says.
type Access struct{ ent.Schema }

// Mixin of the entity.
func (Access) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Access) Policy() ent.Policy { return seenBy("Access") }

// Fields of the entity.
func (Access) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("collaborator_id"),
		reference("item_id"),
		field.Enum("level").Values("none", "view", "edit"),
		field.Bool("round_robin").Default(false).Comment("the person is given leads of the campaign in turn"),
		field.Int64("rotation_rank").Default(0).Comment("order of joining the rotation; kept while away"),
		moment("last_lead_at", "when the rotation last gave them a lead"),
		field.Int64("item_seq").Default(0).
			Comment("the item's position as of Account.edges_seq or later; orders one person's edges without a look at their items"),
	}
}

// Edges of the entity.
func (Access) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("account", Account.Type, "account_id"),
		belongsTo("collaborator", Collaborator.Type, "collaborator_id"),
		belongsTo("item", Item.Type, "item_id"),
	}
}

// Indexes of the entity.
func (Access) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("collaborator_id", "item_id", "level").StorageKey("access_person_item_level"),
		index.Fields("item_id", "collaborator_id").Unique(),
		index.Fields("item_id", "rotation_rank", "collaborator_id").StorageKey("access_rotation").
			Annotations(entsql.IndexWhere("round_robin")),
		index.Fields("collaborator_id", "item_seq", "item_id", "level"),
	}
}

// Annotations of the entity: round robin implies access (T4).
func (Access) Annotations() []schema.Annotation {
	return []schema.Annotation{
		table("access"),
		&entsql.Annotation{Checks: map[string]string{
			"access_round_robin_implies_access": "(NOT round_robin) OR (level <> 'none')",
		}},
	}
}
