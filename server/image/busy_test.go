package image_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/image"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestBusy has much happen at once.
func TestBusy(t *testing.T) {
	t.Run("one file is made for all who ask at once, though the first goes away", func(t *testing.T) {
		each(t, func(t *testing.T, w *world) {
			list := w.list(500)
			first, away := context.WithCancel(w.anna)
			defer away()
			var mu sync.Mutex
			tags := map[string]bool{}
			var all sync.WaitGroup
			all.Go(func() {
				if i, err := w.images.Open(first, list); err == nil {
					i.Close()
				} else if !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			})
			for range 20 {
				all.Go(func() {
					i, err := w.images.Open(w.anna, list)
					away()
					if err != nil {
						t.Error(err)
						return
					}
					defer i.Close()
					mu.Lock()
					defer mu.Unlock()
					tags[i.Tag] = true
				})
			}
			all.Wait()
			if len(tags) != 1 {
				t.Errorf("%d files", len(tags))
			}
		})
	})
	t.Run("state, digest and cursor are those of its rows, though these keep changing", func(t *testing.T) {
		for _, d := range []string{dialect.SQLite, dialect.Postgres} {
			t.Run(d, func(t *testing.T) {
				time := &clock{at: time.Now()}
				w := newWorld(t, servertest.Start(t, storetest.Config(t, d)), image.Config{Least: 10, Now: time.now})
				list := w.list(300)
				ctx, stop := context.WithCancel(t.Context())
				changed := make(chan struct{}, 1)
				var all sync.WaitGroup
				all.Go(func() {
					for n := 300; ctx.Err() == nil; n++ {
						w.add(list, n, n+1)
						w.add(list, n-200, n-200+1) // or changes one
						w.remove(list, n-100)
						select {
						case changed <- struct{}{}:
						default:
						}
					}
				})
				var made []*image.Image
				for range 5 {
					made = append(made, w.open(w.anna, list))
					time.forward(11 * 60e9) // so that the next is another
					<-changed
					<-changed
				}
				stop()
				all.Wait()
				w.open(w.anna, list)
				for n, i := range made {
					if n > 0 && i.Tag == made[n-1].Tag {
						t.Error("a file twice")
					}
					w.leadsTo(i, list)
				}
			})
		}
	})
}

// leadsTo holds an image with what its cursor brings against the rows as they are now.
func (w *world) leadsTo(i *image.Image, list uuid.UUID) {
	w.tb.Helper()
	db := w.unpack(i)
	rows, err := db.Query(digest.SelectCopied(item.KindContactList) + "server_contacts")
	must(w.tb, err)
	var sum digest.Sum
	must(w.tb, digest.Each(rows, func(row digest.Read) { sum.Add(row.Row) }))
	if sum.String() != i.Digest || sum.Count != i.Rows {
		w.tb.Errorf("%d rows that add up to %s are said to be %d and %s", sum.Count, sum, i.Rows, i.Digest)
	}
	columns := strings.Join(digest.Columns(item.KindContactList), ", ")
	got := map[string]string{}
	put := func(text string) {
		var rows [][]any
		must(w.tb, json.Unmarshal([]byte(text), &rows))
		for _, row := range rows {
			got[row[0].(string)] = fmt.Sprint(row)
		}
	}
	put(ask(w.tb, db, `SELECT json_group_array(json_array(`+columns+`)) FROM server_contacts`))
	rest := w.since(w.anna, list, i.Next)
	var gone []string
	must(w.tb, json.Unmarshal([]byte(rest.Removals), &gone))
	put(rest.Rows)
	for _, id := range gone {
		delete(got, id)
	}
	held := got
	got = map[string]string{}
	now := w.since(w.anna, list, "")
	put(now.Rows)
	if len(got) != len(held) || len(got) == changes.MaxRows {
		w.tb.Errorf("it leads to %d rows, and there are %d", len(held), len(got))
	}
	for id, row := range got {
		if held[id] != row {
			w.tb.Errorf("it leads to %s, and there is %s", held[id], row)
		}
	}
}
