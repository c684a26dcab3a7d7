package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// Blacklist is the content of an item of that kind. Its entries are rows of their own.
type Blacklist struct{ ent.Schema }

// Mixin of the entity.
func (Blacklist) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Blacklist) Policy() ent.Policy { return seenBy("Blacklist") }

// Fields of the entity.
func (Blacklist) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		field.String("description").MaxRuneLen(2000).Default(""),
	}
}

// Edges of the entity.
func (Blacklist) Edges() []ent.Edge {
	return []ent.Edge{edge.From("campaigns", Campaign.Type).Ref("blacklists")}
}
