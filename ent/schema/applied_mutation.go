package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// AppliedMutation is what one write of a replica did, stored with its effect, so that a retry is harmless.
type AppliedMutation struct{ ent.Schema }

// Mixin of the entity.
func (AppliedMutation) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (AppliedMutation) Policy() ent.Policy { return seenBy("AppliedMutation") }

// Fields of the entity.
func (AppliedMutation) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("replica_id"),
		field.Int64("number").Immutable().Comment("contiguous in the replica"),
		field.Bytes("content_hash").Immutable().Comment("the same number with other content is a copied replica"),
		field.Text("result").Default("").Comment("JSON, until the replica has acknowledged it"),
		field.Int64("seq").Immutable().Comment("change number of its effect"),
	}
}

// Edges of the entity.
func (AppliedMutation) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("replica", Replica.Type, "replica_id")}
}

// Indexes of the entity.
func (AppliedMutation) Indexes() []ent.Index {
	return []ent.Index{index.Fields("replica_id", "number").Unique(), index.Fields("account_id", "seq")}
}
