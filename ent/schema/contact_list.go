package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// ContactList is the content of an item of that kind. Its contacts are rows of their own.
type ContactList struct{ ent.Schema }

// Mixin of the entity.
func (ContactList) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (ContactList) Policy() ent.Policy { return seenBy("ContactList") }

// Fields of the entity.
func (ContactList) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		field.String("description").MaxRuneLen(2000).Default(""),
	}
}

// Edges of the entity.
func (ContactList) Edges() []ent.Edge {
	return []ent.Edge{edge.From("campaigns", Campaign.Type).Ref("lists")}
}
