package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Collaborator is a user in an account: a role, rights and a status. The feed shows people to people as these rows.
type Collaborator struct{ ent.Schema }

// Mixin of the entity.
func (Collaborator) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Collaborator) Policy() ent.Policy { return seenBy("Collaborator") }

// Fields of the entity.
func (Collaborator) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("user_id"),
		field.String("email").MaxRuneLen(254).Comment("of the user, repeated here so that a feed row is whole"),
		field.String("first_name").MaxRuneLen(100),
		field.String("last_name").MaxRuneLen(100),
		field.String("search_key").MaxRuneLen(1500).Default("").Comment("names and address, folded, last name first; what lists of people search and are ordered by"),
		field.Enum("role").Values("owner", "manager", "member").Default("member"),
		field.Enum("status").Values("active", "deactivated").Default("active"),
		field.Bool("can_send").Default(false),
		field.Bool("can_export").Default(false),
		field.Enum("credit_period").Values("none", "month", "year", "unlimited").Optional().Nillable().
			Comment("for how long sending credits last; null as their role has it (package ledger)"),
		field.Int64("credit_amount").Default(0).NonNegative().Comment("how many a month or a year brings"),
		field.Int64("version").Default(1),
		field.Int64("seq").Default(0).Comment("content position in the account's feed"),
		field.Int64("sight").DefaultFunc(randomPositive).
			Comment("new whenever what the person may see changes as a whole (owner or not, active or not); ends their cursors"),
		moment("last_visit_at", "when they were last in the account, to within minutes"),
		moment("away_until", "skipped by rotations until then"),
		moment("removed_at", "when they left the account"),
	}
}

// Edges of the entity.
func (Collaborator) Edges() []ent.Edge {
	return []ent.Edge{
		belongsTo("account", Account.Type, "account_id"),
		belongsTo("user", User.Type, "user_id"),
	}
}

// Indexes of the entity.
func (Collaborator) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("account_id", "user_id").Unique(),
		index.Fields("account_id", "seq"),
		index.Fields("user_id"),
	}
}
