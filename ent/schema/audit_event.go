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
		field.String("verb").MaxRuneLen(50).Immutable(),
		pastReference("actor_id", "the collaborator who did it; none for the server itself"),
		pastReference("item_id", "the item it was done to"),
		pastReference("person_id", "the collaborator it was done to"),
		field.Text("detail").Default("{}").Immutable().Comment("JSON object of strings: names as they were, values before and after"),
		field.Bytes("hash").Immutable().Comment("SHA-256 over the hash of the line before and this line"),
	}
}

// Edges of the entity.
func (AuditEvent) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("account", Account.Type, "account_id")}
}

// Indexes of the entity.
func (AuditEvent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("account_id", "number").Unique(),
		index.Fields("account_id", "actor_id", "number"),
		index.Fields("account_id", "item_id", "number"),
		index.Fields("account_id", "person_id", "number"),
		index.Fields("account_id", "verb", "number"),
	}
}

// pastReference is the id of a row that may be gone: the history outlives what it tells of.
func pastReference(name, comment string) ent.Field {
	return field.UUID(name, uuid.UUID{}).Optional().Nillable().Immutable().Comment(comment)
}
