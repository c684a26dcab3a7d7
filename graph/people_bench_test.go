package graph_test

import (
	"context"
	"encoding/json"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkPerson measures the pages of a dashboard about people in an account of 100,000 campaigns, 1,000 people and
// 1,000 edges of each: what one person sees, with its counts, the team, and what a search over everything finds, for an owner
// and a member. Through GraphQL in-process.
//
//	go test ./graph -run - -bench Person$ -benchtime 3x
func BenchmarkPerson(b *testing.B) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := servertest.Start(b, storetest.Config(b, name))
			crowd := servertest.NewCrowd(b, s.Store, servertest.CrowdSize{People: 1000, Campaigns: 100_000, Open: 1000, Edges: 1000})
			owner, member := crowd.Token(b, s.Store, 0), crowd.Token(b, s.Store, 500)
			person := read.GlobalID(read.PersonID, crowd.People[500])
			few := read.GlobalID(read.PersonID, crowd.People[501])
			takeEdges(b, s.Store, crowd, 501)
			for _, c := range []struct {
				name, token, query string
				with               vars
			}{
				{"items_by_name", owner, personItemsQuery, vars{"who": person, "order": "NAME"}},
				{"items_by_change", owner, personItemsQuery, vars{"who": person, "order": "CHANGED"}},
				{"campaigns_by_change", owner, personItemsQuery, vars{"who": person, "order": "CHANGED", "kinds": []string{"CAMPAIGN"}}},
				{"items_search", owner, personItemsQuery, vars{"who": person, "order": "NAME", "search": "9999"}},
				{"items_with_counts", owner, personCountsQuery, vars{"who": person}},
				{"items_late", owner, personItemsQuery, vars{"who": person, "order": "NAME", "skip": 1900}},
				{"items_where_few", owner, personItemsQuery, vars{"who": few, "order": "NAME", "search": "99"}},
				{"items_of_oneself", member, personItemsQuery, vars{"who": person, "order": "NAME"}},
				{"team", owner, teamQuery, vars{}},
				{"team_search", owner, teamQuery, vars{"search": "p99"}},
				{"everything_owner", owner, everythingQuery, vars{"search": "9999", "owner": true}},
				{"everything_owner_often", owner, everythingQuery, vars{"search": "ca", "owner": true}},
				{"everything_owner_never", owner, everythingQuery, vars{"search": "nothing is called so", "owner": true}},
				{"everything_member", member, everythingQuery, vars{"search": "9999", "owner": false}},
				{"everything_member_never", member, everythingQuery, vars{"search": "nothing is called so", "owner": false}},
			} {
				b.Run(c.name, func(b *testing.B) {
					body, err := json.Marshal(map[string]any{"query": c.query, "variables": c.with})
					if err != nil {
						b.Fatal(err)
					}
					ask := func() { post(b, s.Handler(), c.token, body) }
					ask() // documents are validated once
					const rounds = 48
					for b.Loop() {
						began := cpu()
						served := rate(rounds, ask)
						b.ReportMetric((cpu()-began).Seconds()*1000/rounds, "cpu-ms/request")
						b.ReportMetric(1000/served, "ms/request")
					}
				})
			}
		})
	}
}

// takeEdges leaves a person with what is open to everyone.
func takeEdges(b *testing.B, s *store.Store, c servertest.Crowd, person int) {
	ctx := viewer.System(context.Background(), "a measurement takes access away")
	err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, store.Rebind(s.Dialect(), "DELETE FROM access WHERE collaborator_id = ?"), c.People[person])
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

const (
	personItemsQuery = `query($who: ID!, $kinds: [ItemKind!], $search: String, $order: ItemOrder!, $skip: Int) { node(id: $who) { ... on Collaborator {
		items(first: 50, kinds: $kinds, search: $search, orderBy: $order, skip: $skip) {
			pageInfo { hasNextPage endCursor } edges { node { level reason item { id kind name changedAt } } } } } } }`
	personCountsQuery = `query($who: ID!) { node(id: $who) { ... on Collaborator {
		items(first: 50) { totalCount counts { campaigns templates contactLists blacklists }
			pageInfo { hasNextPage endCursor } edges { node { level reason item { id kind name changedAt } } } } } } }`
	teamQuery = `query($search: String) { team(first: 50, search: $search) { totalCount counts { active invited deactivated }
		pageInfo { hasNextPage endCursor } edges { node { __typename id firstName lastName email role } } } }`
	everythingQuery = `query($search: String!, $owner: Boolean!) {
		items(first: 8, search: $search) { edges { node { id kind name } } }
		collaborators(first: 5, search: $search) { edges { node { id firstName lastName email } } }
		leads(first: 5, filter: {search: $search}) { edges { node { id email campaign { id name } } } }
		invitations(first: 5, search: $search) @include(if: $owner) { edges { node { id email } } } }`
)
