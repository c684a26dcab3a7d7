package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// AuditEvent is one line of an account's history: append-only and chained by hashes.
type AuditEvent struct{ ent.Schema }

// Mixin of the entity.
func (AuditEvent) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (AuditEvent) Policy() ent.Policy { return seenBy("AuditEvent") }

// Fields of the entity.
func (AuditEvent) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		field.Int64("number").Immutable().Comment("1, 2, 3, … in the account"),
		field.UUID("actor_id", uuid.UUID{}).Optional().Nillable().Immutable().Comment("the collaborator who did it"),
		field.UUID("subject_id", uuid.UUID{}).Optional().Nillable().Immutable().Comment("the person or item it was done to"),
		field.String("verb").MaxRuneLen(50).Immutable(),
		field.Text("detail").Default("{}").Immutable().Comment("JSON"),
		field.Bytes("previous_hash").Immutable(),
		field.Bytes("hash").Immutable().Comment("SHA-256 over the previous hash and this line"),
	}
}

// Edges of the entity.
func (AuditEvent) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("account", Account.Type, "account_id")}
}

// Indexes of the entity.
func (AuditEvent) Indexes() []ent.Index {
	return []ent.Index{index.Fields("account_id", "number").Unique()}
}
