package mirror

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// secrets are words that no other word begins like for long.
func secrets(n int) []string {
	var all []string
	for i := range n {
		sum := sha256.Sum256([]byte{byte(i)})
		all = append(all, "s"+hex.EncodeToString(sum[:12]))
	}
	return all
}

// tails are the ends of words, which the index holds as they are: it leaves out what a word has in common with the one before it.
func tails(words []string) []string {
	var all []string
	for _, w := range words {
		all = append(all, w[5:])
	}
	return all
}

// mustHold fails where a test would find nothing to erase.
func mustHold(t *testing.T, m *Mirror, words []string) {
	t.Helper()
	var missing []string
	for _, w := range tails(words) {
		if len(scan(t, m.Dir(), []string{w})) == 0 {
			missing = append(missing, w)
		}
	}
	if len(missing) > 0 {
		t.Fatalf("the index does not hold %v: this test tests nothing", missing)
	}
}

// inIndex fails unless each word is found.
func inIndex(t *testing.T, m *Mirror, b Bucket, words []string) {
	t.Helper()
	db := m.main
	if b.ID != "" {
		db = m.files[b.ID].db
	}
	for _, w := range words {
		if got := ask(t, db, `SELECT count(*) FROM search WHERE search MATCH ?`, w); got == "0" {
			t.Fatalf("%s is not found", w)
		}
	}
}

// TestIndexErase removes what a person may not see any more and looks for its words in all bytes of all files.
func TestIndexErase(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("rows that were taken away", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		words := secrets(200)
		var rows [][]any
		var ids []string
		for i, w := range words {
			ids = append(ids, newID())
			rows = append(rows, rowOf(ids[i], fmt.Sprintf("p%d@example.com", i), strings.ToUpper(w), "", "", "", "{}"))
		}
		b := withRows(t, m, rows...)
		indexAll(t, m)
		inIndex(t, m, b, words)
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		change(t, m, b, nil, ids[:150], at.Cursor, 50)
		db := m.files[b.ID].db
		if got := ask(t, db, `SELECT count(*) FROM search WHERE search MATCH ?`, words[0]); got != "0" {
			t.Error("a word is found after the transaction that removed its row")
		}
		if done, err := truncate(ctx, db); err != nil || !done {
			t.Fatal(done, err)
		}
		mustHold(t, m, words[:150]) // the texts had capitals: what is left are the words of the index
		mustSettle(t, m)
		mustNotFind(t, m.Dir(), append(ids[:150:150], tails(words[:150])...))
		mustHold(t, m, words[150:])
		inIndex(t, m, b, words[150:])
	})
	t.Run("the ids of rows that went while a list was first indexed", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		var rows [][]any
		var ids []string
		for i := range rowsAtOnce + 5 {
			ids = append(ids, newID())
			rows = append(rows, rowOf(ids[i], "a@example.com", "first", "", "", "", "{}"))
		}
		slices.Sort(ids)
		b := tell(t, m, protocol.KindList, protocol.Contacts, len(rows))
		_, err := m.ApplyRows(ctx, b, rowPage(t, rows, nil, "r1", false, "s1"), "")
		must(t, err)
		if more, err := m.Index(ctx, 0); err != nil || !more {
			t.Fatal(more, err)
		}
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		gone := ids[rowsAtOnce-1 : rowsAtOnce]
		change(t, m, b, nil, gone, at.Cursor, len(ids)-1)
		mustSettle(t, m)
		mustNotFind(t, m.Dir(), gone)
		indexAll(t, m)
		if got := found(t, m, b.ID, "first"); len(got) != len(ids)-1 {
			t.Error(len(got))
		}
		at, err = m.RowsPosition(ctx, b)
		must(t, err)
		gone = ids[len(ids)-1:] // the last one that was indexed
		change(t, m, b, nil, gone, at.Cursor, len(ids)-2)
		mustSettle(t, m)
		mustNotFind(t, m.Dir(), gone)
	})
	t.Run("what a row said before it was changed, where another one goes", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		words, ids := secrets(1), []string{newID(), newID()}
		b := withRows(t, m, rowOf(ids[0], "a@example.com", strings.ToUpper(words[0]), "", "", "", "{}"), rowOf(ids[1], "b@example.com", "", "", "", "", "{}"))
		indexAll(t, m)
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		change(t, m, b, [][]any{rowOf(ids[0], "a@example.com", "other", "", "", "", "{}")}, ids[1:], at.Cursor, 1)
		mustSettle(t, m) // before it is indexed anew
		mustNotFind(t, m.Dir(), append(tails(words), strings.ToUpper(words[0])))
		indexAll(t, m)
		if got := found(t, m, b.ID, "other"); len(got) != 1 {
			t.Error(got)
		}
	})
	t.Run("where a process was killed at any statement", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		words := secrets(26)
		b := withRows(t, m, rowOf(newID(), "keep@example.com", "", "", "", "", "{}"), rowOf("01900000-0000-7000-8000-00000000000b", "a@example.com", strings.Join(words, " "), "", "", "", "{}"))
		indexAll(t, m)
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		change(t, m, b, nil, []string{"01900000-0000-7000-8000-00000000000b"}, at.Cursor, 1)
		for calls := 0; ; calls++ {
			dir := t.TempDir()
			crash := &crasher{dir: filepath.Join(dir, "mirror"), copyTo: filepath.Join(dir, "killed"), left: calls}
			must(t, copyFolder(m.Dir(), crash.dir))
			settled, err := open(ctx, crash.dir, identity(), crash.connect)
			if !crash.crashed {
				must(t, err)
				crash.left = -1
				must(t, settled.Close())
				break
			}
			again := mustOpen(t, crash.copyTo)
			mustNotFind(t, crash.copyTo, tails(words))
			must(t, again.Close())
		}
	})
	t.Run("items, what was written about them, and the copies beside their conflicts", func(t *testing.T) {
		t.Parallel()
		m, campaign, _, main, _ := setupEdits(t)
		words := secrets(4)
		run(t, main, `UPDATE campaigns SET subject = ? WHERE id = ?`, strings.ToUpper(words[0]), campaign)
		outgoing(t, m)
		item := campaignItem(campaign, "Spring", "edit", 5)
		item.Subject, item.Body = "Theirs", "<p>"+strings.ToUpper(words[1])+"</p>"
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{item}})
		answer(t, m, 1, protocol.Result{State: protocol.Merged, Version: 5, Conflicts: []string{"subject"}})
		confirmed(t, m)
		run(t, main, `UPDATE campaigns SET preheader = ? WHERE id = ?`, strings.ToUpper(words[2]), campaign)
		noticed(t, m)
		indexAll(t, m)
		if got := found(t, m, "", words[0]); len(got) != 1 || got[0] == campaign {
			t.Fatal("the copy is not found", got)
		}
		inIndex(t, m, Bucket{}, words[:3])
		applyPage(t, m, protocol.ChangePage{Removals: []protocol.ID{protocol.Global(protocol.KindCampaign, campaign)}})
		mustSettle(t, m) // before the index could be brought up to date
		mustNotFind(t, m.Dir(), tails(words))
		indexAll(t, m)
		if got := found(t, m, "", "spring"); len(got) != 0 {
			t.Error(got)
		}
	})
	t.Run("leads that went, with what was written about them", func(t *testing.T) {
		t.Parallel()
		ids := []string{newID(), newID()}
		m, b, _ := setupLeads(t, ids...)
		db := leadsFile(t, m, b)
		words := secrets(1)
		run(t, db, `UPDATE leads SET notes = ? WHERE id = ?`, strings.ToUpper(words[0]), ids[0])
		noticed(t, m)
		indexAll(t, m)
		inIndex(t, m, b, words)
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		page := leadPage(t, nil, ids[:1], at.Cursor+"+", false)
		page.Rows = 1
		_, err = m.ApplyRows(ctx, b, page, at.Cursor)
		must(t, err)
		mustSettle(t, m)
		mustNotFind(t, m.Dir(), append(tails(words), ids[0]))
	})
}
