package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// searched is a mirror with a list, and programs that edit it, whose history rapid makes up.
type searched struct {
	t     *rapid.T
	dir   string
	crash *crasher
	m     *Mirror
	list  string
	step  int
}

// vocabulary are words of which none begins another, as people write them.
func vocabulary() []string {
	return []string{"Été", "NOËL", "łódka", "München", "naïve", "東京", "x1y2", "O'Brien", "garçon", "ﬂag", "e\u0301cole"}
}

// folded returns the words of a text as a search is to tell them apart.
func folded(text string) []string {
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool { return !lettered(r) })
}

func (s *searched) open(dir string) {
	s.crash = &crasher{dir: dir, copyTo: filepath.Join(s.dir, fmt.Sprintf("copy%d", s.step)), left: -1}
	m, err := open(context.Background(), dir, identity(), s.crash.connect)
	if err != nil {
		s.t.Fatalf("open: %v", err)
	}
	s.m = m
}

// do runs a step that may be killed, and goes on from what is left then.
func (s *searched) do(step func() error) {
	s.step++
	s.crash.copyTo = filepath.Join(s.dir, fmt.Sprintf("copy%d", s.step))
	s.crash.left = rapid.IntRange(-30, 30).Draw(s.t, "calls until the kill")
	err := step()
	if !s.crash.crashed {
		s.crash.left = -1
		if err != nil && !errors.Is(err, ErrGone) && !errors.Is(err, ErrStale) {
			s.t.Fatalf("step: %v", err)
		}
		return
	}
	if s.crash.copyErr != nil {
		s.t.Fatalf("copy: %v", s.crash.copyErr)
	}
	to := s.crash.copyTo
	_ = s.m.release()
	s.open(to)
}

func (s *searched) words(what string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary()), 0, 3).Draw(s.t, what), " ")
}

// bucket returns the list that is worked on, if it is here.
func (s *searched) bucket() (Bucket, bool) {
	b, err := s.m.Bucket(context.Background(), s.list)
	return b, err == nil
}

// items has the server tell of the list and of a template, or take one away.
func (s *searched) items() {
	at, err := s.m.Position(context.Background())
	if err != nil {
		s.t.Fatalf("%v", err)
	}
	s.step++
	page := &protocol.ChangePage{Next: fmt.Sprintf("c%d", s.step), More: at.Walking && rapid.Bool().Draw(s.t, "more")}
	template := protocol.Global(protocol.KindTemplate, "01900002-0000-7000-8000-000000000001")
	if rapid.IntRange(0, 3).Draw(s.t, "gone") == 0 {
		page.Removals = append(page.Removals, template)
	} else {
		page.Items = append(page.Items, protocol.Item{ID: template, Name: "T", Subject: s.words("subject"), Body: "<p>" + s.words("body") + "</p>", Audience: "everyone", MyLevel: "edit", Format: "html"})
	}
	if _, here := s.bucket(); here && rapid.IntRange(0, 9).Draw(s.t, "list gone") == 0 {
		page.Removals = append(page.Removals, protocol.Global(protocol.KindList, s.list))
	} else {
		page.Items = append(page.Items, listItem(s.list, "L "+s.words("name")))
		page.Buckets = append(page.Buckets, bucketOf(s.list, fmt.Sprintf("s%d", s.step), 1))
	}
	s.do(func() error {
		_, err := s.m.Apply(context.Background(), page, at.Cursor)
		return err
	})
}

// rows has the server tell of rows of the list.
func (s *searched) rows() {
	b, here := s.bucket()
	if !here {
		return
	}
	at, err := s.m.RowsPosition(context.Background(), b)
	if err != nil {
		s.t.Fatalf("%v", err)
	}
	s.step++
	var rows [][]any
	var removed []string
	for n := range 6 {
		id := fmt.Sprintf("01910000-0000-7000-8000-00000000000%d", n)
		switch rapid.IntRange(0, 3).Draw(s.t, "row") {
		case 0:
			removed = append(removed, id)
		case 1, 2:
			rows = append(rows, []any{id, fmt.Sprintf("a%d@b.c", n), s.words("first"), "", "", s.words("city"), `{"f":"` + s.words("field") + `"}`, "subscribed", s.step, 1, 1})
		}
	}
	page := rowPage(s.t, rows, removed, fmt.Sprintf("r%d", s.step), rapid.IntRange(0, 3).Draw(s.t, "more") == 0, b.State)
	s.do(func() error {
		_, err := s.m.ApplyRows(context.Background(), b, page, at.Cursor)
		return err
	})
}

// edit has a program write into a file.
func (s *searched) edit() {
	file := mainFile
	var statements []string
	text := strings.ReplaceAll(s.words("text"), "'", "''")
	switch b, here := s.bucket(); {
	case here && rapid.Bool().Draw(s.t, "rows"):
		if file = fileIn(s.m, b); file == "" {
			return
		}
		statements = []string{
			fmt.Sprintf(`UPDATE contacts SET city = '%s' WHERE id IN (SELECT id FROM contacts ORDER BY id LIMIT 1)`, text),
			fmt.Sprintf(`UPDATE contacts SET fields = json_set(fields, '$.g', '%s') WHERE id IN (SELECT id FROM contacts ORDER BY id DESC LIMIT 1)`, text),
			fmt.Sprintf(`INSERT INTO contacts (email, first_name) VALUES ('n%d@b.c', '%s')`, s.step, text),
			`DELETE FROM contacts WHERE id IN (SELECT id FROM contacts ORDER BY id DESC LIMIT 1)`,
		}
	default:
		statements = []string{
			fmt.Sprintf(`UPDATE templates SET body = '<b>%s</b>'`, text),
			fmt.Sprintf(`INSERT INTO templates (name, subject) VALUES ('N', '%s')`, text),
			`DELETE FROM templates WHERE id IN (SELECT id FROM templates ORDER BY id DESC LIMIT 1)`,
			fmt.Sprintf(`UPDATE contact_lists SET description = '%s'`, text),
		}
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(s.m.Dir(), file)+"?mode=rw")
	if err != nil {
		s.t.Fatalf("%v", err)
	}
	defer db.Close()
	if _, err := db.Exec(rapid.SampledFrom(statements).Draw(s.t, "statement")); err != nil {
		s.t.Fatalf("edit: %v", err)
	}
}

// fileIn returns the file of a bucket; empty where it has none.
func fileIn(m *Mirror, b Bucket) string {
	var name sql.NullString
	_ = m.main.QueryRow("SELECT file FROM contact_lists WHERE id = ?", b.ID).Scan(&name)
	return name.String
}

// push has edits be numbered and answered.
func (s *searched) push() {
	s.do(func() error {
		ctx := context.Background()
		if _, err := s.m.Edited(ctx); err != nil {
			return err
		}
		batch, err := s.m.Outgoing(ctx, 5)
		if err != nil || len(batch.Mutations) == 0 {
			return err
		}
		var said []protocol.Result
		for _, one := range batch.Mutations {
			r := protocol.Result{Number: one.Number, State: protocol.Applied, Version: int64(s.step)}
			if rapid.IntRange(0, 3).Draw(s.t, "refused") == 0 {
				r = protocol.Result{Number: one.Number, State: protocol.Refused, Code: protocol.BadInput, Message: "no"}
			}
			said = append(said, r)
		}
		if _, err := s.m.Answered(ctx, said); err != nil {
			return err
		}
		_, err = s.m.Confirm(ctx)
		return err
	})
}

func (s *searched) walk() {
	s.do(func() error {
		if b, here := s.bucket(); here && rapid.Bool().Draw(s.t, "of rows") {
			return s.m.StartRowsWalk(context.Background(), b)
		}
		return s.m.StartWalk(context.Background())
	})
}

func (s *searched) index() {
	s.do(func() error {
		_, err := s.m.Index(context.Background(), 1)
		return err
	})
}

func (s *searched) settle() {
	s.do(func() error {
		_, err := s.m.Settle(context.Background())
		return err
	})
}

func (s *searched) reopen() {
	s.do(func() error { return s.m.Close() })
	if s.m.lock == nil {
		s.open(s.m.dir)
	}
}

// check lets the follower be idle and holds what is found of each word against the texts of the views.
func (s *searched) check() {
	noticed(s.t, s.m)
	indexAll(s.t, s.m)
	s.compare(s.m.main, "", `SELECT id, name || ' ' || subject || ' ' || replace(replace(replace(body, '</', ' <'), '<p>', ''), '<b>', '') FROM templates
		UNION ALL SELECT id, name || ' ' || description FROM contact_lists`)
	b, here := s.bucket()
	if !here || fileIn(s.m, b) == "" {
		return
	}
	f, err := s.m.file(context.Background(), b)
	if err != nil {
		s.t.Fatalf("%v", err)
	}
	var complete, begun bool
	err = f.db.QueryRow(`SELECT complete, (SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'server_contacts_went')) FROM searchable`).Scan(&complete, &begun)
	if err != nil || complete != begun {
		s.t.Fatalf("complete %v, the first fill %v, %v", complete, begun, err)
	}
	if begun {
		s.compare(f.db, protocol.KindContact, `SELECT id, email || ' ' || first_name || ' ' || city || ' ' || (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(fields)) FROM contacts`)
	}
}

func (s *searched) compare(db *sql.DB, kind protocol.Kind, texts string) {
	all, err := pairs(context.Background(), db, texts)
	if err != nil {
		s.t.Fatalf("%v", err)
	}
	for _, word := range append(vocabulary(), "about", "nowhere") {
		want := []string(nil)
		for _, row := range all {
			if strings.Contains(" "+strings.Join(folded(row[1]), " ")+" ", " "+strings.Join(folded(word), " ")+" ") {
				want = append(want, row[0])
			}
		}
		slices.Sort(want)
		f, err := search(context.Background(), db, Query{Text: word, Limit: 1000}, kind)
		if err != nil || f.Indexing {
			s.t.Fatalf("search: %+v, %v", f, err)
		}
		if got := idsFound(f); !slices.Equal(got, want) {
			s.t.Fatalf("%q: found %v, not %v", word, got, want)
		}
	}
	var entered int
	if err := db.QueryRow(`SELECT count(*) FROM indexed`).Scan(&entered); err != nil || entered != len(all) {
		s.t.Fatalf("%d rows are in the index, and %d there, %v", entered, len(all), err)
	}
}

// TestSearchModel makes up histories of what the server tells, what programs write, what becomes of it and of kills, and
// finds after each step, once the follower was idle, exactly the rows that hold a word.
func TestSearchModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "mirror")
		if err != nil {
			t.Fatalf("%v", err)
		}
		defer os.RemoveAll(dir)
		s := &searched{t: t, dir: dir, list: "01900003-0000-7000-8000-000000000001"}
		s.open(filepath.Join(dir, "mirror"))
		defer func() { _ = s.m.release() }()
		act := func(step func()) func(*rapid.T) { return func(*rapid.T) { step() } }
		t.Repeat(map[string]func(*rapid.T){
			"": act(s.check), "items": act(s.items), "rows": act(s.rows), "more rows": act(s.rows), "edit": act(s.edit), "more edits": act(s.edit),
			"push": act(s.push), "walk": act(s.walk), "index": act(s.index), "settle": act(s.settle), "reopen": act(s.reopen),
		})
	})
}
