package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Secret is a key of this installation, such as the one that seals cursors; all nodes share it.
type Secret struct{ ent.Schema }

// Mixin of the entity.
func (Secret) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Secret) Policy() ent.Policy { return seenBy("Secret") }

// Fields of the entity.
func (Secret) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").MaxRuneLen(50).Unique(),
		field.Bytes("value").Sensitive(),
	}
}
