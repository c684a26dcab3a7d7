package protocol

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestSeen holds the digests of values to the examples that PROTOCOL.md has.
func TestSeen(t *testing.T) {
	text, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Join(strings.Fields(string(text)), " ")
	want := fmt.Sprintf("`Paris` has `%s`, the empty text, also of a further field that is not there, `%s`", Seen("Paris"), Seen(""))
	if !strings.Contains(page, want) {
		t.Errorf("PROTOCOL.md does not say %q", want)
	}
}
