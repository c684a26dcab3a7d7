package edge_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/partage-mail/partage/graph/edge"
)

// BenchmarkList is what the edge adds to a list request: the document is known, the answer 20 kB.
func BenchmarkList(b *testing.B) {
	row := map[string]any{"node": map[string]any{"id": strings.Repeat("x", 40), "name": strings.Repeat("y", 60), "version": 7,
		"createdAt": "2026-11-21T09:30:00.123456Z", "changedAt": "2026-11-21T09:30:00.123456Z", "audience": "EVERYONE"}}
	rows := make([]any, 50)
	for i := range rows {
		rows[i] = row
	}
	a := &answers{schema: schema(b), fields: map[string]func(context.Context, map[string]any) (any, error){
		"campaigns": func(context.Context, map[string]any) (any, error) { return map[string]any{"edges": rows}, nil },
	}}
	s := edge.New(a, edge.Config{
		Session: func(context.Context) (string, bool) { return "s", true },
		Live:    func(context.Context) error { return nil },
	})
	body := query(`query($first: Int!, $after: String) { campaigns(first: $first, after: $after) {
		edges { cursor node { id name audience version createdAt changedAt creator { id firstName lastName } } } pageInfo { endCursor hasNextPage } } }`,
		map[string]any{"first": 50, "after": "abc"})
	for name, header := range map[string]string{"plain": "", "gzip": "gzip", "zstd": "zstd"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest("POST", "/", strings.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Accept-Encoding", header)
				w := httptest.NewRecorder()
				s.ServeHTTP(w, r)
				if w.Code != 200 {
					b.Fatal(w.Body)
				}
			}
		})
	}
	b.Run("the answer itself", func(b *testing.B) {
		for b.Loop() {
			_, _ = a.fields["campaigns"](b.Context(), nil)
			_ = query("", map[string]any{"edges": rows})
		}
	})
}
