package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// CreditAllowance is how many recipients a person may send to in a period. No row: none.
type CreditAllowance struct{ ent.Schema }

// Mixin of the entity.
func (CreditAllowance) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (CreditAllowance) Policy() ent.Policy { return seenBy("CreditAllowance") }

// Fields of the entity.
func (CreditAllowance) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("collaborator_id"),
		field.Enum("period").Values("month", "year", "unlimited"),
		field.Int64("amount").Default(0).NonNegative(),
	}
}

// Edges of the entity.
func (CreditAllowance) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("collaborator", Collaborator.Type, "collaborator_id")}
}

// Indexes of the entity.
func (CreditAllowance) Indexes() []ent.Index {
	return []ent.Index{index.Fields("collaborator_id").Unique(), index.Fields("account_id")}
}
