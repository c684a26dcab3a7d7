package scalar_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/graph/scalar"
	"github.com/partage-mail/partage/server/fault"
)

func TestUnmarshalInt(t *testing.T) {
	for _, good := range []any{int64(7), 7, json.Number("7")} {
		if i, err := scalar.UnmarshalInt(t.Context(), good); err != nil || i != 7 {
			t.Errorf("UnmarshalInt(%#v) = %d, %v", good, i, err)
		}
	}
	if i, err := scalar.UnmarshalInt(t.Context(), json.Number("-2147483648")); err != nil || i != -2147483648 {
		t.Errorf("smallest Int = %d, %v", i, err)
	}
	for _, bad := range []any{
		"7", true, nil, 7.0, int64(1) << 31, -(int64(1) << 31) - 1,
		json.Number("1.0"), json.Number("1e3"), json.Number("99999999999999999999"), []any{int64(1)},
	} {
		if _, err := scalar.UnmarshalInt(t.Context(), bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("UnmarshalInt(%#v) gave %v", bad, err)
		}
	}
}

func TestMarshalInt(t *testing.T) {
	var out bytes.Buffer
	if err := scalar.MarshalInt(-12).MarshalGQLContext(context.Background(), &out); err != nil || out.String() != "-12" {
		t.Errorf("got %q, %v", out.String(), err)
	}
	if err := scalar.MarshalInt64(1<<31).MarshalGQLContext(context.Background(), &out); err == nil {
		t.Error("a number beyond 32 bits was written")
	}
}

func TestUnmarshalString(t *testing.T) {
	if s, err := scalar.UnmarshalString("Zoë 🙂\n"); err != nil || s != "Zoë 🙂\n" {
		t.Errorf("got %q, %v", s, err)
	}
	for _, bad := range []any{"a\x00b", "a\xffb", json.Number("5"), 5, true, nil, []any{"a"}} {
		if _, err := scalar.UnmarshalString(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("UnmarshalString(%#v) gave %v", bad, err)
		}
	}
}

func TestUnmarshalID(t *testing.T) {
	for in, want := range map[any]string{"x": "x", int64(5): "5", json.Number("5"): "5"} {
		if s, err := scalar.UnmarshalID(in); err != nil || s != want {
			t.Errorf("UnmarshalID(%#v) = %q, %v", in, s, err)
		}
	}
	for _, bad := range []any{"a\x00", 5.5, json.Number("5.5"), true, nil} {
		if _, err := scalar.UnmarshalID(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("UnmarshalID(%#v) gave %v", bad, err)
		}
	}
}

func TestDateTime(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-21T09:30:00.123456Z":      `"2026-11-21T09:30:00.123456Z"`,
		"2026-11-21T09:30:00Z":             `"2026-11-21T09:30:00.000000Z"`,
		"2026-11-21T10:30:00.5+01:00":      `"2026-11-21T09:30:00.500000Z"`,
		"1969-12-31T23:30:00-01:00":        `"1970-01-01T00:30:00.000000Z"`,
		"9999-12-31T23:59:59.999999Z":      `"9999-12-31T23:59:59.999999Z"`,
		"2026-11-21T09:30:00.000001-00:00": `"2026-11-21T09:30:00.000001Z"`,
	} {
		i, err := scalar.UnmarshalDateTime(in)
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		var out bytes.Buffer
		scalar.MarshalDateTime(i).MarshalGQL(&out)
		if out.String() != want {
			t.Errorf("%s is written %s, not %s", in, out.String(), want)
		}
	}
	for _, bad := range []any{
		"", "2026-11-21", "2026-11-21 09:30:00Z", "2026-11-21T9:30:00Z", "2026-11-21T09:30:00",
		"2026-11-21T09:30:00,5Z", "2026-11-21T09:30:00.1234567Z", "2026-02-30T00:00:00Z", "1970-01-01T00:00:00Z",
		"9999-12-31T23:59:59-23:00", "2026-11-21T09:30:00+25:00", 5, nil,
	} {
		if i, err := scalar.UnmarshalDateTime(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("UnmarshalDateTime(%#v) = %d, %v", bad, i, err)
		}
	}
	var out bytes.Buffer
	scalar.MarshalDateTime(instant.Instant(0)).MarshalGQL(&out)
	if out.String() != "null" {
		t.Errorf("never is written %s", out.String())
	}
}
