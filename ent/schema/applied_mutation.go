package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// AppliedMutation is what became of one write of a replica, stored with its effect, so that a retry is harmless.
type AppliedMutation struct{ ent.Schema }

// Mixin of the entity.
func (AppliedMutation) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (AppliedMutation) Policy() ent.Policy { return seenBy("AppliedMutation") }

// Fields of the entity.
func (AppliedMutation) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("collaborator_id"),
		reference("replica_id"),
		field.Int64("number").Immutable().Comment("contiguous in the replica"),
		field.UUID("given_id", uuid.UUID{}).Immutable().Comment("the key that the desktop gave it"),
		field.Bytes("content_hash").Immutable().Comment("SHA-256 of what it says; the same key with other content is another write"),
		field.Bool("again").Default(false).Immutable().
			Comment("its effect is that of another replica's row with the same key, which was copied or reborn"),
		field.Text("result").Default("").Comment("JSON: what was answered"),
	}
}

// Edges of the entity.
func (AppliedMutation) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("collaborator", Collaborator.Type, "collaborator_id"),
		belongsTo("replica", Replica.Type, "replica_id"),
	}
}

// Indexes of the entity.
func (AppliedMutation) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("replica_id", "number").Unique(),
		index.Fields("collaborator_id", "given_id", "content_hash").Unique().Annotations(entsql.IndexWhere("NOT again")),
		index.Fields("created_at"),
	}
}
