package mirror

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// world is a mirror under test beside its model, and what has ever gone.
type world struct {
	t     *rapid.T
	dir   string // where copies after crashes are made
	crash *crasher
	m     *Mirror
	model *model
	step  int
}

func (w *world) mark() string {
	w.step++
	return fmt.Sprintf("mark-%06d-", w.step)
}

// open opens the mirror in a folder. The process that writes it will be killed where the crasher says.
func (w *world) open(dir string) {
	w.crash = &crasher{dir: dir, copyTo: filepath.Join(w.dir, fmt.Sprintf("copy%d", w.step)), left: -1}
	m, err := open(context.Background(), dir, identity(), w.crash.connect)
	if err != nil {
		w.t.Fatalf("open: %v", err)
	}
	w.m = m
}

// do runs one step that may be killed, at a statement that rapid chooses. Afterwards the mirror is as before the
// step or as after it; landed says which.
func (w *world) do(step func() error, after *model, landed func() bool) {
	w.crash.left = rapid.IntRange(-20, 20).Draw(w.t, "calls until the kill")
	err := step()
	if !w.crash.crashed {
		w.crash.left = -1
		if err != nil {
			w.t.Fatalf("step: %v", err)
		}
		w.model = after
		return
	}
	if !errors.Is(err, errCrash) && err != nil {
		w.t.Fatalf("step: %v", err)
	}
	if w.crash.copyErr != nil {
		w.t.Fatalf("copy: %v", w.crash.copyErr)
	}
	w.step++
	to := w.crash.copyTo
	_ = w.m.release()
	w.open(to)
	if landed() {
		w.model = after
	}
}

func (w *world) changes() {
	page := &protocol.ChangePage{Next: w.mark() + "cursor", More: rapid.Bool().Draw(w.t, "more")}
	after := w.model.clone()
	var lists []string
	for id, e := range w.model.entries {
		if e.kind == protocol.KindList {
			lists = append(lists, id)
		}
	}
	slices.Sort(lists)
	named := map[string]bool{}
	for range rapid.IntRange(0, 6).Draw(w.t, "entries") {
		id := w.anyID()
		if named[id] {
			continue
		}
		named[id] = true
		kind := kindOf(id)
		if rapid.IntRange(0, 2).Draw(w.t, "removal") == 0 {
			page.Removals = append(page.Removals, protocol.Global(kind, id))
			lists = slices.DeleteFunc(lists, func(l string) bool { return l == id })
			continue
		}
		text := w.mark() + id
		switch kind {
		case protocol.KindPerson:
			page.Collaborators = append(page.Collaborators, protocol.Person{ID: protocol.Global(kind, id), Email: text})
		case protocol.KindList:
			page.Items = append(page.Items, listItem(id, text))
			page.Buckets = append(page.Buckets, bucketOf(id, w.mark(), 1))
		default:
			page.Items = append(page.Items, protocol.Item{ID: protocol.Global(kind, id), Name: text, Body: strings.Repeat(text, 300)})
		}
	}
	// A server names only lists that the person sees.
	for i := range page.Items {
		if kind, _, _ := page.Items[i].ID.Split(); kind == protocol.KindCampaign && len(lists) > 0 {
			list := rapid.SampledFrom(lists).Draw(w.t, "link")
			page.Items[i].Lists = []protocol.Ref{{ID: protocol.Global(protocol.KindList, list)}}
		}
	}
	after.apply(page)
	w.do(func() error {
		_, err := w.m.Apply(context.Background(), page, w.model.cursor)
		return err
	}, after, func() bool { return w.position().Cursor == page.Next })
}

func (w *world) position() Position {
	at, err := w.m.Position(context.Background())
	if err != nil {
		w.t.Fatalf("position: %v", err)
	}
	return at
}

func (w *world) rowsPosition(b Bucket) Position {
	at, err := w.m.RowsPosition(context.Background(), b)
	if err != nil {
		w.t.Fatalf("position: %v", err)
	}
	return at
}

func (w *world) rows() {
	lists := slices.Sorted(maps.Keys(w.model.rows))
	if len(lists) == 0 {
		w.t.Skip("no list")
	}
	b := Bucket{ID: rapid.SampledFrom(lists).Draw(w.t, "list"), Kind: protocol.Contacts}
	r := w.model.rows[b.ID]
	texts := map[string]string{}
	var encoded [][]any
	for _, id := range w.someRows("rows") {
		// In no order, and of all lengths, so that SQLite moves rows about in the table and in its index.
		text := fmt.Sprintf("%02d-%s%s", w.step*37%100, w.mark(), id)
		texts[id] = text + "@example.com"
		row := contact(id, text, w.step)
		row[4] = strings.Repeat("c", w.step*53%400)
		encoded = append(encoded, row)
	}
	removed := w.someRows("removals")
	more := rapid.Bool().Draw(w.t, "more")
	page := rowPage(w.t, encoded, removed, w.mark()+"cursor", more, w.mark()+"state")
	after := w.model.clone()
	after.applyRows(b.ID, texts, removed, page.Next, more)
	page.Rows = int64(len(after.rows[b.ID].rows))
	w.do(func() error {
		_, err := w.m.ApplyRows(context.Background(), b, page, r.cursor)
		return err
	}, after, func() bool { return w.rowsPosition(b).Cursor == page.Next })
}

// choose has a list be kept, or not. Where the process is killed, the next one carries it out.
func (w *world) choose(from []string, change func(after *model, list string), choose func(*Editor, string) error) {
	if len(from) == 0 {
		w.t.Skip("no such list")
	}
	list := rapid.SampledFrom(from).Draw(w.t, "list")
	after := w.model.clone()
	change(after, list)
	if err := choose(Edit(w.m.Dir()), list); err != nil {
		w.t.Fatalf("choose: %v", err)
	}
	carry := func() error {
		_, err := w.m.CarryOut(context.Background())
		return err
	}
	w.do(carry, after, func() bool {
		if err := carry(); err != nil {
			w.t.Fatalf("choose: %v", err)
		}
		return true
	})
}

func (w *world) drop() {
	w.choose(slices.Sorted(maps.Keys(w.model.rows)), (*model).drop, func(e *Editor, list string) error { return e.Drop(context.Background(), list) })
}

func (w *world) keep() {
	w.choose(slices.Sorted(maps.Keys(w.model.dropped)), (*model).keep, func(e *Editor, list string) error { return e.Keep(context.Background(), list) })
}

func (w *world) startWalk() {
	after := w.model.clone()
	after.cursor, after.walking, after.walk = "", true, after.walk+1
	w.do(func() error { return w.m.StartWalk(context.Background()) }, after,
		func() bool { return int(w.position().Walk) == after.walk })
}

func (w *world) startRowsWalk() {
	lists := slices.Sorted(maps.Keys(w.model.rows))
	if len(lists) == 0 {
		w.t.Skip("no list")
	}
	b := Bucket{ID: rapid.SampledFrom(lists).Draw(w.t, "list"), Kind: protocol.Contacts}
	after := w.model.clone()
	r := after.rows[b.ID]
	r.cursor, r.walking, r.walk = "", true, r.walk+1
	w.do(func() error { return w.m.StartRowsWalk(context.Background(), b) }, after,
		func() bool { return int(w.rowsPosition(b).Walk) == r.walk })
}

func (w *world) settle() {
	w.do(func() error {
		_, err := w.m.Settle(context.Background())
		return err
	}, w.model, func() bool { return false })
}

func (w *world) reopen() {
	w.do(func() error { return w.m.Close() }, w.model, func() bool { return false })
	if w.m.lock == nil {
		w.open(w.m.dir)
	}
}

// check compares the mirror with its model and looks for bytes of what is not in the model.
func (w *world) check() {
	if diff := cmp.Diff(w.model.dump(), dump(w.t, w.m)); diff != "" {
		w.t.Fatalf("the mirror is not its model (-model +mirror):\n%s", diff)
	}
	done, err := w.m.Settle(context.Background())
	if err != nil || !done {
		w.t.Fatalf("settle: %v, %v", done, err)
	}
	here := map[string]bool{}
	for id := range w.model.entries {
		here[id] = true
	}
	for _, r := range w.model.rows {
		for id := range r.rows {
			here[id] = true
		}
	}
	for id, file := range marked(w.t, w.m.dir) {
		if !here[id] {
			w.t.Fatalf("bytes of what went are left: %s in %s", id, file)
		}
	}
}

// marked returns the ids that stand behind a mark in any file of a folder, each with one file where it does.
func marked(t failer, dir string) map[string]string {
	t.Helper()
	found, known := map[string]string{}, append(allIDs(), rowIDs()...)
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for {
			at := bytes.Index(content, []byte("mark-"))
			if at < 0 || len(content) < at+len("mark-000000-")+36 {
				return err
			}
			content = content[at+len("mark-000000-"):]
			// Where a long text goes on in another page of the file, it is no id.
			if id := string(content[:36]); slices.Contains(known, id) {
				found[id] = filepath.Base(path)
			}
		}
	})
	if err != nil {
		t.Fatalf("scan: %v", err)
	}
	return found
}

// someRows returns ids of rows: up to as many as fill a dozen pages of the file, so that SQLite moves rows between
// pages, in an order that leaves gaps.
func (w *world) someRows(what string) []string {
	all := rowIDs()
	at, stride := rapid.IntRange(0, len(all)-1).Draw(w.t, what+" from"), rapid.IntRange(1, 6).Draw(w.t, what+" apart")
	var some []string
	for range rapid.SampledFrom([]int{0, 3, 30, 120}).Draw(w.t, what) {
		some = append(some, all[at%len(all)])
		at += stride
	}
	return some
}

func (w *world) anyID() string { return rapid.SampledFrom(allIDs()).Draw(w.t, "id") }

// allIDs are the people and items of the model, few, so that they come and go often.
func allIDs() []string {
	var all []string
	for kind := range 4 {
		for n := range 4 {
			all = append(all, fmt.Sprintf("0190000%d-0000-7000-8000-00000000000%d", kind, n))
		}
	}
	return all
}

func kindOf(id string) protocol.Kind {
	return []protocol.Kind{protocol.KindPerson, protocol.KindCampaign, protocol.KindTemplate, protocol.KindList}[id[7]-'0']
}

func rowIDs() []string {
	var all []string
	for n := range 367 { // a prime, so that no stride meets an id twice
		all = append(all, fmt.Sprintf("01910000-0000-7000-8000-000000000%03d", n))
	}
	return all
}

// TestModel applies random pages to a mirror that is killed at random statements and opened again, and holds it
// against its model after every step: cursor and data together, sweeps that keep what came, and not a byte of what
// went.
func TestModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "mirror")
		if err != nil {
			t.Fatalf("%v", err)
		}
		defer os.RemoveAll(dir)
		w := &world{t: t, dir: dir, model: &model{walking: true, walk: 1, entries: map[string]modelEntry{}, rows: map[string]*modelRows{}, dropped: map[string]bool{}}}
		w.open(filepath.Join(dir, "mirror"))
		defer func() { _ = w.m.release() }()
		act := func(step func()) func(*rapid.T) { return func(*rapid.T) { step() } }
		t.Repeat(map[string]func(*rapid.T){
			"": act(w.check), "changes": act(w.changes), "more changes": act(w.changes), "rows": act(w.rows), "more rows": act(w.rows),
			"start walk": act(w.startWalk), "start rows walk": act(w.startRowsWalk), "settle": act(w.settle), "reopen": act(w.reopen),
			"drop": act(w.drop), "keep": act(w.keep),
		})
	})
}
