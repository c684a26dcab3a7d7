package clienttest

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// finds returns the ids that a search of the desk's mirror finds.
func (d *desk) finds(in, text string) mirror.Found {
	d.tb.Helper()
	found, err := d.client.Search(context.Background(), d.login, d.account, mirror.Query{Item: in, Text: text, Limit: 10_000})
	must(d.tb, err)
	return found
}

// searches holds the full-text index of each file of the desk's mirror against what is in the file.
func (d *desk) searches() {
	d.tb.Helper()
	files, err := filepath.Glob(filepath.Join(d.follower.Folder(), "lists", "*.db"))
	must(d.tb, err)
	for _, path := range append(files, filepath.Join(d.follower.Folder(), "main.db")) {
		file, err := filepath.Rel(d.follower.Folder(), path)
		must(d.tb, err)
		states := "row_states"
		if file == "main.db" {
			states = "item_states"
		}
		const apart = `SELECT (SELECT complete FROM searchable) || ' ' || (SELECT count(*) FROM (SELECT id FROM indexed EXCEPT SELECT id FROM `
		if got := d.value(file, apart+states+`)) || ' ' || (SELECT count(*) FROM (SELECT id FROM `+states+` EXCEPT SELECT id FROM indexed))`); got != "1 0 0" {
			d.tb.Errorf("the index of %s: complete, too many, too few: %s", file, got)
		}
	}
}

// TestSearch searches a mirror as a person does, online and offline.
func TestSearch(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("Été", rows("Noël", 30))
		campaign := w.campaign("Spring")
		d := w.desk(w.chloe)
		d.sync()
		d.searches()
		t.Run("finds all of it after a sync", func(t *testing.T) {
			if got := d.finds(list.String(), "noel 001-7"); len(got.Hits) != 1 || got.More || got.Indexing {
				t.Errorf("%+v", got)
			}
			if got := d.finds("", "ete"); len(got.Hits) != 1 || got.Hits[0] != (mirror.Hit{Kind: "list", ID: list.String()}) {
				t.Errorf("%+v", got)
			}
		})
		t.Run("finds what was edited here, and what others change, while it follows", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			ended := d.follow(ctx)
			d.await(0, isConnected)
			at := d.await(0, isUpToDate)
			d.write(d.fileOf(list), `INSERT INTO contacts (email, last_name) VALUES ('b@example.com', 'Béranger')`)
			d.awaitFound(list.String(), "beranger", 1)
			d.await(at, func(e syncclient.Event) bool { _, is := e.(syncclient.Pushed); return is })
			_, err := w.Library.Change(w.anna.ctx, item.KindCampaign, campaign, 1, library.Patch{Name: ptr("Crème")})
			must(t, err)
			d.awaitFound("", "creme", 1)
			d.awaitFound("", "spring", 0)
			cancel()
			must(t, <-ended)
		})
		t.Run("loses it with the list", func(t *testing.T) {
			must(t, s.Library.Delete(w.anna.ctx, list))
			d.sync()
			if got := d.finds("", "ete"); len(got.Hits) != 0 {
				t.Errorf("%+v", got)
			}
			if found := servertest.Scan(t, d.follower.Folder(), "Noël", "noel"); len(found) > 0 {
				t.Error(found)
			}
			d.searches()
		})
	})
}

// awaitFound waits until so many rows or items are found.
func (d *desk) awaitFound(in, text string, n int) {
	d.tb.Helper()
	for d.tb.Context().Err() == nil {
		if found := d.finds(in, text); len(found.Hits) == n {
			return
		}
	}
	d.tb.Fatalf("%q is not found %d times", text, n)
}
