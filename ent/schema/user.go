package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// User is a person who signs in. What they are called in an account stands on the Collaborator.
type User struct{ ent.Schema }

// Mixin of the entity.
func (User) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (User) Policy() ent.Policy { return seenBy("User") }

// Fields of the entity.
func (User) Fields() []ent.Field {
	return []ent.Field{
		field.String("email").MaxRuneLen(254).Comment("as the person wrote it"),
		field.String("email_key").MaxRuneLen(254).Unique().Comment("normalised; what login compares"),
		field.String("password_hash").Sensitive().Comment("argon2id, PHC string"),
		field.String("first_name").MaxRuneLen(100),
		field.String("last_name").MaxRuneLen(100),
		field.Enum("locale").Values("en", "fr").Default("en"),
		field.String("totp_secret").Sensitive().Default("").Comment("second factor; empty while off"),
	}
}
