package protocol

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Moment is a point in time as microseconds since 1970 in UTC, the form in which mirrors keep it. In GraphQL it
// travels as RFC 3339.
type Moment int64

// UnmarshalJSON reads an RFC 3339 string.
func (m *Moment) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("a moment that is no string: %w", err)
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return fmt.Errorf("a moment that is not RFC 3339: %q", clip(s))
	}
	*m = Moment(t.UnixMicro())
	return nil
}

// Enum is an enum value in lower case, the form in which mirrors keep it. In GraphQL it travels in upper case.
type Enum string

// UnmarshalJSON reads an upper-case GraphQL enum value.
func (e *Enum) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("an enum value that is no string: %w", err)
	}
	*e = Enum(strings.ToLower(s))
	return nil
}
