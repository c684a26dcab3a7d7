// Package scalar turns the API's scalars into Go values and back.
//
// Input is taken by the letter: an Int is a whole number of 32 bits (a string that looks like one is
// not), a String is UTF-8 text without NUL characters, which PostgreSQL cannot store, and a DateTime is
// a strict RFC 3339 moment. What does not fit is a fault of kind Invalid; the path to the value is added
// by the executor. gqlgen binds the functions by name, see gqlgen.yml. All are safe for concurrent use.
package scalar

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partage-mail/partage/server/fault"
)

// MarshalInt writes i. A number beyond 32 bits is an error of the field: clients could not read it.
func MarshalInt(i int) graphql.ContextMarshaler { return MarshalInt64(int64(i)) }

// UnmarshalInt reads a whole number of 32 bits.
func UnmarshalInt(ctx context.Context, v any) (int, error) {
	i, err := UnmarshalInt64(ctx, v)
	return int(i), err
}

// MarshalInt64 writes i, which must fit into 32 bits like every Int of GraphQL.
func MarshalInt64(i int64) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		if i < math.MinInt32 || i > math.MaxInt32 {
			return fmt.Errorf("scalar: %d does not fit into an Int", i)
		}
		_, err := w.Write(strconv.AppendInt(nil, i, 10))
		return err
	})
}

// UnmarshalInt64 reads a whole number of 32 bits.
func UnmarshalInt64(_ context.Context, v any) (int64, error) {
	var i int64
	switch v := v.(type) {
	case int64:
		i = v
	case int:
		i = int64(v)
	case json.Number:
		var err error
		if i, err = strconv.ParseInt(string(v), 10, 64); err != nil {
			return 0, notAnInt()
		}
	default:
		return 0, notAnInt()
	}
	if i < math.MinInt32 || i > math.MaxInt32 {
		return 0, notAnInt()
	}
	return i, nil
}

func notAnInt() error {
	return fault.New(fault.Invalid, "An Int is a whole number from %d to %d.", math.MinInt32, math.MaxInt32)
}

// MarshalString writes s as a JSON string.
func MarshalString(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalString reads a string of valid UTF-8 without NUL characters.
func UnmarshalString(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", fault.New(fault.Invalid, "A String is text in quotes.")
	}
	return s, checkText(s)
}

// MarshalID writes an id.
func MarshalID(id string) graphql.Marshaler { return graphql.MarshalString(id) }

// UnmarshalID reads an id: a string, or a whole number, which GraphQL allows for ids.
func UnmarshalID(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, checkText(v)
	case int64:
		return strconv.FormatInt(v, 10), nil
	case int:
		return strconv.Itoa(v), nil
	case json.Number:
		if _, err := strconv.ParseInt(string(v), 10, 64); err == nil {
			return string(v), nil
		}
	}
	return "", fault.New(fault.Invalid, "An ID is text in quotes.")
}

func checkText(s string) error {
	if strings.IndexByte(s, 0) >= 0 {
		return fault.New(fault.Invalid, "Text cannot hold NUL characters.")
	}
	if !utf8.ValidString(s) {
		return fault.New(fault.Invalid, "Text must be valid UTF-8.")
	}
	return nil
}
