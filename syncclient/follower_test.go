package syncclient

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "github.com/mattn/go-sqlite3"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// readEmails reads a list's file as any program would.
func readEmails(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT email FROM contacts ORDER BY email")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := []string{}
	for rows.Next() {
		var email string
		if err := rows.Scan(&email); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.TrimSuffix(email, "@example.com"))
	}
	return all
}

func mustSync(t *testing.T, b *bench) {
	t.Helper()
	if err := b.Sync(context.Background()); err != nil {
		t.Fatalf("sync: %v (asked %v)", err, b.script.requests())
	}
}

func mustHold(t *testing.T, b *bench, want map[string][]string) {
	t.Helper()
	if diff := cmp.Diff(want, b.holds(t)); diff != "" {
		t.Fatalf("-want +held:\n%s", diff)
	}
}

// filled is a server with two lists, and what a mirror of it holds.
func filled() (*script, map[string][]string) {
	return &script{
			changes: map[string][]string{
				"":  {changesPage("1", true, map[int]string{1: "s1"})},
				"1": {changesPage("2", false, map[int]string{2: "s1"})},
				"2": {changesPage("2", false, nil)},
			},
			rows: map[string][]string{
				rowsOf(1, ""):  {rowsPage("a", false, "s1", "one")},
				rowsOf(2, ""):  {rowsPage("a", true, "s1", "two", "three")},
				rowsOf(2, "a"): {rowsPageOf(3, "b", false, "s1", "four")},
			},
		}, map[string][]string{
			"list 1": {"one"}, "list 2": {"four", "three", "two"},
		}
}

func TestFollower(t *testing.T) {
	t.Parallel()
	ctx := context.Background()

	t.Run("fills a mirror, and asks for nothing twice", func(t *testing.T) {
		t.Parallel()
		s, want := filled()
		b := setup(t, s)
		mustSync(t, b)
		mustHold(t, b, want)
		if diff := cmp.Diff([]string{"changes", "changes 1", "rows " + strings.TrimSpace(rowsOf(1, "")), "rows " + strings.TrimSpace(rowsOf(2, "")), "rows " + rowsOf(2, "a")}, s.requests()); diff != "" {
			t.Fatalf("-want +asked:\n%s", diff)
		}
		mustSync(t, b)
		if n := len(s.requests()); n != 6 {
			t.Fatalf("a second sync asked %v", s.requests()[5:])
		}
	})

	for name, answer := range map[string]string{
		"a page of HTML":         "",
		"a bare 401":             "401",
		"an error of the server": refused("INTERNAL", ""),
		"a page that breaks off": `{"data":{"changes":{"items":[`,
		"an empty answer":        `{}`,
		"data without a page":    `{"data":{"changes":null}}`,
		"a refusal by rate":      refused("RATE_LIMITED", ""),
	} {
		t.Run("keeps everything when the answer is "+name, func(t *testing.T) {
			t.Parallel()
			s, want := filled()
			b := setup(t, s)
			mustSync(t, b)
			s.mu.Lock()
			s.changes["2"] = []string{answer}
			s.mu.Unlock()
			if err := b.Sync(ctx); err == nil || errors.Is(err, ErrSignedOut) {
				t.Fatalf("got %v", err)
			}
			mustHold(t, b, want)
			s.mu.Lock()
			s.changes["2"] = []string{changesPage("3", false, nil, 1)}
			s.mu.Unlock()
			mustSync(t, b)
			delete(want, "list 1")
			mustHold(t, b, want)
		})
	}

	t.Run("keeps everything when the session ends, and says so", func(t *testing.T) {
		t.Parallel()
		s, want := filled()
		b := setup(t, s)
		mustSync(t, b)
		s.mu.Lock()
		s.changes["2"] = []string{refused("UNAUTHENTICATED", "")}
		s.mu.Unlock()
		if err := b.Run(ctx); !errors.Is(err, ErrSignedOut) {
			t.Fatalf("got %v, want ErrSignedOut", err)
		}
		mustHold(t, b, want)
	})

	t.Run("does not turn in circles", func(t *testing.T) {
		t.Parallel()
		for name, s := range map[string]*script{
			"workspace": {changes: map[string][]string{"": {changesPage("1", true, nil)}, "1": {changesPage("1", true, nil)}}},
			"rows": {
				changes: map[string][]string{"": {changesPage("1", false, map[int]string{1: "s1"})}, "1": {changesPage("1", false, nil)}},
				rows:    map[string][]string{rowsOf(1, ""): {rowsPage("a", true, "s1", "x")}, rowsOf(1, "a"): {rowsPage("a", true, "s1", "x")}},
			},
		} {
			t.Run(name, func(t *testing.T) {
				b := setup(t, s)
				if err := b.Sync(ctx); err == nil {
					t.Fatal("no error")
				}
				if n := len(s.requests()); n > 20 {
					t.Fatalf("%d requests: %v", n, s.requests())
				}
			})
		}
	})

	t.Run("compares in place when the cursor expires", func(t *testing.T) {
		t.Parallel()
		s, _ := filled()
		b := setup(t, s)
		mustSync(t, b)
		s.mu.Lock()
		s.changes["2"] = []string{refused("CURSOR_EXPIRED", "LINEAGE")}
		s.changes[""] = []string{changesPage("9", false, map[int]string{2: "s1", 3: "s1"})}
		s.changes["9"] = []string{changesPage("9", false, nil)}
		s.rows[rowsOf(2, "b")] = []string{refused("CURSOR_EXPIRED", "LINEAGE")}
		s.rows[rowsOf(2, "")] = []string{rowsPage("z", false, "s1", "three", "five")}
		s.rows[rowsOf(3, "")] = []string{rowsPage("z", false, "s1", "six")}
		s.mu.Unlock()
		mustSync(t, b)
		mustHold(t, b, map[string][]string{"list 2": {"five", "three"}, "list 3": {"six"}})
		if !slices.Contains(b.events, Event(WalkStarted{Reason: "LINEAGE"})) || !slices.Contains(b.events, Event(WalkStarted{Reason: "LINEAGE", Name: "list 2"})) {
			t.Fatalf("events %v", b.events)
		}
	})

	t.Run("slows down where the cursor expires again and again", func(t *testing.T) {
		t.Parallel()
		s := &script{changes: map[string][]string{"": {changesPage("1", true, nil)}, "1": {refused("CURSOR_EXPIRED", "EXPIRED")}}}
		b := setup(t, s)
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		b.notify = func(e Event) {
			if w, ok := e.(Waiting); ok {
				if w.For < time.Minute {
					t.Errorf("waits only %v", w.For)
				}
				cancel()
			}
		}
		if err := b.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if n := len(s.requests()); n != 4 {
			t.Fatalf("asked %v", s.requests())
		}
	})

	t.Run("goes on with other lists", func(t *testing.T) {
		t.Parallel()
		for name, answer := range map[string]string{
			"where one is not there":   refused("NOT_FOUND", ""),
			"where one is refused":     refused("FORBIDDEN", ""),
			"where one makes no sense": strings.Replace(rowsPage("a", false, "s1", "x"), `"subscribed",1`, `"subscribed","one"`, 1),
			"where one breaks off":     `{"kind":`,
			"where one keeps expiring": refused("CURSOR_EXPIRED", "EXPIRED"),
		} {
			t.Run(name, func(t *testing.T) {
				s, want := filled()
				s.rows[rowsOf(1, "")] = []string{answer}
				b := setup(t, s)
				if err := b.Sync(ctx); err == nil {
					t.Fatal("a list is missing and nothing was said")
				}
				want["list 1"] = []string{}
				got := b.holds(t)
				if diff := cmp.Diff(want["list 2"], got["list 2"]); diff != "" {
					t.Fatalf("-want +held:\n%s", diff)
				}
				if n := len(s.requests()); n > 30 {
					t.Fatalf("%d requests", n)
				}
			})
		}
	})

	t.Run("asks the workspace where a list is newer than told", func(t *testing.T) {
		t.Parallel()
		s, want := filled()
		s.rows[rowsOf(1, "")] = []string{rowsPage("a", false, "s2", "one")}
		s.changes["2"] = []string{changesPage("3", false, map[int]string{1: "s2"})}
		s.rows[rowsOf(1, "a")] = []string{rowsPage("a", false, "s2")} // once told of, it is asked once more
		b := setup(t, s)
		mustSync(t, b)
		mustHold(t, b, want)
		if n := len(s.requests()); n != 7 {
			t.Fatalf("asked %v", s.requests())
		}
	})

	t.Run("serves a hint between two pages of a list", func(t *testing.T) {
		t.Parallel()
		s, want := filled()
		b := setup(t, s)
		s.before = func(request string) {
			if request == "rows "+rowsOf(2, "") {
				b.hint()
			}
		}
		s.changes["2"] = []string{changesPage("3", false, map[int]string{3: "s1"})}
		s.rows[rowsOf(3, "")] = []string{rowsPage("a", false, "s1", "new")}
		mustSync(t, b)
		want["list 3"] = []string{"new"}
		mustHold(t, b, want)
		asked := s.requests()
		if slices.Index(asked, "changes 2") > slices.Index(asked, "rows "+strings.TrimSpace(rowsOf(3, ""))) {
			t.Fatalf("asked %v", asked)
		}
		if n := strings.Count(strings.Join(asked, "\n"), rowsOf(2, "a")); n != 1 {
			t.Fatalf("the page under way was asked for %d times", n)
		}
	})

	t.Run("drops a page that was asked for before its list went", func(t *testing.T) {
		t.Parallel()
		s, _ := filled()
		b := setup(t, s)
		s.before = func(request string) {
			if request == "rows "+rowsOf(2, "") {
				b.hint()
			}
		}
		// Taken away and given again while its second page is under way.
		s.changes["2"] = []string{changesPage("3", true, nil, 2)}
		s.changes["3"] = []string{changesPage("4", false, map[int]string{2: "s9"})}
		s.changes["4"] = []string{changesPage("4", false, nil)}
		s.rows[rowsOf(2, "")] = []string{s.rows[rowsOf(2, "")][0], rowsPage("n", false, "s9", "fresh")}
		mustSync(t, b)
		mustHold(t, b, map[string][]string{"list 1": {"one"}, "list 2": {"fresh"}})
	})

	t.Run("asks for less where an answer is too large", func(t *testing.T) {
		t.Parallel()
		s, want := filled()
		s.changes[""] = []string{refused("QUERY_TOO_COMPLEX", ""), s.changes[""][0]}
		b := setup(t, s)
		mustSync(t, b)
		mustHold(t, b, want)
		if b.perPage != protocol.EntriesPerPage/2 {
			t.Fatalf("asks for %d", b.perPage)
		}
	})

	t.Run("polls without the live connection", func(t *testing.T) {
		t.Parallel()
		s, _ := filled()
		b := setup(t, s)
		b.pace.tick = 2 * time.Millisecond
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		s.before = func(request string) {
			if request == "poll" {
				cancel()
			}
		}
		if err := b.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(b.events, func(e Event) bool { _, ok := e.(Disconnected); return ok }) {
			t.Fatalf("events %v", b.events)
		}
	})
}

// TestPatience: what may pass, or a pull puts right, does not end a follower.
func TestPatience(t *testing.T) {
	t.Parallel()
	t.Run("when a poll's cursor is one that the server does not know any more", func(t *testing.T) {
		t.Parallel()
		s, want := filled()
		s.strange = true
		b := setup(t, s)
		b.pace.tick = 2 * time.Millisecond
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		s.before = func(request string) {
			if request == "changes 2" { // the pull that the poll has led to
				cancel()
			}
		}
		if err := b.Run(ctx); err != nil {
			t.Fatal(err)
		}
		mustHold(t, b, want)
	})
	t.Run("when a program holds a lock", func(t *testing.T) {
		t.Parallel()
		s, _ := filled()
		b := setup(t, s)
		for _, give := range []func(error) trigger{
			b.giveLocal,
			func(err error) trigger { return b.giveRows(t.Context(), mirror.Bucket{ID: listID(1)}, err) },
		} {
			if on := give(fmt.Errorf("write a page: %w", mirror.ErrBusy)); on != trouble {
				t.Errorf("it is %s", on)
			}
		}
	})
}

func readCity(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	must(t, err)
	defer db.Close()
	var city string
	must(t, db.QueryRow("SELECT city FROM contacts").Scan(&city))
	return city
}
