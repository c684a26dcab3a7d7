package push

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/partage-mail/partage/server/fault"
)

// FuzzRead holds that the content of a mutation is read or refused in words, in each kind's fields too, and that what is
// told back of it is short.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		`{"op":"create","kind":"campaign","id":"01900000-0000-7000-8000-000000000001","fields":{"name":"x","lists":["y"],"archived":1}}`,
		`{"op":"change","kind":"contact","id":"01900000-0000-7000-8000-000000000001","base":9223372036854775808,"mine":[1,-1,"x"],"fields":{"fields":{"a":null}}}`,
		`{"op":"delete","kind":"entry","id":null,"item":{},"fields":[]}`, `{}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		var content map[string]any
		if d.Decode(&content) != nil || content == nil {
			return
		}
		said, _ := json.Marshal(content)
		c, err := read(content)
		if after, _ := json.Marshal(content); string(after) != string(said) {
			t.Fatalf("reading %s has made it %s", said, after)
		}
		if err == nil {
			kind, _ := itemKind(c.kind)
			itemPatch(kind, c.fields)
			err = c.fields.end()
		}
		if err == nil {
			return
		}
		if f := fault.As(err); f == nil || len(f.Field) > 64*4 || len(f.Message) > 1000 {
			t.Fatalf("refused with %v", err)
		}
	})
}
