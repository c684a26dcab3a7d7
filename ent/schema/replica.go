package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Replica is one desktop's copy of an account, as the server knows it: how far its writes have come.
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
		field.UUID("given_id", uuid.UUID{}).Immutable().Comment("id that the desktop gave it; it means something together with the person alone"),
		field.Int64("last_mutation").Default(0).Comment("number of the last mutation that was settled; contiguous"),
		field.Int64("acknowledged").Default(0).Comment("results up to it have reached the desktop"),
		moment("seen_at", "last push"),
	}
}

// Edges of the entity.
func (Replica) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("collaborator", Collaborator.Type, "collaborator_id")}
}

// Indexes of the entity.
func (Replica) Indexes() []ent.Index {
	return []ent.Index{index.Fields("collaborator_id", "given_id").Unique()}
}
