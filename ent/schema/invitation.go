package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Invitation asks someone by mail to join an account.
type Invitation struct{ ent.Schema }

// Mixin of the entity.
func (Invitation) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Invitation) Policy() ent.Policy { return seenBy("Invitation") }

// Fields of the entity.
func (Invitation) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		optionalReference("invited_by", "the collaborator who asked"),
		field.String("email").MaxRuneLen(254),
		field.String("email_key").MaxRuneLen(254),
		field.String("first_name").MaxRuneLen(100),
		field.String("last_name").MaxRuneLen(100),
		field.String("search_key").MaxRuneLen(1500).Default("").Comment("as of a Collaborator"),
		field.Enum("role").Values("owner", "manager", "member").Default("member"),
		field.Bool("can_send").Default(false),
		field.Bool("can_export").Default(false),
		field.Int64("access_after_job").Default(0).
			Comment("the account's last job when somebody last changed by hand what it promises (Promise)"),
		field.Bytes("token_hash").Unique().Sensitive().Comment("SHA-256 of the link's token"),
		field.Enum("state").Values("pending", "accepted", "withdrawn").Default("pending"),
		moment("expires_at", "when the link ends"),
		moment("sent_at", "when the mail last went out"),
	}
}

// Edges of the entity.
func (Invitation) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("account", Account.Type, "account_id"),
		mayPointTo("inviter", Collaborator.Type, "invited_by"),
	}
}

// Indexes of the entity.
func (Invitation) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("account_id", "email_key").Unique().Annotations(entsql.IndexWhere("state = 'pending'")),
		index.Fields("account_id", "state", "created_at"),
	}
}
