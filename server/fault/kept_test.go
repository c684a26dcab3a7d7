package fault_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/partage-mail/partage/server/fault"
)

func TestKept(t *testing.T) {
	row := fault.New(fault.Invalid, "This row cannot be read.")
	for _, c := range []struct {
		name            string
		err             error
		english, french string
	}{
		{"a sentence", row, "This row cannot be read.", "Cette ligne est illisible."},
		{"one with a number and a name", fault.New(fault.Invalid, "Line %d: %s", 3, "Zoé %s"), "Line 3: Zoé %s", "Ligne 3\u00a0: Zoé %s"},
		{"one with a word of ours", fault.Missing("campaign"), "There is no such campaign, or it is not shared with you.",
			fault.Missing("campaign").In(fault.French)},
		{"one within another", fault.New(fault.Invalid, "Line %d: %s", 3, row), "Line 3: This row cannot be read.", "Ligne 3\u00a0: Cette ligne est illisible."},
		{"a name that looks like a kept one", fault.New(fault.Conflict, "%s", `{"say":"Line %d","with":[1]}`),
			`{"say":"Line %d","with":[1]}`, `{"say":"Line %d","with":[1]}`},
		{"an error that is no fault", errors.New("disk full"), "disk full", "disk full"},
		{"one made by hand", &fault.Fault{Message: "100 % by hand"}, "100 % by hand", "100 % by hand"},
	} {
		got := fault.Kept(fault.Keep(c.err, 500))
		if got.Message != c.english || got.In(fault.French) != c.french {
			t.Errorf("%s: %q and %q instead of %q and %q", c.name, got.Message, got.In(fault.French), c.english, c.french)
		}
	}
	for _, text := range []string{"An old sentence.", "", "{", `{"say":`} {
		if got := fault.Kept(text); got.Message != text {
			t.Errorf("what was stored as %q is read as %q", text, got.Message)
		}
	}
}

func TestKeepHasRoom(t *testing.T) {
	long := strings.Repeat(`"é\n`, 200)
	for most := 30; most < 900; most += 7 {
		text := fault.Keep(fault.New(fault.Invalid, "Line %d: %s", 3, long), most)
		said := fault.Kept(text).Message
		if utf8.RuneCountInString(text) > most || !strings.HasPrefix("Line 3: "+long, said) || said == "" {
			t.Fatalf("in %d runes: %d, which say %.60q", most, utf8.RuneCountInString(text), said)
		}
	}
}
