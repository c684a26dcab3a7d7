package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Replica is one desktop's copy of an account, as the server knows it.
type Replica struct{ ent.Schema }

// Mixin of the entity.
func (Replica) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Replica) Policy() ent.Policy { return seenBy("Replica") }

// Fields of the entity.
func (Replica) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("collaborator_id"),
		field.Int64("last_mutation").Default(0).Comment("number of the last mutation that took effect; contiguous"),
		field.Int64("acknowledged").Default(0).Comment("results up to it have reached the replica"),
		field.Int64("purged_through").Default(0).Comment("change number up to which revoked content is erased there"),
		moment("seen_at", "last contact"),
	}
}

// Edges of the entity.
func (Replica) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("collaborator", Collaborator.Type, "collaborator_id")}
}

// Indexes of the entity.
func (Replica) Indexes() []ent.Index {
	return []ent.Index{index.Fields("collaborator_id"), index.Fields("account_id", "seen_at")}
}
