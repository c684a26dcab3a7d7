package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Session is one sign-in on one device. Its token opens one account, or none until the person chose.
type Session struct{ ent.Schema }

// Mixin of the entity.
func (Session) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Session) Policy() ent.Policy { return seenBy("Session") }

// Fields of the entity.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		reference("user_id"),
		field.UUID("collaborator_id", uuid.UUID{}).Optional().Nillable().Immutable().
			Comment("the account opened, as this person in it"),
		field.Bytes("token_hash").Unique().Sensitive().Comment("SHA-256 of the token"),
		field.Enum("carrier").Values("bearer", "cookie").Default("bearer").Immutable(),
		field.String("device").MaxRuneLen(100).Default("").Comment("what the client calls itself"),
		moment("last_used_at", "written at most every few minutes"),
		moment("expires_at", "moves on with use"),
	}
}

// Edges of the entity.
func (Session) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("user", User.Type, "user_id"),
		edge.To("collaborator", Collaborator.Type).Field("collaborator_id").Unique().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of the entity.
func (Session) Indexes() []ent.Index {
	return []ent.Index{index.Fields("user_id"), index.Fields("collaborator_id"), index.Fields("expires_at")}
}
