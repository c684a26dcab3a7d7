package mirror

import (
	"strings"
	"testing"
)

// TestWithoutLiquid leaves out Liquid, whatever of it is not closed. The last two take a minute each where the end is looked
// for from every beginning.
func TestWithoutLiquid(t *testing.T) {
	t.Parallel()
	const many = 1 << 20
	for text, want := range map[string]string{
		"Hello {{ contact.first_name }}!":       "Hello  !",
		"{% if a %}yes{% endif %} no":           " yes  no",
		"{{ open {% closed %} {{ again":         "  open     again",
		"{ a } {":                               "{ a } {",
		strings.Repeat("{%", many) + " end":     strings.Repeat(" ", many) + " end",
		strings.Repeat("{%{{", many/2) + " end": strings.Repeat(" ", many) + " end",
	} {
		if got := withoutLiquid(text); got != want {
			t.Errorf("of %.40q is left %.40q (%d characters), want %.40q (%d)", text, got, len(got), want, len(want))
		}
	}
}
