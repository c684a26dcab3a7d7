package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// CreditEntry is one line of the ledger of credits: reserved, spent or released.
type CreditEntry struct{ ent.Schema }

// Mixin of the entity.
func (CreditEntry) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (CreditEntry) Policy() ent.Policy { return seenBy("CreditEntry") }

// Fields of the entity.
func (CreditEntry) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("collaborator_id"),
		optionalReference("dispatch_id", "the sending it belongs to"),
		field.Enum("kind").Values("reserve", "spend", "release").Immutable(),
		field.Int64("amount").NonNegative().Immutable(),
		field.String("period").MaxRuneLen(10).Immutable().Comment("2026-11 or 2026"),
	}
}

// Edges of the entity.
func (CreditEntry) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("collaborator", Collaborator.Type, "collaborator_id"),
		mayPointTo("dispatch", Dispatch.Type, "dispatch_id"),
	}
}

// Indexes of the entity.
func (CreditEntry) Indexes() []ent.Index {
	return []ent.Index{index.Fields("collaborator_id", "period"), index.Fields("account_id", "created_at")}
}
