package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// OneTimeToken is a link that works once, such as one that sets a new password.
type OneTimeToken struct{ ent.Schema }

// Mixin of the entity.
func (OneTimeToken) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (OneTimeToken) Policy() ent.Policy { return seenBy("OneTimeToken") }

// Fields of the entity.
func (OneTimeToken) Fields() []ent.Field {
	return []ent.Field{
		reference("user_id"),
		field.Enum("purpose").Values("reset_password").Immutable(),
		field.Bytes("token_hash").Unique().Sensitive().Comment("SHA-256 of the link's token"),
		moment("expires_at", "when the link ends"),
		moment("used_at", "when it was followed"),
	}
}

// Edges of the entity.
func (OneTimeToken) Edges() []ent.Edge {
	return []ent.Edge{belongsTo("user", User.Type, "user_id")}
}

// Indexes of the entity.
func (OneTimeToken) Indexes() []ent.Index {
	return []ent.Index{index.Fields("user_id"), index.Fields("expires_at")}
}
