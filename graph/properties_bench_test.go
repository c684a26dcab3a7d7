package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkPeople measures lists of people with 1,000 of them, 100,000 campaigns and 100,000 edges: the first 50
// who see a campaign, or do not; the first 50 that a search finds; and why one person sees a campaign. An owner
// asks, through GraphQL in-process, without a network.
//
// The reference is one statement of plain SQL that answers the same, over a copy of the people with an index in
// the order of the list. Both run in turn in the same process. The CPU is that of the process; PostgreSQL's own
// is not in it.
//
//	go test ./graph -run - -bench People -benchtime 3x
func BenchmarkPeople(b *testing.B) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := servertest.Start(b, storetest.Config(b, name))
			size := servertest.CrowdSize{People: 1000, Campaigns: 100_000, Open: 1000, Edges: 100}
			crowd := servertest.NewCrowd(b, s.Store, size)
			nameCrowd(b, s.Store, crowd)
			open, restricted := campaignOf(b, s.Store, crowd, "everyone"), campaignOf(b, s.Store, crowd, "restricted")
			token := crowd.Token(b, s.Store, 0)
			for _, c := range []struct {
				name      string
				query     string
				variables map[string]any
				rows      int
				reference string
				args      []any
			}{
				{"open", peopleQuery, vars{"id": campaignID(open)}, 50, referencePeople, []any{crowd.Account, open}},
				{"open_with_count", countedQuery, vars{"id": campaignID(open)}, 50, referenceCounted, []any{crowd.Account, open}},
				{"restricted", peopleQuery, vars{"id": campaignID(restricted)}, -1, referencePeople, []any{crowd.Account, restricted}},
				{"restricted_hidden", peopleQuery, vars{"id": campaignID(restricted), "which": "CANNOT_SEE"}, 50, referenceHidden, []any{crowd.Account, restricted}},
				{"search", searchQuery, vars{"search": "arti"}, 50, referenceSearch, []any{crowd.Account, "%arti%"}},
				{"why", whyQuery, vars{"id": campaignID(restricted), "person": read.GlobalID(read.PersonID, crowd.People[500])}, 1, referenceWhy, []any{crowd.People[500], restricted}},
			} {
				b.Run(c.name, func(b *testing.B) {
					body, err := json.Marshal(map[string]any{"query": c.query, "variables": c.variables})
					if err != nil {
						b.Fatal(err)
					}
					reference := func() {
						if n := rowsOf(b, s.Store, c.reference, c.args...); c.rows >= 0 && n != c.rows {
							b.Errorf("the reference found %d rows", n)
						}
					}
					ask := func() {
						if n := bytes.Count(post(b, s.Handler(), token, body), []byte(`"level"`)); c.rows >= 0 && n != c.rows {
							b.Errorf("found %d people", n)
						}
					}
					ask() // documents are validated once
					for b.Loop() {
						const rounds = 800
						began := cpu()
						plain := rate(rounds, reference)
						between := cpu()
						served := rate(rounds, ask)
						b.ReportMetric((between-began).Seconds()*1000/rounds, "reference-cpu-ms")
						b.ReportMetric((cpu()-between).Seconds()*1000/rounds, "cpu-ms/request")
						b.ReportMetric(served/plain, "x-reference")
					}
				})
			}
		})
	}
}

const (
	peopleQuery = `query($id: ID!, $which: PropertiesFilter! = CAN_SEE) { properties(item: $id) { mayChange people(first: 50, which: $which) {
		pageInfo { hasNextPage endCursor } edges { node { collaborator { id firstName lastName email role } level reason } } } } }`
	countedQuery = `query($id: ID!) { properties(item: $id) { mayChange people(first: 50) { totalCount
		pageInfo { hasNextPage endCursor } edges { node { collaborator { id firstName lastName email role } level reason } } } } }`
	searchQuery = `query($search: String!) { collaborators(first: 50, search: $search) {
		pageInfo { hasNextPage endCursor } edges { node { id firstName lastName email level: role } } } }`
	whyQuery = `query($id: ID!, $person: ID!) { whyVisible(item: $id, collaborator: $person) { visible level reason words } }`

	shownPeople = `SELECT c.id, c.first_name, c.last_name, c.email, c.role FROM items i
		JOIN reference_people c ON c.account_id = i.account_id LEFT JOIN access a ON a.item_id = i.id AND a.collaborator_id = c.id
		WHERE i.account_id = ?1 AND i.id = ?2 AND c.status = 'active' AND c.removed_at = 0 AND `
	whoSee = `(c.role = 'owner' OR c.id = i.creator_id OR coalesce(a.level, CASE i.audience WHEN 'everyone' THEN 'edit' ELSE 'none' END) <> 'none')`

	referencePeople  = shownPeople + whoSee + ` ORDER BY c.search_key, c.id LIMIT 50`
	referenceHidden  = shownPeople + `NOT ` + whoSee + ` ORDER BY c.search_key, c.id LIMIT 50`
	referenceCounted = `SELECT shown.*, all_of_them.n, '', '', '' FROM (` + referencePeople + `) AS shown, (SELECT count(*) AS n FROM (` +
		shownPeople + whoSee + `) AS counted) AS all_of_them`
	referenceSearch = `SELECT id, first_name, last_name, email, role FROM reference_people
		WHERE account_id = ?1 AND removed_at = 0 AND search_key LIKE ?2 ORDER BY search_key, id LIMIT 50`
	referenceWhy = `SELECT c.id, i.audience, c.role, c.status, coalesce(a.level, '') FROM items i JOIN reference_people c ON c.account_id = i.account_id
		LEFT JOIN access a ON a.item_id = i.id AND a.collaborator_id = c.id WHERE c.id = ?1 AND i.id = ?2`
)

// nameCrowd gives people names, and copies them for the reference.
func nameCrowd(b *testing.B, s *store.Store, c servertest.Crowd) {
	first := []string{"Élodie", "Jean", "Zoé", "Anne", "Paul", "Marc", "Inès", "Luc", "Nina", "Omar"}
	last := []string{"Martin", "Bernard", "Thomas", "Petit", "Robert", "Richard", "Durand", "Dubois", "Moreau", "Laurent", "Simon", "Michel", "Lefèvre", "Leroy", "Roux", "Martinez"}
	ctx := viewer.System(context.Background(), "a measurement names people")
	err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for i, id := range c.People {
			f, l := first[i%len(first)], last[i*7%len(last)]
			err := tx.Collaborator.UpdateOneID(id).SetFirstName(f).SetLastName(l).
				SetSearchKey(fold.Fold(fmt.Sprintf("%s %s p%d@example.com", l, f, i))).Exec(ctx)
			if err != nil {
				return err
			}
		}
		for _, q := range []string{
			`CREATE TABLE reference_people AS SELECT * FROM collaborators`,
			`CREATE UNIQUE INDEX reference_people_id ON reference_people (id)`,
			`CREATE INDEX reference_people_order ON reference_people (account_id, search_key, id)`,
			`ANALYZE`,
		} {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func campaignOf(b *testing.B, s *store.Store, c servertest.Crowd, audience string) (id uuid.UUID) {
	rows, err := s.Client().QueryContext(context.Background(), store.Rebind(s.Dialect(),
		`SELECT id FROM items WHERE account_id = ? AND audience = ? LIMIT 1`), c.Account, audience)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		b.Fatal("there is no such campaign")
	}
	if err := rows.Scan(&id); err != nil {
		b.Fatal(err)
	}
	return id
}

func campaignID(id uuid.UUID) string { return read.GlobalID(read.CampaignID, id) }

// rowsOf runs a query of five or more columns and returns how many rows it found.
func rowsOf(b *testing.B, s *store.Store, query string, args ...any) (n int) {
	rows, err := s.Client().QueryContext(context.Background(), store.Rebind(s.Dialect(), query), args...)
	if err != nil {
		b.Error(err)
		return 0
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		b.Error(err)
	}
	row := make([]any, len(columns))
	for i := range row {
		row[i] = new(any)
	}
	for ; rows.Next(); n++ {
		if err := rows.Scan(row...); err != nil {
			b.Error(err)
		}
	}
	return n
}

// post asks a handler without a network.
func post(b *testing.B, h http.Handler, token string, body []byte) []byte {
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
		b.Errorf("answered %d %.300s", w.Code, w.Body)
	}
	return w.Body.Bytes()
}
