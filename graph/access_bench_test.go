package graph_test

import (
	"encoding/json"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkAccessWindow measures the access window of a person with 1,000 edges of 1,000,000 in an account of 100,000
// campaigns, through GraphQL in-process. The reference is one statement of plain SQL that answers the same page.
//
//	go test ./graph -run - -bench AccessWindow -benchtime 3x
func BenchmarkAccessWindow(b *testing.B) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := servertest.Start(b, storetest.Config(b, name))
			crowd := servertest.NewCrowd(b, s.Store, servertest.CrowdSize{People: 1000, Campaigns: 100_000, Open: 1000, Edges: 1000})
			token, person := crowd.Token(b, s.Store, 0), read.GlobalID(read.PersonID, crowd.People[500])
			page := `SELECT i.id, i.name, i.audience, coalesce(a.level, ''), i.creator_id FROM items i
				LEFT JOIN access a ON a.item_id = i.id AND a.collaborator_id = ?2
				WHERE i.account_id = ?1 AND i.kind = 'campaign' AND i.deleted_at = 0 `
			for _, c := range []struct {
				name, query string
				with        vars
				reference   string
				args        []any
			}{
				{"page", windowQuery, vars{"who": person}, page + `ORDER BY i.name_key, i.id LIMIT 50`, []any{crowd.Account, crowd.People[500]}},
				{"search", windowQuery, vars{"who": person, "search": "9999"},
					page + `AND i.name_key LIKE ?3 ORDER BY i.name_key, i.id LIMIT 50`, []any{crowd.Account, crowd.People[500], "%9999%"}},
				{"counts", countsQuery, vars{"who": person}, "", nil},
				{"preview_all", allQuery, vars{"who": person}, "", nil},
			} {
				b.Run(c.name, func(b *testing.B) {
					body, err := json.Marshal(map[string]any{"query": c.query, "variables": c.with})
					if err != nil {
						b.Fatal(err)
					}
					ask := func() { post(b, s.Handler(), token, body) }
					ask() // documents are validated once
					rounds := 200
					if c.reference == "" {
						rounds = 16
					}
					for b.Loop() {
						served := rate(rounds, ask)
						b.ReportMetric(1000/served, "ms/request")
						if c.reference != "" {
							b.ReportMetric(served/rate(rounds, func() { rowsOf(b, s.Store, c.reference, c.args...) }), "x-reference")
						}
					}
				})
			}
		})
	}
}

const (
	windowQuery = `query($who: ID!, $search: String) { campaignAccess(collaborator: $who, first: 50, search: $search) {
		pageInfo { hasNextPage endCursor } edges { node { campaign { id name } canAccess roundRobin level reason mayRemove } } } }`
	countsQuery = `query($who: ID!) { campaignAccess(collaborator: $who, first: 1) { totalCount accessCount roundRobinCount } }`
	allQuery    = `query($who: ID!) { campaignAccessPreview(input: {collaborator: $who, all: {canAccess: true}}) { total added unchanged } }`
)
