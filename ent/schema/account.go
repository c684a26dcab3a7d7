package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Account is a workspace: the people, items and change numbers of one emailing account.
type Account struct{ ent.Schema }

// Mixin of the entity.
func (Account) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

// Policy of the entity.
func (Account) Policy() ent.Policy { return seenBy("Account") }

// Fields of the entity.
func (Account) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").MaxRuneLen(200),
		field.Enum("default_audience").Values("everyone", "restricted").Default("everyone").
			Comment("audience of new items (S8)"),
		field.Enum("locale").Values("en", "fr").Default("en").Comment("language of its mails"),
		field.String("time_zone").MaxRuneLen(64).Default("UTC").Comment("IANA name"),
		field.Int64("version").Default(1).Comment("moves with each change of the settings"),
		field.Int64("settings_seq").Default(0).Comment("position of the settings in the feed"),
		field.Int64("seq").Default(0).Comment("the change counter; taken last in a transaction"),
		field.Int64("edges_seq").Default(0).
			Comment("items whose position is not above it have that position on all their edges"),
		field.Int64("horizon").Default(0).Comment("cursors at or below it have expired"),
		field.Enum("member_leads").Values("all", "own").Default("all").
			Comment("which leads of a campaign they see members are shown: all, or those they follow up"),
		field.Int64("leads_epoch").Default(0).Comment("another one with each change of member_leads; members' positions in the feed are bound to it"),
		field.Int("desktop_lock_days").Default(30).Min(0).Max(3650).
			Comment("after how many days without contact a desktop locks its copy; 0: never"),
		field.Int("desktop_erase_days").Default(90).Min(0).Max(3650).
			Comment("after how many days without contact a desktop erases its copy; 0: never"),
		field.Int64("job_count").Default(0).Comment("how many jobs it has had (Job)"),
		field.Int64("history_count").Default(0).Comment("how many lines the history has (AuditEvent)"),
		field.Bytes("history_hash").Optional().Comment("hash of its last line; so a line cut off at the end is missed"),
		field.Int64("epoch").DefaultFunc(randomPositive).Comment("new after an announced restore; ends every cursor"),
	}
}
