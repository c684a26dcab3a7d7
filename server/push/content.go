package push

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/merge"
)

// mostOwn is how many versions of a row a mutation may name as the replica's own.
const mostOwn = 10_000

// change is the content of a mutation.
type change struct {
	op, kind string
	id       uuid.UUID
	// item is whose row it is, of the kinds that are rows; else the zero id.
	item   uuid.UUID
	base   merge.Base
	fields *object
}

// read reads the content of a mutation. A member that is null is one that is not there.
func read(content map[string]any) (c change, err error) {
	o := newObject(content)
	maps.DeleteFunc(o.left, func(_ string, v any) bool { return v == nil })
	c.op, c.kind = o.required("op"), o.required("kind")
	c.id, c.item = o.id("id"), o.id("item")
	c.base.Version, c.base.Own = o.number("base"), o.numbers("mine")
	c.base.At, c.base.Seen = o.seen("seen")
	c.fields = newObject(o.object("fields"))
	if err := o.end(); err != nil {
		return c, err
	}
	if len(c.base.Own) > mostOwn {
		return c, fault.Field("mine", "At most %d versions can be named.", mostOwn)
	}
	if c.id == uuid.Nil {
		return c, fault.Field("id", "An id is missing.")
	}
	switch c.op {
	case "create":
		if c.id.Version() != 7 || c.id.Variant() != uuid.RFC4122 {
			return c, fault.Field("id", "The id of something new is a UUID of version 7.")
		}
	case "change":
		if c.base.Version < 1 {
			return c, fault.Field("base", "A change names the version that it was made on.")
		}
	case "delete":
	default:
		return c, fault.Field("op", "There is no such operation.")
	}
	return c, nil
}

// object is a JSON object of which members are taken one by one. The first that is of the wrong type, or is left at the
// end, is the fault.
type object struct {
	left  map[string]any
	wrong error
}

func newObject(members map[string]any) *object { return &object{left: maps.Clone(members)} }

// end returns what was wrong.
func (o *object) end() error {
	if o.wrong == nil && len(o.left) > 0 {
		name := slices.Min(slices.Collect(maps.Keys(o.left)))
		o.fail(name, "Nothing is known of %q here.", clip(name))
	}
	return o.wrong
}

func (o *object) fail(name, format string, args ...any) {
	if o.wrong == nil {
		o.wrong = fault.Field(clip(name), format, args...)
	}
}

// take removes a member; there is false where it has none.
func (o *object) take(name string) (v any, there bool) {
	v, there = o.left[name]
	delete(o.left, name)
	return v, there
}

// member takes one of a type; nil where there is none.
func member[T any](o *object, name, what string) *T {
	v, there := o.take(name)
	if !there {
		return nil
	}
	t, ok := v.(T)
	if !ok {
		o.fail(name, "This is %s.", fault.Word(what))
		return nil
	}
	return &t
}

func (o *object) text(name string) *string { return member[string](o, name, "a text") }

func (o *object) flag(name string) *bool { return member[bool](o, name, "true or false") }

// texts takes an object of texts.
func (o *object) texts(name string) map[string]string {
	members := o.object(name)
	if members == nil {
		return nil
	}
	out := make(map[string]string, len(members))
	for key, v := range members {
		text, ok := v.(string)
		if !ok {
			o.fail(name, "These are texts by name.")
		}
		out[key] = text
	}
	return out
}

func (o *object) object(name string) map[string]any {
	if m := member[map[string]any](o, name, "an object"); m != nil {
		return *m
	}
	return nil
}

// seen takes what the person saw: when that version was made, and the digests of its fields.
func (o *object) seen(name string) (at instant.Instant, fields map[string]string) {
	members := newObject(o.object(name))
	at = instant.Instant(members.number("changed_at"))
	fields = make(map[string]string, len(members.left))
	for member, v := range members.left {
		text, ok := v.(string)
		if !ok {
			o.fail(name, "These are digests by field.")
		}
		fields[fieldOf(member)] = text
	}
	if members.wrong != nil {
		o.fail(name, "changed_at is a whole number.")
	}
	return at, fields
}

// required takes a text that must be there.
func (o *object) required(name string) string {
	text := o.text(name)
	if text == nil {
		o.fail(name, "A text is missing here.")
		return ""
	}
	return *text
}

// id takes an id; the zero one where there is none.
func (o *object) id(name string) uuid.UUID {
	text := o.text(name)
	if text == nil {
		return uuid.Nil
	}
	id, ok := parseID(*text)
	if !ok {
		o.fail(name, "This is a UUID, in lower case.")
	}
	return id
}

// ids takes a list of ids; nil where there is none.
func (o *object) ids(name string) *[]uuid.UUID {
	list := member[[]any](o, name, "a list of UUIDs")
	if list == nil {
		return nil
	}
	ids := make([]uuid.UUID, 0, len(*list))
	for _, v := range *list {
		text, _ := v.(string)
		id, ok := parseID(text)
		if !ok {
			o.fail(name, "These are UUIDs, in lower case.")
		}
		ids = append(ids, id)
	}
	return &ids
}

// number takes a whole number that is not negative; 0 where there is none.
func (o *object) number(name string) int64 {
	v, there := o.take(name)
	if !there {
		return 0
	}
	n, ok := whole(v)
	if !ok {
		o.fail(name, "This is a whole number.")
	}
	return n
}

func (o *object) numbers(name string) []int64 {
	list := member[[]any](o, name, "a list of whole numbers")
	if list == nil {
		return nil
	}
	out := make([]int64, len(*list))
	for i, v := range *list {
		n, ok := whole(v)
		if !ok {
			o.fail(name, "These are whole numbers.")
		}
		out[i] = n
	}
	return out
}

// whole reads a number of at most 63 bits, written without point and exponent.
func whole(v any) (int64, bool) {
	text, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	return n, err == nil && n >= 0
}

// parseID reads an id in the one form that it has on the wire.
func parseID(text string) (uuid.UUID, bool) {
	id, err := uuid.Parse(text)
	return id, err == nil && id.String() == text
}

// clip shortens what is told back to whoever sent it.
func clip(s string) string {
	const most = 60
	for i := range s {
		if i >= most {
			return s[:i] + "…"
		}
	}
	return s
}
