package sharing_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// byCopy holds two copies of a person to what they are shown: one that has followed since they came, page by
// small page, and one that is made now.
func (a *audit) byCopy(p *scenario.Person, shown map[string]string) {
	a.Helper()
	for name, held := range map[string]map[string]string{
		"the copy that follows": a.followed[p](),
		"a fresh copy":          copyOf(a, p, 100)(),
	} {
		for _, it := range a.Items {
			if _, has := held[it.ID]; has != a.claims.views(p, it) {
				a.wrong(p, "%s holds %s: %v", name, it.Name, has)
			}
		}
		if d := cmp.Diff(shown, items(held)); d != "" {
			a.wrong(p, "%s differs from what is shown (-shown +held):\n%s", name, d)
		}
		for _, it := range a.Items {
			if row := held[it.Row]; it.Row != "" && (row == it.RowText) != a.claims.views(p, it) {
				a.wrong(p, "%s holds %q of the rows of %s", name, row, it.Name)
			}
		}
	}
}

// items returns what a copy holds of items, without their rows.
func items(held map[string]string) map[string]string {
	all := maps.Clone(held)
	maps.DeleteFunc(all, func(id, _ string) bool { return strings.HasPrefix(id, "contact_") || strings.HasPrefix(id, "entry_") })
	return all
}

// copyOf begins a copy of all that a person may see, as a desktop would. The function it returns brings the
// copy up to date, in pages of so many entries, and returns what it holds: items as describe puts them and
// the addresses of rows, by their ids.
func copyOf(a *audit, p *scenario.Person, size int) func() map[string]string {
	c := &copied{audit: a, person: p, size: size, workspace: newStream(), buckets: make(map[string]*stream)}
	return c.bringUpToDate
}

const pull = headers + `
query($after: String, $first: Int!) { changes(after: $after, first: $first) {
	items { ...Header } buckets { id state } removals next more collaborators { id } account { id }
} }`

const pullRows = `
query($bucket: ID!, $after: String, $first: Int!) { bucketChanges(bucket: $bucket, after: $after, first: $first) {
	bucket { state } contacts { id text: email } entries { id text: value } removals next more
} }`

type copied struct {
	*audit
	person    *scenario.Person
	size      int
	workspace *stream
	buckets   map[string]*stream
	states    map[string]string
}

// stream is what one stream of changes has brought, and where it stands.
type stream struct {
	held   map[string]string
	cursor any
	walk   map[string]bool // what came since the walk began; nil when it is over
	state  string
}

func newStream() *stream {
	return &stream{held: make(map[string]string), walk: make(map[string]bool)}
}

func (s *stream) put(id, text string) {
	s.held[id] = text
	if s.walk != nil {
		s.walk[id] = true
	}
}

// turn applies the end of a page and reports whether another follows.
func (s *stream) turn(next, more any) bool {
	s.cursor = next
	if more != true && s.walk != nil {
		maps.DeleteFunc(s.held, func(id, _ string) bool { return !s.walk[id] })
		s.walk = nil
	}
	return more == true
}

func (c *copied) bringUpToDate() map[string]string {
	c.Helper()
	for c.page() {
	}
	held := maps.Clone(c.workspace.held)
	for id := range c.buckets {
		if c.workspace.held[id] == "" { // swept
			delete(c.buckets, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.buckets)) {
		s := c.buckets[id]
		for s.state != c.states[id] {
			c.pageOf(id, s)
		}
		maps.Copy(held, s.held)
	}
	return held
}

// page applies one page of the workspace and reports whether another follows.
func (c *copied) page() bool {
	c.Helper()
	s := c.workspace
	got := c.As(c.person).Ask(c, pull, map[string]any{"after": s.cursor, "first": c.size})
	c.noTraceButRemovals(got)
	if c.expired(s, got) {
		return true
	}
	for _, id := range list(got, "changes.removals") {
		if strings.HasPrefix(fmt.Sprint(id), "person_") {
			continue
		}
		if !c.ever[id.(string)][c.person] {
			c.wrong(c.person, "a copy was told of the removal of %s, which they never saw", c.nameOf(id))
		}
		delete(s.held, id.(string))
		delete(c.buckets, id.(string))
	}
	for _, node := range list(got, "changes.items") {
		s.put(describe(node))
	}
	for _, b := range list(got, "changes.buckets") {
		id, _ := servertest.At(b, "id").(string)
		if c.buckets[id] == nil {
			c.buckets[id] = newStream()
		}
		if c.states == nil {
			c.states = make(map[string]string)
		}
		c.states[id], _ = servertest.At(b, "state").(string)
	}
	return s.turn(got.At("changes.next"), got.At("changes.more"))
}

// pageOf applies one page of a bucket.
func (c *copied) pageOf(id string, s *stream) {
	c.Helper()
	got := c.As(c.person).Ask(c, pullRows, map[string]any{"bucket": id, "after": s.cursor, "first": c.size})
	c.noTrace(c.person, "a page of rows", got.Body)
	if c.expired(s, got) {
		return
	}
	for _, gone := range list(got, "bucketChanges.removals") {
		delete(s.held, gone.(string))
	}
	for _, row := range append(list(got, "bucketChanges.contacts"), list(got, "bucketChanges.entries")...) {
		s.put(servertest.At(row, "id").(string), servertest.At(row, "text").(string))
	}
	if !s.turn(got.At("bucketChanges.next"), got.At("bucketChanges.more")) {
		s.state = got.Text("bucketChanges.bucket.state")
	}
}

// expired begins a walk in place where the cursor can no longer be continued. Any other error is not expected.
func (c *copied) expired(s *stream, got servertest.Answer) bool {
	c.Helper()
	if len(got.Errors) == 0 {
		return false
	}
	if got.Errors[0].Code() != "CURSOR_EXPIRED" || s.cursor == nil {
		c.Fatalf("%s pulls and is answered %s", c.person.Name, got)
	}
	s.cursor, s.walk, s.state = nil, make(map[string]bool), ""
	return true
}

// noTraceButRemovals is noTrace where ids of items that are gone may be told.
func (c *copied) noTraceButRemovals(got servertest.Answer) {
	c.Helper()
	text := string(got.Body)
	for _, id := range list(got, "changes.removals") {
		text = strings.Replace(text, id.(string), "", 1)
	}
	c.noTrace(c.person, "a page of changes", []byte(text))
}

func list(got servertest.Answer, path string) []any {
	l, _ := got.At(path).([]any)
	return l
}

// describe puts what is shown of an item in one line, with its id.
func describe(node any) (id, text string) {
	id, _ = servertest.At(node, "id").(string)
	fields, _ := node.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name != "contacts" && name != "entries" && name != "nested" {
			text += fmt.Sprintf("%s=%v ", name, fields[name])
		}
	}
	return id, text
}
