package edge_test

import (
	"strings"
	"testing"

	"github.com/partage-mail/partage/graph/edge"
)

func TestDefaultLimits(t *testing.T) {
	s := schema(t)
	for name := range edge.DefaultLimits().Budget.Weights {
		owner, field, _ := strings.Cut(name, ".")
		if d := s.Types[owner]; d == nil || d.Fields.ForName(field) == nil {
			t.Errorf("there is no %s to weigh", name)
		}
	}
	f := setup(t)
	logIn := `: logIn(input: {email: "a", password: "b"}) { token }`
	if r := f.post(query("mutation { a" + logIn + " b" + logIn + " }")); !strings.HasPrefix(r.first(), "QUERY_TOO_COMPLEX This could cost 40000") {
		t.Errorf("two passwords in one request: %s", r.body)
	}
}
