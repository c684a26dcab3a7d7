package strictjson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/graph/edge/strictjson"
)

func limits() strictjson.Limits { return strictjson.Limits{Depth: 8, Values: 1000} }

func TestDecode(t *testing.T) {
	got, err := strictjson.Decode([]byte(` {"a":[1,-0.5e+3,"é\n\u00e9\ud83d\ude42\/",true,false,null],"":{},"b":[]} `), limits())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"a": []any{json.Number("1"), json.Number("-0.5e+3"), "é\né🙂/", true, false, nil},
		"":  map[string]any{}, "b": []any{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		in, message string
		tooComplex  bool
	}{
		"nothing":                     {"", "The JSON ends where a value is expected (at byte 0)", false},
		"a value after the value":     {`{} {}`, "There is something after the end of the JSON value (at byte 3)", false},
		"a brace too many":            {`{}}`, "There is something after the end of the JSON value (at byte 2)", false},
		"a name twice":                {`{"a":1,"b":2,"a":3}`, `The name "a" is given twice in one JSON object (at byte 13)`, false},
		"a name twice by an escape":   {`{"a":1,"\u0061":3}`, `The name "a" is given twice in one JSON object (at byte 7)`, false},
		"a name twice deep down":      {`[{"x":[{"a":1,"a":1}]}]`, `The name "a" is given twice in one JSON object (at byte 14)`, false},
		"a long name twice":           {`{"` + strings.Repeat("é", 99) + `":1,"` + strings.Repeat("é", 99) + `":1}`, `The name "` + strings.Repeat("é", 30) + `…" is given twice in one JSON object (at byte 204)`, false},
		"a comma at the end":          {`{"a":1,}`, "A name in quotes is expected in the JSON object (at byte 7)", false},
		"a comma at an array's end":   {`[1,]`, `A JSON value is expected, not ']' (at byte 3)`, false},
		"a name without quotes":       {`{a:1}`, "A name in quotes is expected in the JSON object (at byte 1)", false},
		"single quotes":               {`{'a':1}`, "A name in quotes is expected in the JSON object (at byte 1)", false},
		"a comment":                   {`{} // x`, "There is something after the end of the JSON value (at byte 3)", false},
		"an array left open":          {`[[[`, "The JSON ends where a value is expected (at byte 3)", false},
		"an object left open":         {`{"a"`, "A colon is expected after a name in the JSON object (at byte 4)", false},
		"a string left open":          {`"abc`, "The JSON ends within a string (at byte 4)", false},
		"an escaped string left open": {`"a\n`, "The JSON ends within a string (at byte 4)", false},
		"half an escape":              {`"\`, "An escape in a JSON string is not valid (at byte 1)", false},
		"an unknown escape":           {`"\x41"`, "An escape in a JSON string is not valid (at byte 1)", false},
		"half a surrogate pair":       {`"\ud83d"`, "An escape in a JSON string is not valid (at byte 1)", false},
		"a pair in wrong order":       {`"\ude42\ud83d"`, "An escape in a JSON string is not valid (at byte 1)", false},
		"a raw newline in a string":   {"\"a\nb\"", "A control character in a JSON string must be escaped (at byte 2)", false},
		"bytes that are not UTF-8":    {"\"a\xff\"", "The text is not valid UTF-8 (at byte 2)", false},
		"a byte order mark":           {"\ufeff{}", `A JSON value is expected, not '\ufeff' (at byte 0)`, false},
		"a NUL":                       {"{}\x00", "There is something after the end of the JSON value (at byte 2)", false},
		"NaN":                         {`NaN`, "A JSON value is expected, not 'N' (at byte 0)", false},
		"nil":                         {`nil`, "A JSON value is expected, such as true, false or null (at byte 0)", false},
		"a leading zero":              {`01`, "There is something after the end of the JSON value (at byte 1)", false},
		"a leading plus":              {`+1`, "A JSON value is expected, not '+' (at byte 0)", false},
		"a point without digits":      {`1.`, "A digit is expected after the point of the JSON number (at byte 2)", false},
		"an exponent without digits":  {`1e+`, "A digit is expected in the exponent of the JSON number (at byte 3)", false},
		"a lone minus":                {`-`, "A digit is expected in the JSON number (at byte 1)", false},
		"a huge number":               {strings.Repeat("9", 100_000), "A JSON number has more than 64 characters (at byte 0)", true},
		"deep arrays":                 {strings.Repeat("[", 1_000_000), "The JSON nests deeper than 8 (at byte 8)", true},
		"deep objects":                {strings.Repeat(`{"a":`, 9), "The JSON nests deeper than 8 (at byte 40)", true},
		"many values":                 {"[" + strings.Repeat("1,", 1000) + "1]", "There are more than 1000 JSON values (at byte 1999)", true},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := strictjson.Decode([]byte(test.in), limits())
			var e *strictjson.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.Error() != test.message || e.TooComplex != test.tooComplex {
				t.Errorf("got %q (too complex: %v)\nnot %q", e, e.TooComplex, test.message)
			}
		})
	}
}

// FuzzDecode holds that whatever is accepted means the same to the standard library.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"query":"{ a }","variables":{"x":[1,2.5,-0,"\ud83d\ude42"]}}`, `[[],{},"",null,true]`, `{"a":1,"a":2}`, `"\u0000"`, ` 1e9 `,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := strictjson.Decode(data, limits())
		if err != nil {
			var e *strictjson.Error
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(data) {
				t.Fatalf("error %#v for %d bytes", err, len(data))
			}
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		var want any
		if err := decoder.Decode(&want); err != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
