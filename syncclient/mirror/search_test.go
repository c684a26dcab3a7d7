package mirror

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// indexAll brings the full-text indexes up to date.
func indexAll(t failer, m *Mirror) {
	t.Helper()
	for range 10_000 {
		more, err := m.Index(context.Background(), time.Microsecond)
		if err != nil {
			t.Fatalf("index: %v", err)
		}
		if !more {
			return
		}
	}
	t.Fatalf("the index does not come to an end")
}

// noticed has the mirror see what other programs wrote.
func noticed(t failer, m *Mirror) {
	t.Helper()
	if _, err := m.Edited(context.Background()); err != nil {
		t.Fatalf("look for edits: %v", err)
	}
}

// rowOf is a row of contacts with everything that can be searched.
func rowOf(id, email, first, last, company, city, fields string) []any {
	return []any{id, email, first, last, company, city, fields, "subscribed", 1, 1, 1}
}

// withRows makes a list of the given rows.
func withRows(t failer, m *Mirror, rows ...[]any) Bucket {
	t.Helper()
	b := fill(t, m, newID(), 0)
	change(t, m, b, rows, nil, "r1", len(rows))
	return b
}

// found returns the ids that a search of a list, or of the items, finds, in their order.
func found(t failer, m *Mirror, in, text string) []string {
	t.Helper()
	f, err := Search(context.Background(), m.Dir(), Query{Text: text, Item: in, Limit: 10_000})
	if err != nil {
		t.Fatalf("search for %q: %v", text, err)
	}
	if f.Indexing {
		t.Fatalf("search for %q: the index is not complete", text)
	}
	return idsFound(f)
}

func idsFound(f Found) []string {
	var ids []string
	for _, h := range f.Hits {
		ids = append(ids, h.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       ``,
		"  \t\n":                 ``,
		"lou":                    `"lou*"`,
		"anna lou":               `"anna" "lou*"`,
		"anna@mail.example.com":  `"anna@mail.example.com*"`,
		`say "hi" OR NEAR(x)*`:   `"say" "hi" "OR" "NEAR(x)*"`,
		"^a *b* -c":              `"a" "b" "-c*"`,
		"& lou &":                `"lou*"`,
		"😀 @ --":                 ``,
		"a\x00b \xff":            `"a" "b*"`,
		"Zoé o’Brien":            `"Zoé" "o’Brien*"`,
		strings.Repeat("x", 300): `"` + strings.Repeat("x", 100) + `*"`,
	} {
		if got := Match(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
	if got := strings.Count(Match(strings.Repeat("word ", 100)), " "); got != mostWords-1 {
		t.Errorf("a long text is searched for by %d words", got+1)
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("finds the rows of a list by every text, whatever case and accents", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		ids := []string{newID(), newID(), newID()}
		slices.Sort(ids)
		b := withRows(t, m,
			rowOf(ids[0], "Loic.LeGall@Acme-Mail.example", "Loïc", "Le Gall", "Ateliers Brême", "Besançon", `{"country":"FR","job title":"Élève ingénieur"}`),
			rowOf(ids[1], "louise@example.com", "Louise", "O'Brien", "", "Łódź", `{}`),
			rowOf(ids[2], "x@y.example", "", "", "東京 Trading", "", `{"note":"10% \"off\""}`))
		indexAll(t, m)
		for text, want := range map[string][]string{
			"loic":                          {ids[0]},
			"LOÏC":                          {ids[0]},
			"lo":                            {ids[0], ids[1]},
			"loic.legall@acme-mail.example": {ids[0]},
			"legall@acme":                   {ids[0]},
			"acme loic":                     {ids[0]},
			"breme besancon":                {ids[0]},
			"eleve":                         {ids[0]},
			"ingenieur fr":                  {ids[0]},
			"o'b":                           {ids[1]},
			"łódź":                          {ids[1]},
			"東京":                            {ids[2]},
			"10% \"off\"":                   {ids[2]},
			"exam":                          ids,
			"exam loic":                     nil, // only the last word may be a beginning
			"country":                       nil, // a name of a field, and no value
			"gall loi@":                     nil, // a word that is done
			"subscribed":                    nil,
			ids[0]:                          nil,
		} {
			if got := found(t, m, b.ID, text); !slices.Equal(got, want) {
				t.Errorf("%q: got %v, want %v", text, got, want)
			}
		}
	})
	t.Run("takes whatever a person types", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b := withRows(t, m, rowOf(newID(), "a@example.com", "", "", "", "", "{}"))
		indexAll(t, m)
		for _, text := range []string{"", "\"", "'", "*", "(", "a AND", "NOT a", "a NEAR/2 b", "text:a", "\x00", "\xff\xfe", "👩‍👩‍👧", "e\u0301", "ﬁ", "%", "--", ";DROP TABLE x",
			strings.Repeat("a", 1<<20), strings.Repeat("a ", 1<<19), strings.Repeat("a@", 1<<19), strings.Repeat("\"", 1<<16)} {
			for _, in := range []string{"", b.ID} {
				if _, err := Search(ctx, m.Dir(), Query{Text: text, Item: in}); err != nil {
					t.Errorf("%.20q: %v", text, err)
				}
			}
		}
	})
	t.Run("finds entries and leads", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		for _, of := range []struct {
			kind protocol.Kind
			l    layout
			text string
			row  []any
		}{
			{protocol.KindBlacklist, entries(), "spam.example réclamé", []any{newID(), "domain", "Spam.Example", "manual", "a réclamé", 1, 1, 1}},
			{protocol.KindCampaign, leads(), "zoe 33 salon rappeler rouge", []any{newID(), nil, nil, "zoe@example.com", "Zoé Petit", "+33 6 12", "salon", `{"color":"rouge"}`, "new", "rappeler", 1, 1, 1}},
		} {
			b := tell(t, m, of.kind, of.l.kind, 1)
			page := rowPage(t, [][]any{of.row}, nil, "n", false, "s1")
			page.Kind, page.Columns = of.l.kind, protocol.Columns(of.l.kind)
			_, err := m.ApplyRows(ctx, b, page, "")
			must(t, err)
			indexAll(t, m)
			for _, word := range strings.Fields(of.text) {
				if got := found(t, m, b.ID, word); !slices.Equal(got, []string{of.row[0].(string)}) {
					t.Errorf("%q: %v", word, got)
				}
			}
		}
	})
	t.Run("finds items by what a reader sees of them", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		campaign, list := newID(), newID()
		item := campaignItem(campaign, "Été à Paris", "edit", 1)
		item.Subject, item.Preheader = "Offre {{ contact.first_name }}", "Jusqu’au soir"
		item.Body = `<mjml><mj-head><mj-style>.secret{color:red}</mj-style></mj-head><mj-text class="hidden">Caf&eacute;{% if secret %}<b>crème</b>{% endif %}</mj-text><!-- note --></mjml>`
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{item, listItem(list, "Clients")}, Buckets: []protocol.Bucket{bucketOf(list, "s", 0)}})
		indexAll(t, m)
		for text, want := range map[string][]string{
			"ete paris": {campaign}, "offre": {campaign}, "jusqu’au": {campaign}, "cafe creme": {campaign},
			"clients": {list}, "about cli": {list},
			"secret": nil, "hidden": nil, "note": nil, "first_name": nil, "mj": nil,
		} {
			if got := found(t, m, "", text); !slices.Equal(got, want) {
				t.Errorf("%q: got %v, want %v", text, got, want)
			}
		}
		f, err := Search(ctx, m.Dir(), Query{Text: "clients"})
		if err != nil || len(f.Hits) != 1 || f.Hits[0] != (Hit{protocol.KindList, list}) {
			t.Error(f, err)
		}
	})
	t.Run("stops at the limit", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		var rows [][]any
		for range 5 {
			rows = append(rows, rowOf(newID(), "a@example.com", "", "", "", "", "{}"))
		}
		b := withRows(t, m, rows...)
		indexAll(t, m)
		for limit, more := range map[int]bool{4: true, 5: false} {
			if f, err := Search(ctx, m.Dir(), Query{Text: "a", Item: b.ID, Limit: limit}); err != nil || len(f.Hits) != limit || f.More != more {
				t.Errorf("%d: %+v, %v", limit, f, err)
			}
		}
	})
	t.Run("says what is not there", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b := withRows(t, m)
		for _, of := range []struct {
			dir, in string
			want    error
		}{{filepath.Join(t.TempDir(), "none"), "", ErrNone}, {m.Dir(), newID(), ErrGone}} {
			if _, err := Search(ctx, of.dir, Query{Text: "a", Item: of.in}); !errors.Is(err, of.want) {
				t.Errorf("got %v, want %v", err, of.want)
			}
		}
		must(t, unlink(filepath.Join(m.Dir(), fileOf(t, m, b))))
		if _, err := Search(ctx, m.Dir(), Query{Text: "a", Item: b.ID}); !errors.Is(err, ErrGone) {
			t.Error(err)
		}
		if err := Edit(m.Dir()).Change(ctx, protocol.KindContact, b.ID, newID(), nil); !errors.Is(err, ErrGone) {
			t.Errorf("an editor: %v", err)
		}
		drop(t, m, b)
		carriedOut(t, m, 1)
		if _, err := Search(ctx, m.Dir(), Query{Text: "a", Item: b.ID}); !errors.Is(err, ErrNotKept) {
			t.Errorf("of what is not kept: %v", err)
		}
	})
}

// TestSearchPlan holds the question that programs ask against a scan of the list.
func TestSearchPlan(t *testing.T) {
	t.Parallel()
	m := setup(t)
	b := withRows(t, m, rowOf(newID(), "a@example.com", "", "", "", "", "{}"))
	indexAll(t, m)
	for name, of := range map[string]struct {
		db    *sql.DB
		query string
	}{
		"rows":        {m.files[b.ID].db, `SELECT * FROM contacts WHERE id IN (SELECT id FROM search WHERE search MATCH 'a*')`},
		"items":       {m.main, `SELECT id, name FROM campaigns WHERE id IN (SELECT id FROM search WHERE search MATCH 'a*')`},
		"item state":  {m.main, `SELECT state FROM item_states WHERE id = 'x'`},
		"row state":   {m.files[b.ID].db, `SELECT state FROM row_states WHERE id = 'x'`},
		"with states": {m.main, `SELECT c.name, s.state FROM templates c JOIN item_states s ON s.id = c.id WHERE c.id = 'x'`},
	} {
		rows, err := of.db.Query("EXPLAIN QUERY PLAN " + of.query)
		must(t, err)
		for rows.Next() {
			var id, parent, unused int
			var detail string
			must(t, rows.Scan(&id, &parent, &unused, &detail))
			if table := regexp.MustCompile(`^SCAN (s|e|o|a|i|indexed|server_\w+)( |$)`); table.MatchString(detail) {
				t.Errorf("%s: %s", name, detail)
			}
		}
		must(t, rows.Close())
	}
}
