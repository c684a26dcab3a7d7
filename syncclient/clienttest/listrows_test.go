package clienttest

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/transport"
)

// pages reads all rows of a list, some at a time, a line a row as read prints them.
func (d *desk) pages(list uuid.UUID, some int, search string) (lines []string) {
	d.tb.Helper()
	for after := ""; ; {
		page, err := d.client.Rows(d.tb.Context(), d.login, d.account, list.String(), after, some, search)
		must(d.tb, err)
		for _, row := range page.Rows {
			values := make([]any, len(page.Columns))
			for i, name := range page.Columns {
				values[i] = row[name]
			}
			lines = append(lines, line("", values...))
		}
		if len(page.Rows) > some {
			d.tb.Fatalf("a page of %d rows has %d", some, len(page.Rows))
		}
		if after = page.Next; after == "" {
			if int(page.Total) != len(lines) {
				d.tb.Errorf("there are %d, and %d have come", page.Total, len(lines))
			}
			return lines
		}
	}
}

// TestListRows: the rows of a list that is not kept come page by page, the same as a mirror would have.
func TestListRows(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("customers", rows("one", 25)+"zoe@example.com,Zoé,\"O'Hara\",,Nîmes,FR,\n")
		unwanted, err := w.Library.Create(w.anna.ctx, item.KindBlacklist, library.Patch{Name: ptr("unwanted")})
		must(t, err)
		_, err = w.Addressbook.ImportEntries(w.anna.ctx, unwanted, strings.NewReader("spam.example\nmax@example.com\nother.example\n"), nil)
		must(t, err)
		campaign := w.campaign("Spring")
		for range 5 {
			w.receive(campaign, w.chloe.collaborator)
			w.receive(campaign, uuid.Nil)
		}
		d := w.desk(w.chloe)
		d.sync()
		mirrored := map[uuid.UUID][]string{}
		for id, table := range map[uuid.UUID]string{list: "contacts", unwanted: "entries", campaign: "leads"} {
			page, err := d.client.Rows(t.Context(), d.login, d.account, id.String(), "", 1, "")
			must(t, err)
			db := openRead(t, filepath.Join(d.follower.Folder(), filepath.FromSlash(d.fileOf(id))))
			mirrored[id] = read(t, db, table, strings.Join(page.Columns, ", "), "")
			must(t, db.Close())
			must(t, d.drop(id))
		}
		d.sync()
		for id, want := range mirrored {
			d.without(id)
			got := d.pages(id, 4, "")
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-mirror +pages:\n%s", diff)
			}
		}
		if got := d.pages(list, 3, "ZOE"); len(got) != 1 || !strings.Contains(got[0], "Nîmes") {
			t.Errorf("a search finds %v", got)
		}
		if got := d.pages(list, 3, "nobody at all"); len(got) != 0 {
			t.Errorf("a search finds %v", got)
		}
		t.Run("of one's own leads", func(t *testing.T) {
			must(t, w.memberLeads(account.MemberLeadsOwn))
			if got := d.pages(campaign, 2, ""); len(got) != 5 || strings.Contains(fmt.Sprint(got), " NULL | NULL | ") {
				t.Errorf("there are %v", got)
			}
		})
		t.Run("until it is taken away", func(t *testing.T) {
			page, err := d.client.Rows(t.Context(), d.login, d.account, list.String(), "", 5, "")
			must(t, err)
			must(t, w.Sharing.SetAudience(w.anna.ctx, list, item.AudienceRestricted))
			_, err = d.client.Rows(t.Context(), d.login, d.account, list.String(), page.Next, 5, "")
			if !errors.Is(err, mirror.ErrGone) {
				t.Errorf("the next page: %v", err)
			}
			all, err := d.client.Lists(t.Context(), d.login, d.account)
			must(t, err)
			if slices.ContainsFunc(all, func(l syncclient.List) bool { return l.ID == list.String() }) {
				t.Errorf("lists are %v", all)
			}
			if _, err := d.client.Rows(t.Context(), d.login, d.account, uuid.NewString(), "", 5, ""); !errors.Is(err, mirror.ErrGone) {
				t.Errorf("of what never was: %v", err)
			}
		})
		t.Run("without contact", func(t *testing.T) {
			p := newProxy(t, w.URL)
			d := w.signedIn(w.chloe, syncclient.Config{Server: p.URL, Data: t.TempDir()})
			if got := d.pages(unwanted, 5, ""); len(got) != 3 {
				t.Errorf("there are %v", got)
			}
			p.CloseClientConnections()
			p.Close()
			if _, err := d.client.Rows(t.Context(), d.login, d.account, unwanted.String(), "", 5, ""); !transport.Temporary(err) {
				t.Errorf("rows: %v", err)
			}
			if _, err := d.client.Lists(t.Context(), d.login, d.account); !transport.Temporary(err) {
				t.Errorf("lists: %v", err)
			}
			if err := d.drop(unwanted); !transport.Temporary(err) {
				t.Errorf("drop: %v", err)
			}
		})
	})
}
