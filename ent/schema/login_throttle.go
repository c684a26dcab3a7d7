package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// LoginThrottle counts failed tries per address and per name, in the database so that every node sees them.
type LoginThrottle struct{ ent.Schema }

// Mixin of the entity.
func (LoginThrottle) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (LoginThrottle) Policy() ent.Policy { return seenBy("LoginThrottle") }

// Fields of the entity.
func (LoginThrottle) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("key_hash").Unique().Comment("SHA-256 of what is counted, such as a network address or a name"),
		field.Int("failures").Default(0),
		moment("window_ends_at", "when the count begins anew"),
		moment("blocked_until", "tries before it are refused without a look at the password"),
	}
}

// Indexes of the entity.
func (LoginThrottle) Indexes() []ent.Index { return []ent.Index{index.Fields("window_ends_at")} }
