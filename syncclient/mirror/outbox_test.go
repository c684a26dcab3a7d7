package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// program opens a file of a mirror as a program in another language would: with no settings at all.
func program(t *testing.T, m *Mirror, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(m.Dir(), file)+"?mode=rw")
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.Exec(statement, args...); err != nil {
		t.Fatalf("%v in %s", err, statement)
	}
}

func ask(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	var said sql.NullString
	if err := db.QueryRow(query, args...).Scan(&said); err != nil && !errors.Is(err, sql.ErrNoRows) {
		t.Fatalf("%v in %s", err, query)
	}
	return said.String
}

// outgoing returns what is to be sent, a line each.
func outgoing(t *testing.T, m *Mirror) []string {
	t.Helper()
	push, err := m.Outgoing(context.Background(), protocol.MutationsPerPush)
	must(t, err)
	var lines []string
	for _, o := range push.Mutations {
		lines = append(lines, fmt.Sprintf("%d %s %s base %d mine %v %s", o.Number, o.Op, o.Kind, o.Base, o.Mine, o.Fields))
	}
	return lines
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

// answer says what became of a mutation.
func answer(t *testing.T, m *Mirror, number int64, r protocol.Result) {
	t.Helper()
	r.Number = number
	if r.State == "" {
		r.State = protocol.Applied
	}
	if _, err := m.Answered(context.Background(), []protocol.Result{r}); err != nil {
		t.Fatal(err)
	}
}

func applyPage(t *testing.T, m *Mirror, page protocol.ChangePage) {
	t.Helper()
	at, err := m.Position(context.Background())
	must(t, err)
	page.Next = at.Cursor + "."
	if _, err := m.Apply(context.Background(), &page, at.Cursor); err != nil {
		t.Fatal(err)
	}
}

func campaignItem(id, name, level string, version int64) protocol.Item {
	return protocol.Item{
		ID: protocol.Global(protocol.KindCampaign, id), Name: name, Audience: "everyone", MyLevel: protocol.Enum(level), Version: version,
		Subject: "Subject", Format: "html", Body: "body of " + name, State: "draft",
	}
}

// setupEdits is a mirror with a campaign and a list of three contacts, and two programs that edit it.
func setupEdits(t *testing.T) (m *Mirror, campaign string, b Bucket, main, list *sql.DB) {
	t.Helper()
	m = setup(t)
	campaign = newID()
	applyPage(t, m, protocol.ChangePage{
		Items: []protocol.Item{campaignItem(campaign, "Spring", "edit", 4)},
		Collaborators: []protocol.Person{{
			ID: protocol.Global(protocol.KindPerson, identity().Collaborator), FirstName: "Anna", LastName: "Petit", Role: "owner", Status: "active",
		}},
	})
	b = fill(t, m, newID(), 3)
	return m, campaign, b, program(t, m, mainFile), program(t, m, fileOf(t, m, b))
}

func TestOutbox(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("takes what programs write, and shows it", func(t *testing.T) {
		m, campaign, b, main, list := setupEdits(t)
		run(t, main, `UPDATE campaigns SET subject = 'New', archived_at = 5 WHERE id = ?`, campaign)
		run(t, main, `INSERT INTO campaign_lists (campaign, list) VALUES (?, ?)`, campaign, b.ID)
		run(t, main, `INSERT INTO templates (name, body) VALUES ('Mine', '<p>é</p>')`)
		run(t, list, `UPDATE contacts SET city = 'Paris', fields = json_set(fields, '$.x', 'y') WHERE email LIKE 'sentinel1-%'`)
		run(t, list, `DELETE FROM contacts WHERE email LIKE 'sentinel2-%'`)
		if got := ask(t, main, `SELECT subject || (archived_at > 0) || (SELECT count(*) FROM campaign_lists) FROM campaigns`); got != "New11" {
			t.Errorf("campaign %s", got)
		}
		if got := ask(t, main, `SELECT state FROM states WHERE id = ?`, campaign); got != "pending" {
			t.Errorf("state %s", got)
		}
		if got := ask(t, list, `SELECT city || (fields ->> 'x') || (SELECT count(*) FROM contacts) FROM contacts WHERE email LIKE 'sentinel1-%'`); got != "Parisy2" {
			t.Errorf("contact %s", got)
		}
		if due, err := m.Edited(ctx); err != nil || !due {
			t.Fatal(due, err)
		}
		same(t, outgoing(t, m),
			`1 change campaign base 4 mine [] {"archived":true,"lists":["`+b.ID+`"],"subject":"New"}`,
			`2 create template base 0 mine [] {"body":"<p>é</p>","name":"Mine"}`,
			`3 change contact base 1 mine [] {"city":"Paris","fields":{"x":"y"}}`,
			`4 delete contact base 1 mine [] {}`)
		if due, err := m.Edited(ctx); err != nil || due {
			t.Fatal("all is sealed, still there is something", due, err)
		}
	})
	t.Run("sends the same again until there is an answer, and lets go when the rows have come", func(t *testing.T) {
		m, campaign, _, main, _ := setupEdits(t)
		run(t, main, `UPDATE campaigns SET subject = 'New'`)
		first := outgoing(t, m)
		// An edit made meanwhile does not go into one that is on its way.
		run(t, main, `UPDATE campaigns SET subject = 'Newer'`)
		same(t, outgoing(t, m), first...)
		answer(t, m, 1, protocol.Result{Version: 5})
		same(t, outgoing(t, m), `2 change campaign base 4 mine [5] {"subject":"Newer"}`)
		answer(t, m, 2, protocol.Result{Version: 6})
		if got := ask(t, main, `SELECT subject FROM campaigns`); got != "Newer" {
			t.Errorf("before the pull: %s", got)
		}
		item := campaignItem(campaign, "Spring", "edit", 6)
		item.Subject = "Newer"
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{item}})
		confirmed(t, m)
		if got := ask(t, main, `SELECT subject || (SELECT count(*) FROM outbox) || (SELECT count(*) FROM edits) FROM campaigns`); got != "Newer00" {
			t.Errorf("after: %s", got)
		}
	})
	t.Run("takes the version that was seen for the base", func(t *testing.T) {
		m, campaign, _, main, _ := setupEdits(t)
		run(t, main, `UPDATE campaigns SET subject = 'mine'`)
		item := campaignItem(campaign, "Summer", "edit", 7) // others change name and subject meanwhile
		item.Subject = "theirs"
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{item}})
		run(t, main, `UPDATE campaigns SET name = 'seen'`)
		run(t, main, `UPDATE campaigns SET subject = 'mine again'`)
		got := []string{}
		for i := range 3 {
			got = append(got, outgoing(t, m)...)
			answer(t, m, int64(i+1), protocol.Result{Version: int64(i + 8)})
		}
		same(t, got, `1 change campaign base 4 mine [] {"subject":"mine"}`, `2 change campaign base 7 mine [8] {"name":"seen"}`,
			`3 change campaign base 4 mine [8 9] {"subject":"mine again"}`)
	})
	t.Run("sends new lists before what names them", func(t *testing.T) {
		m, campaign, _, main, _ := setupEdits(t)
		run(t, main, `UPDATE campaigns SET name = 'A'`)
		run(t, main, `INSERT INTO contact_lists (id, name) VALUES (?, 'L')`, newID())
		run(t, main, `INSERT INTO campaign_lists SELECT ?, id FROM contact_lists WHERE name = 'L'`, campaign)
		got := outgoing(t, m)
		if len(got) != 2 || !strings.Contains(got[0], "create list") || !strings.Contains(got[1], `"lists":[`) {
			t.Fatal(got)
		}
	})
	t.Run("has rows of a new list wait for it", func(t *testing.T) {
		m, _, _, main, _ := setupEdits(t)
		id := newID()
		run(t, main, `INSERT INTO contact_lists (id, name) VALUES (?, 'L')`, id)
		must(t, m.Prepare(ctx))
		file := ask(t, main, `SELECT file FROM contact_lists WHERE id = ?`, id)
		list := program(t, m, file)
		run(t, list, `INSERT INTO contacts (email) VALUES ('a@example.com')`)
		if due, err := m.Edited(ctx); err != nil || !due {
			t.Fatal(due, err)
		}
		same(t, outgoing(t, m), `1 create list base 0 mine [] {"name":"L"}`)
		answer(t, m, 1, protocol.Result{Version: 1})
		same(t, outgoing(t, m))
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(id, "L")}, Buckets: []protocol.Bucket{bucketOf(id, "s", 0)}})
		same(t, outgoing(t, m), `2 create contact base 0 mine [] {"email":"a@example.com"}`)
		if now := ask(t, main, `SELECT file FROM contact_lists WHERE id = ?`, id); now != file {
			t.Errorf("the file is %s, it was %s", now, file)
		}
	})
	t.Run("refuses what makes no sense, with a sentence", func(t *testing.T) {
		m, _, b, main, list := setupEdits(t)
		view := newID()
		applyPage(t, m, protocol.ChangePage{
			Items:   []protocol.Item{campaignItem(view, "Look", "view", 1)},
			Account: &protocol.Account{ID: protocol.Global(protocol.KindAccount, identity().Account), Name: "Maison", Locale: "fr"},
		})
		for _, bad := range []struct {
			db        *sql.DB
			statement string
			say       string
		}{
			{main, `UPDATE campaigns SET subject = 'x' WHERE id = '` + view + `'`, "only look"},
			{main, `DELETE FROM campaigns WHERE id = '` + view + `'`, "only look"},
			{main, `INSERT INTO campaign_lists VALUES ('` + view + `', '` + b.ID + `')`, "only look"},
			{main, `INSERT INTO campaign_lists VALUES ('none', 'x')`, "no such campaign"},
			{main, `UPDATE campaigns SET audience = 'restricted'`, "to a new row only"},
			{main, `UPDATE campaigns SET version = 9`, "which the person saw"},
			{main, `UPDATE campaigns SET version = -1`, "which the person saw"},
			{main, `UPDATE campaigns SET version = NULL`, "which the person saw"},
			{main, `UPDATE campaigns SET version = '1.5'`, "which the person saw"},
			{main, `UPDATE campaigns SET archived_at = 'soon'`, "microseconds"},
			{main, `UPDATE campaigns SET id = 'x'`, "final"},
			{main, `UPDATE campaigns SET name = ' '`, "a name is missing"},
			{main, `INSERT INTO templates (body) VALUES ('x')`, "a name is missing"},
			{main, `INSERT INTO templates (name, format) VALUES ('x', 'pdf')`, "format is one of"},
			{list, `INSERT INTO contacts (id, email) VALUES ('7', 'a@b.c')`, "version 7"},
			{list, `INSERT INTO contacts (id, email) VALUES ('xxxxxxxxxxxxxx7xxxxxxxxxxxxxxxxxxxxx', 'a@b.c')`, "version 7"},
			{list, `INSERT INTO contacts (id, email) VALUES ('01900000-0000-7000-0000-000000000001', 'a@b.c')`, "version 7"},
			{list, `INSERT INTO contacts (id, email) VALUES ('01900000-0000-4000-8000-000000000001', 'a@b.c')`, "version 7"},
			{list, `INSERT INTO contacts (id, email) VALUES ('01900000-0000-7000-8000-00000000000A', 'a@b.c')`, "version 7"},
			{list, `INSERT INTO contacts (id, email) VALUES (CAST(x'30313930303030302d303030302d373030302d383030302d3030303030303030303030310041' AS TEXT), 'a@b.c')`, "version 7"},
			{main, `DELETE FROM collaborators`, "collaborators: only the server changes this"},
			{main, `UPDATE account SET name = 'x'`, "account: only the server changes this"},
			{main, `INSERT INTO account (id) VALUES ('x')`, "account: only the server changes this"},
			{list, `INSERT INTO contacts (id, email) SELECT id, email FROM contacts LIMIT 1`, ""},
			{list, `INSERT INTO contacts (first_name) VALUES ('x')`, "email address is missing"},
			{list, `UPDATE contacts SET fields = '[]'`, "JSON object of strings"},
			{list, `UPDATE contacts SET fields = '{"a":1}'`, "JSON object of strings"},
			{list, `UPDATE contacts SET state = 'gone'`, "state is one of"},
		} {
			if _, err := bad.db.Exec(bad.statement); err == nil || !strings.Contains(err.Error(), bad.say) {
				t.Errorf("%s: %v", bad.statement, err)
			}
		}
		same(t, outgoing(t, m))
	})
	t.Run("sends what every reader reads alike, and keeps what nobody could", func(t *testing.T) {
		m, _, b, _, list := setupEdits(t)
		run(t, list, `INSERT INTO contacts (email, first_name) VALUES ('a@example.com', CAST(x'ff41' AS TEXT))`)
		run(t, list, `INSERT INTO contacts (email, fields) VALUES ('b@example.com', '{"a":"1","a":"2","s":"\ud800"}')`)
		run(t, list, `INSERT INTO contacts (email, city) VALUES ('c@example.com', printf('%.*c', 9000000, 'x'))`)
		m.edited[b.ID] = b
		same(t, outgoing(t, m),
			"1 create contact base 0 mine [] {\"email\":\"a@example.com\",\"first_name\":\"\ufffdA\"}",
			"2 create contact base 0 mine [] {\"email\":\"b@example.com\",\"fields\":{\"a\":\"2\",\"s\":\"\ufffd\"}}",
			"3 create contact base 0 mine [] {}")
		if all, err := Edit(m.Dir()).Attention(ctx); err != nil || len(all) != 1 || all[0].What != "refused" || len(all[0].Mine) < 9_000_000 {
			t.Fatalf("%+v, %v", all, err)
		}
	})
	t.Run("carries out an answer again, where the file of a list has lost it", func(t *testing.T) {
		m, _, b, _, list := setupEdits(t)
		run(t, list, `UPDATE contacts SET city = 'Paris' WHERE email LIKE 'sentinel0-%'`)
		m.edited[b.ID] = b
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{State: protocol.Applied, Version: 2})
		run(t, list, `UPDATE outbox SET state = 'sealed'`)
		same(t, outgoing(t, m))
		if got := ask(t, list, `SELECT state FROM outbox`); got != "applied" {
			t.Errorf("it is %s", got)
		}
	})
	t.Run("takes edits from more lists than stay open", func(t *testing.T) {
		m := setup(t)
		var page protocol.ChangePage
		for i := range keptOpen + 4 {
			id := newID()
			page.Items = append(page.Items, listItem(id, fmt.Sprint("list ", i)))
			page.Buckets = append(page.Buckets, bucketOf(id, "s", 1))
		}
		applyPage(t, m, page)
		behind, err := m.Behind(ctx)
		must(t, err)
		for _, b := range behind {
			at, err := m.RowsPosition(ctx, b)
			must(t, err)
			_, err = m.ApplyRows(ctx, b, rowPage(t, [][]any{contact(newID(), "x", 1)}, nil, "r1", false, "s"), at.Cursor)
			must(t, err)
			run(t, program(t, m, fileOf(t, m, b)), `UPDATE contacts SET city = 'Paris'`)
		}
		if due, err := m.Edited(ctx); err != nil || !due {
			t.Fatal(due, err)
		}
		if got := outgoing(t, m); len(got) != len(behind) {
			t.Fatalf("%d edits of %d go out", len(got), len(behind))
		}
	})
	t.Run("takes edits of programs that come and go", func(t *testing.T) {
		m := setup(t)
		var lists []Bucket
		for i := range keptOpen + 4 {
			lists = append(lists, fill(t, m, newID(), 1+i%3))
		}
		long := time.Now().Add(-time.Hour)
		quiet := func() bool { // each look closes files, which are written once more if they were not before
			for _, b := range lists {
				for _, end := range []string{"", "-wal"} {
					_ = os.Chtimes(filepath.Join(m.Dir(), fileOf(t, m, b)+end), long, long) // where there is one
				}
			}
			moved, err := m.moved()
			must(t, err)
			for _, name := range moved {
				if work, err := m.workIn(ctx, name); err != nil || work {
					t.Fatal(name, work, err)
				}
			}
			return len(moved) <= 1 // main.db was just written
		}
		for tries := 0; !quiet(); tries++ {
			if tries == len(lists) {
				t.Fatal("looks into the same files again and again")
			}
		}
		for _, b := range lists {
			db := program(t, m, fileOf(t, m, b))
			run(t, db, `UPDATE contacts SET city = 'Paris' WHERE email LIKE 'sentinel0-%'`)
			must(t, db.Close())
		}
		if due, err := m.Edited(ctx); err != nil || !due {
			t.Fatal(due, err)
		}
		if got := outgoing(t, m); len(got) != len(lists) {
			t.Errorf("%d edits of %d go out", len(got), len(lists))
		}
	})
	t.Run("forgets what was made and taken back here", func(t *testing.T) {
		m, _, _, main, list := setupEdits(t)
		run(t, main, `INSERT INTO blacklists (name) VALUES ('B')`)
		must(t, m.Prepare(ctx))
		run(t, main, `DELETE FROM blacklists WHERE name = 'B'`)
		must(t, m.Prepare(ctx))
		run(t, list, `INSERT INTO contacts (email) VALUES ('a@example.com')`)
		run(t, list, `DELETE FROM contacts WHERE email = 'a@example.com'`)
		same(t, outgoing(t, m))
		if got := ask(t, main, `SELECT count(*) FROM local_files`); got != "0" {
			t.Errorf("%s files are left", got)
		}
	})
	t.Run("numbers what was sealed by a process that was killed, once", func(t *testing.T) {
		m, _, b, _, list := setupEdits(t)
		run(t, list, `UPDATE contacts SET city = 'x' WHERE email LIKE 'sentinel0-%'; UPDATE outbox SET state = 'sealed'`)
		m.edited[b.ID] = b
		first := outgoing(t, m)
		if len(first) != 1 {
			t.Fatal(first)
		}
		// Killed after the answer was written down in main.db and before it was carried out.
		run(t, m.main, `UPDATE sent SET result = 'applied', version = 2, settled = 0`)
		dir := m.Dir()
		must(t, m.Close())
		again := mustOpen(t, dir)
		defer again.Close()
		same(t, outgoing(t, again))
		if got := ask(t, program(t, again, fileOf(t, again, b)), `SELECT state FROM outbox`); got != "applied" {
			t.Errorf("state %s", got)
		}
	})
}

// TestReferences: a list that went since does not keep a campaign's edit from being taken.
func TestReferences(t *testing.T) {
	t.Parallel()
	m, campaign, b, main, _ := setupEdits(t)
	run(t, main, `INSERT INTO contact_lists (id, name) VALUES (?, 'L')`, newID())
	run(t, main, `INSERT INTO campaign_lists SELECT ?, id FROM contact_lists`, campaign)
	run(t, main, `UPDATE campaigns SET body = 'mine'`)
	made := ask(t, main, `SELECT id FROM contact_lists WHERE name = 'L'`)
	applyPage(t, m, protocol.ChangePage{Removals: []protocol.ID{b.Global()}})
	got := outgoing(t, m)
	if want := `2 change campaign base 4 mine [] {"body":"mine","lists":["` + made + `"]}`; len(got) != 2 || got[1] != want {
		t.Fatalf("%v, want %s", got, want)
	}
}
