package syncapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/push"
)

const (
	aReplica  = `"replica":"01900000-0000-7000-8000-000000000001"`
	aMutation = `{"number":1,"key":"01900000-0000-7000-8000-000000000002","op":"create","kind":"list","id":"x"}`
)

func TestParsePush(t *testing.T) {
	r, err := parsePush([]byte(`{` + aReplica + `,"acknowledged":9007199254740993,"mutations":[` + aMutation + `]}`))
	if err != nil || r.Acknowledged != 9007199254740993 || len(r.Mutations) != 1 || r.Mutations[0].Number != 1 || len(r.Mutations[0].Content) != 3 {
		t.Errorf("read as %+v %v", r, err)
	}
	if r, err := parsePush([]byte(`{` + aReplica + `}`)); err != nil || len(r.Mutations) != 0 {
		t.Errorf("without mutations it is %+v %v", r, err)
	}
	for name, c := range map[string]struct{ text, kind, field string }{
		"nothing":                {``, "BAD_USER_INPUT", ""},
		"no object":              {`[]`, "BAD_USER_INPUT", ""},
		"a name twice":           {`{` + aReplica + `,` + aReplica + `}`, "BAD_USER_INPUT", ""},
		"something else":         {`{` + aReplica + `,"force":true}`, "BAD_USER_INPUT", ""},
		"no replica":             {`{"mutations":[]}`, "BAD_USER_INPUT", "replica"},
		"a replica of zeros":     {`{"replica":"00000000-0000-0000-0000-000000000000"}`, "BAD_USER_INPUT", "replica"},
		"a replica in braces":    {`{"replica":"{01900000-0000-7000-8000-000000000001}"}`, "BAD_USER_INPUT", "replica"},
		"half a number":          {`{` + aReplica + `,"acknowledged":1.5}`, "BAD_USER_INPUT", "acknowledged"},
		"a number in quotes":     {`{` + aReplica + `,"acknowledged":"1"}`, "BAD_USER_INPUT", "acknowledged"},
		"65 bits":                {`{` + aReplica + `,"acknowledged":18446744073709551616}`, "BAD_USER_INPUT", "acknowledged"},
		"no list":                {`{` + aReplica + `,"mutations":{}}`, "BAD_USER_INPUT", "mutations"},
		"101 mutations":          {`{` + aReplica + `,"mutations":[` + strings.Repeat(aMutation+",", 100) + aMutation + `]}`, "BAD_USER_INPUT", "mutations"},
		"no mutation":            {`{` + aReplica + `,"mutations":[1]}`, "BAD_USER_INPUT", "mutations.0"},
		"no number":              {`{` + aReplica + `,"mutations":[` + aMutation + `,{"key":"01900000-0000-7000-8000-000000000002"}]}`, "BAD_USER_INPUT", "mutations.1.number"},
		"a number of zero":       {`{` + aReplica + `,"mutations":[{"number":0,"key":"01900000-0000-7000-8000-000000000002"}]}`, "BAD_USER_INPUT", "mutations.0.number"},
		"the greatest number":    {`{` + aReplica + `,"mutations":[{"number":9223372036854775807,"key":"01900000-0000-7000-8000-000000000002"}]}`, "BAD_USER_INPUT", "mutations.0.number"},
		"no key":                 {`{` + aReplica + `,"mutations":[{"number":1}]}`, "BAD_USER_INPUT", "mutations.0.key"},
		"bytes that are no text": {`{` + aReplica + `,"mutations":[{"op":"` + "\xff" + `"}]}`, "BAD_USER_INPUT", ""},
		"half a surrogate":       {`{` + aReplica + `,"mutations":[{"op":"\ud83d"}]}`, "BAD_USER_INPUT", ""},
		"depth":                  {`{` + aReplica + `,"mutations":[{"x":` + strings.Repeat("[", 9) + strings.Repeat("]", 9) + `}]}`, "QUERY_TOO_COMPLEX", ""},
		"very many values":       {`{` + aReplica + `,"mutations":[{"x":[` + strings.Repeat("1,", 200_000) + `1]}]}`, "QUERY_TOO_COMPLEX", ""},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			_, err := parsePush([]byte(c.text))
			if f := fault.As(err); f == nil || string(f.Kind) != c.kind || f.Field != c.field {
				t.Errorf("refused with %v: %+v", err, f)
			}
		})
	}
}

func TestPushed(t *testing.T) {
	whole := `{` + aReplica + `}`
	for name, c := range map[string]struct {
		body, contentType, encoding, kind string
	}{
		"as it should be":  {whole, "application/json; charset=utf-8", "", ""},
		"another type":     {whole, "text/plain", "", "BAD_USER_INPUT"},
		"no type":          {whole, "", "", "BAD_USER_INPUT"},
		"a compressed one": {whole, "application/json", "gzip", "BAD_USER_INPUT"},
		"8 MB":             {whole + strings.Repeat(" ", maxPush-len(whole)), "application/json", "", ""},
		"more than 8 MB":   {whole + strings.Repeat(" ", maxPush-len(whole)+1), "application/json", "", "QUERY_TOO_COMPLEX"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "/sync/push", strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.contentType)
			if c.encoding != "" {
				r.Header.Set("Content-Encoding", c.encoding)
			}
			_, err := pushed(nil, r)
			if f := fault.As(err); err != nil && f == nil || f != nil && string(f.Kind) != c.kind || f == nil && c.kind != "" {
				t.Errorf("read with %v", err)
			}
		})
	}
}

// FuzzParsePush holds that whatever is read says what the standard library reads in it, and that all else is refused
// in words.
func FuzzParsePush(f *testing.F) {
	for _, seed := range []string{
		`{` + aReplica + `,"acknowledged":1,"mutations":[` + aMutation + `]}`, `{` + aReplica + `}`, `{}`, `[`, `null`,
		`{` + aReplica + `,"mutations":[{"number":1e3,"key":"","fields":{"x":"\u0000"}}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := parsePush(data)
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		var said struct {
			Replica      uuid.UUID
			Acknowledged int64
			Mutations    []struct {
				Number int64
				Key    uuid.UUID
			}
		}
		if err := json.Unmarshal(data, &said); err != nil {
			t.Fatalf("read what is no JSON: %v", err)
		}
		if len(r.Mutations) > push.MostMutations || len(r.Mutations) != len(said.Mutations) || r.Acknowledged != said.Acknowledged || r.Replica != said.Replica {
			t.Fatalf("read %+v as %+v", said, r)
		}
		for i, m := range r.Mutations {
			if want := said.Mutations[i]; m.Number != want.Number || m.Key != want.Key || m.Number < 1 {
				t.Fatalf("read %s as %+v", fmt.Sprint(want), m)
			}
		}
	})
}
