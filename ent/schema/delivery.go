package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Delivery is one recipient of a dispatch.
type Delivery struct{ ent.Schema }

// Mixin of the entity.
func (Delivery) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Delivery) Policy() ent.Policy { return seenBy("Delivery") }

// Fields of the entity.
func (Delivery) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("dispatch_id"),
		field.UUID("contact_id", uuid.UUID{}).Optional().Nillable().Immutable(),
		field.String("email").MaxRuneLen(254).Immutable(),
		field.String("email_key").MaxRuneLen(254).Immutable(),
		field.Enum("state").Values("waiting", "started", "accepted", "refused", "uncertain").Default("waiting"),
		field.String("answer").MaxRuneLen(500).Default("").Comment("of the mail server"),
		moment("settled_at", "when its outcome was known"),
	}
}

// Edges of the entity.
func (Delivery) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("dispatch", Dispatch.Type, "dispatch_id")}
}

// Indexes of the entity.
func (Delivery) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("dispatch_id", "email_key").Unique(),
		index.Fields("dispatch_id", "state"),
	}
}
