package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// TestStatusNames: what a name holds reaches the terminal as text alone.
func TestStatusNames(t *testing.T) {
	t.Parallel()
	const hostile = "a\x1b[31mb\u202ec\nd"
	var out bytes.Buffer
	if err := printStatus(&out, control.Status{Account: hostile, Lists: []mirror.ListStatus{{Name: hostile, Kept: true}}}, false); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.ContainsAny(text, "\x1b\u202e") || strings.Count(text, "a[31mbc d") != 2 {
		t.Errorf("%q", text)
	}
}
