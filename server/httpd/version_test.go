package httpd_test

import (
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/httpd"
)

// TestVersion refuses sync clients that speak another version of the protocol, whoever they are, and nobody else.
func TestVersion(t *testing.T) {
	h := setup(t)
	for said, want := range map[string]string{
		"1": "", "2": "",
		"0":  "UPGRADE_REQUIRED This program is too old for the server; please update it.",
		"3":  "UPGRADE_REQUIRED The server is too old for this program; ask who runs it to update it.",
		"v2": "UPGRADE_REQUIRED This program is too old for the server; please update it.",
	} {
		r := h.ask("Cookie", "partage_session=anna", httpd.PreflightHeader, "x", httpd.VersionHeader, said)
		switch {
		case want == "" && (r.status != 200 || !strings.Contains(r.body, "anna")):
			t.Errorf("%s: %d %s", said, r.status, r.body)
		case want != "" && (r.status != 426 || r.code() != want):
			t.Errorf("%s: %d %s", said, r.status, r.body)
		}
	}
}
