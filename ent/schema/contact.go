package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Contact is one address in one contact list.
type Contact struct{ ent.Schema }

// Mixin of the entity.
func (Contact) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Contact) Policy() ent.Policy { return seenBy("Contact") }

// Fields of the entity.
func (Contact) Fields() []ent.Field {
	return []ent.Field{
		reference("account_id"),
		reference("list_id"),
		field.String("email").MaxRuneLen(254).Comment("as written"),
		field.String("email_key").MaxRuneLen(254).Comment("normalised; unique in the list"),
		field.String("first_name").MaxRuneLen(100).Default(""),
		field.String("last_name").MaxRuneLen(100).Default(""),
		field.String("company").MaxRuneLen(200).Default(""),
		field.String("city").MaxRuneLen(200).Default(""),
		field.Text("fields").Default("{}").Comment("further fields: a JSON object of strings, keys sorted"),
		field.Enum("state").Values("subscribed", "unsubscribed", "bounced", "complained").Default("subscribed"),
		field.Int64("version").Default(1),
		field.Text("field_versions").Default("").Comment("JSON object like Item.field_versions; empty while at the first version"),
		field.Int64("row_seq").Default(0).Comment("position among the changes of the list's rows"),
		moment("changed_at", "last change"),
		field.Int64("digest_a").Default(0).Comment("first lane of the digest of what copies have of the row (server/digest)"),
		field.Int64("digest_b").Default(0).Comment("second lane"),
	}
}

// Edges of the entity.
func (Contact) Edges() []ent.Edge { return []ent.Edge{belongsTo("list", ContactList.Type, "list_id")} }

// Indexes of the entity.
func (Contact) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("list_id", "email_key").Unique(),
		index.Fields("list_id", "row_seq", "id"),
		index.Fields("account_id", "email_key"),
	}
}
