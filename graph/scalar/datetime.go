package scalar

import (
	"io"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
)

// dateTimeLayout always shows six digits, so that moments of one client compare as text too.
const dateTimeLayout = `"2006-01-02T15:04:05.000000Z"`

// MarshalDateTime writes i as RFC 3339 in UTC with microseconds; never (0) is null.
func MarshalDateTime(i instant.Instant) graphql.Marshaler {
	if i == 0 {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = w.Write(i.Time().AppendFormat(nil, dateTimeLayout))
	})
}

// UnmarshalDateTime reads an RFC 3339 moment after 1970 with at most six digits of a second. Any offset
// is taken and turned into UTC.
func UnmarshalDateTime(v any) (instant.Instant, error) {
	s, ok := v.(string)
	if !ok {
		return 0, notADateTime()
	}
	// time.Time also takes a comma in the second and an hour of one digit, which RFC 3339 does not.
	var t time.Time
	if err := t.UnmarshalText([]byte(s)); err != nil || s[13] != ':' || strings.Contains(s, ",") {
		return 0, notADateTime()
	}
	if _, fraction, ok := strings.Cut(s, "."); ok && strings.IndexAny(fraction, "Zz+-") > 6 {
		return 0, notADateTime()
	}
	i := instant.Of(t)
	if i <= 0 || i.Time().Year() > 9999 {
		return 0, notADateTime()
	}
	return i, nil
}

func notADateTime() error {
	return fault.New(fault.Invalid,
		"A DateTime is an RFC 3339 moment after 1970 with up to six digits of a second, such as 2026-11-21T09:30:00.123456Z.")
}
