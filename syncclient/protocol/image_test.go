package protocol

import (
	"os"
	"strings"
	"testing"
)

// TestImageTable holds PROTOCOL.md against the tables of images.
func TestImageTable(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []Enum{Contacts, Entries, Leads} {
		if table := ImageTable(kind); table == "" || !strings.Contains(string(text), "\n"+table+"\n") {
			t.Errorf("PROTOCOL.md does not have the line\n%s", table)
		}
	}
	if ImageTable("mails") != "" {
		t.Error("an unknown kind has a table")
	}
}

func TestParseImage(t *testing.T) {
	t.Parallel()
	const good = `{"kind":"contacts","state":"s","rows":2,"digest":"2:000102030405060708090a0b0c0d0e0f","next":"n","bytes":8192}`
	got, err := ParseImage(good)
	if want := (Image{Contacts, "s", 2, "2:000102030405060708090a0b0c0d0e0f", "n", 8192}); err != nil || got != want {
		t.Fatalf("got %+v, %v", got, err)
	}
	for name, change := range map[string][2]string{
		"no JSON":            {"{", ""},
		"an unknown kind":    {"contacts", "mails"},
		"no state":           {`"s"`, `""`},
		"a long state":       {`"s"`, `"` + strings.Repeat("s", MaxCursor+1) + `"`},
		"another count":      {`"rows":2`, `"rows":3`},
		"no digest":          {"2:000102030405060708090a0b0c0d0e0f", ""},
		"no cursor":          {`"n"`, `""`},
		"a long cursor":      {`"n"`, `"` + strings.Repeat("n", MaxCursor+1) + `"`},
		"half a page":        {"8192", "8191"},
		"no bytes":           {"8192", "0"},
		"fewer than no rows": {`"rows":2,"digest":"2:`, `"rows":-2,"digest":"-2:`},
	} {
		if _, err := ParseImage(strings.Replace(good, change[0], change[1], 1)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
