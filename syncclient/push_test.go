package syncclient

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// withEdit is a bench whose mirror is full and has one edit to send.
func withEdit(t *testing.T, pushes ...string) *bench {
	t.Helper()
	s, want := filled()
	s.pushes = map[string][]string{"": pushes}
	b := setup(t, s)
	mustSync(t, b)
	mustHold(t, b, want)
	must(t, mirror.Edit(b.dir).Change(context.Background(), protocol.KindContact, listID(1), rowID("one"), map[string]any{"city": "Paris"}))
	b.send.backoff.First, b.send.backoff.Most = 1, 1
	return b
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b *bench) city(t *testing.T) string {
	t.Helper()
	s, err := mirror.Inspect(context.Background(), b.dir)
	must(t, err)
	return readCity(t, filepath.Join(b.dir, s.Lists[0].File))
}

func (b *bench) told(want func(Event) bool) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.events, want)
}

// TestPush: what the server, or something between, may answer to edits.
func TestPush(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	const applied = `{"last":1,"results":[{"number":1,"state":"applied","version":2}]}`
	for name, answer := range map[string]string{
		"a page of HTML":            "",
		"a bare 401":                "401",
		"an error of the server":    refused("INTERNAL", ""),
		"an answer that breaks":     `{"last":1,"results":[{"num`,
		"results of something else": `{"last":9,"results":[{"number":9,"state":"applied"}]}`,
		"a state that is unknown":   `{"last":1,"results":[{"number":1,"state":"perhaps"}]}`,
		"no results":                `{"last":0,"results":[]}`,
	} {
		t.Run("goes on and keeps the edit when the answer is "+name, func(t *testing.T) {
			t.Parallel()
			b := withEdit(t, answer, applied)
			b.script.mu.Lock()
			b.script.changes["2"] = []string{changesPage("3", false, map[int]string{2: "s2"}), changesPage("3", false, nil)}
			b.script.changes["3"] = []string{changesPage("3", false, nil)}
			b.script.rows[rowsOf(2, "b")] = []string{rowsPageOf(3, "c", false, "s2")}
			b.script.mu.Unlock()
			if err := b.Sync(ctx); err == nil || !strings.Contains(err.Error(), "edits could not be sent") {
				t.Fatalf("sync: %v", err)
			}
			if at, err := b.mirror.Position(ctx); err != nil || at.Cursor != "3" {
				t.Fatalf("what came down waits: %v %v", at, err)
			}
			if got := b.city(t); got != "Paris" {
				t.Errorf("the city is %q", got)
			}
			mustSync(t, b)
			if len(b.script.pushed) != 2 || b.script.pushed[0] != b.script.pushed[1] {
				t.Errorf("pushed %v", b.script.pushed)
			}
		})
	}
	t.Run("gives an edit up that the server cannot read, and sends the others", func(t *testing.T) {
		t.Parallel()
		b := withEdit(t, refused("BAD_USER_INPUT", ""), refused("BAD_USER_INPUT", ""), applied,
			`{"last":2,"results":[{"number":2,"state":"applied","version":2}]}`)
		must(t, mirror.Edit(b.dir).Change(ctx, protocol.KindContact, listID(2), rowID("two"), map[string]any{"city": "Nice"}))
		mustSync(t, b)
		var sizes []int
		for _, body := range b.script.pushed {
			var p protocol.Push
			must(t, json.Unmarshal([]byte(body), &p))
			sizes = append(sizes, len(p.Mutations))
		}
		if !slices.Equal(sizes, []int{2, 1, 1, 1}) || strings.Contains(b.script.pushed[2], "Paris") || !strings.Contains(b.script.pushed[3], "Nice") {
			t.Errorf("pushed %v", b.script.pushed)
		}
		all, err := mirror.Edit(b.dir).Attention(ctx)
		if err != nil || len(all) != 1 || !strings.Contains(string(all[0].Mine), "Paris") || all[0].Code != "BAD_USER_INPUT" {
			t.Errorf("%+v, %v", all, err)
		}
	})
	t.Run("ends with the session", func(t *testing.T) {
		t.Parallel()
		b := withEdit(t, refused("UNAUTHENTICATED", ""))
		if err := b.Sync(ctx); !errors.Is(err, ErrSignedOut) || b.city(t) != "Paris" {
			t.Fatal(err)
		}
	})
	t.Run("takes a new replica id where the numbers are another's", func(t *testing.T) {
		t.Parallel()
		b := withEdit(t, refused("FORKED", ""), applied)
		mustSync(t, b)
		var first, second protocol.Push
		must(t, json.Unmarshal([]byte(b.script.pushed[0]), &first))
		must(t, json.Unmarshal([]byte(b.script.pushed[1]), &second))
		if first.Replica == second.Replica || first.Mutations[0].Key != second.Mutations[0].Key {
			t.Errorf("%+v, then %+v", first, second)
		}
		if !b.told(func(e Event) bool { return e == Reborn{"copy"} }) {
			t.Errorf("told of %v", b.events)
		}
	})
	t.Run("notices edits of other programs while it waits", func(t *testing.T) {
		t.Parallel()
		b := withEdit(t, applied)
		mustSync(t, b)
		b.pace.edits = time.Millisecond
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		done := make(chan error, 1)
		before := b.notify
		again := make(chan struct{}, 1)
		b.notify = func(e Event) {
			before(e)
			if _, is := e.(UpToDate); is {
				select {
				case again <- struct{}{}:
				default:
				}
			}
			if _, is := e.(Pushed); is {
				stop()
			}
		}
		b.script.mu.Lock()
		b.script.pushes[""] = []string{`{"last":2,"results":[{"number":2,"state":"applied","version":3}]}`}
		b.script.mu.Unlock()
		go func() { done <- b.Run(ctx) }()
		<-again
		must(t, mirror.Edit(b.dir).Change(context.Background(), protocol.KindContact, listID(1), rowID("one"), map[string]any{"city": "Lyon"}))
		must(t, <-done)
		if n := len(b.script.pushed); n != 2 || !strings.Contains(b.script.pushed[1], "Lyon") {
			t.Errorf("pushed %v", b.script.pushed)
		}
	})
}
