package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Promise is the access to one item that an invitation gives when it is accepted: an Access to be.
type Promise struct{ ent.Schema }

// Mixin of the entity.
func (Promise) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Promise) Policy() ent.Policy { return seenBy("Promise") }

// Fields of the entity.
func (Promise) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("invitation_id"),
		reference("item_id"),
		field.Enum("level").Values("none", "view", "edit"),
		field.Bool("round_robin").Default(false),
		field.Int64("job_number").Default(0).Comment("the account's job that last changed it; 0: by hand"),
		field.Enum("before").Values("absent", "none", "view", "edit").Default("absent").Comment("its level before that job"),
		field.Bool("before_round_robin").Default(false),
	}
}

// Edges of the entity.
func (Promise) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("invitation", Invitation.Type, "invitation_id"),
		belongsTo("item", Item.Type, "item_id"),
	}
}

// Indexes of the entity.
func (Promise) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("invitation_id", "item_id").Unique(),
		index.Fields("item_id"),
		index.Fields("account_id", "job_number").Annotations(entsql.IndexWhere("job_number > 0")),
	}
}

// Annotations of the entity: round robin implies access (T4).
func (Promise) Annotations() []schema.Annotation {
	return []schema.Annotation{
		&entsql.Annotation{Checks: map[string]string{
			"promise_round_robin_implies_access": "(NOT round_robin) OR (level <> 'none')",
		}},
	}
}
