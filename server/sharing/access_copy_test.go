package sharing_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// byCopy holds two copies of a person, kept by the sync client as on their computers, to what they are shown: one that
// has followed since they came, page by small page, and one that is made now.
func (a *audit) byCopy(p *scenario.Person, shown map[string]string) {
	a.Helper()
	fresh := newComputer(a, p, 0)
	defer fresh.close()
	for name, held := range map[string]map[string]string{
		"the copy that follows": a.followed[p](),
		"a fresh copy":          fresh.bringUpToDate(),
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

// computer is one of a person's, with the sync client on it.
type computer struct {
	*audit
	person  *scenario.Person
	wire    *wire
	data    string
	client  *syncclient.Client
	login   *syncclient.Login
	account syncclient.Account
}

// copyOf begins a copy on a computer of a person's. The function it returns brings it up to date, in pages of so many
// entries, and returns what it holds: items as describe puts them and the addresses of rows, by their ids.
func copyOf(a *audit, p *scenario.Person, size int) func() map[string]string {
	a.Helper()
	c := newComputer(a, p, size)
	a.Cleanup(c.close)
	return c.bringUpToDate
}

// newComputer gives a person a computer, and signs them in on it. Pages are of as many entries as the client asks for
// where the size is 0.
func newComputer(a *audit, p *scenario.Person, size int) *computer {
	a.Helper()
	c := &computer{audit: a, person: p, wire: newWire(a.T, a.server.URL, size)}
	var err error
	if c.data, err = os.MkdirTemp(a.TempDir(), p.Name); err != nil {
		a.Fatal(err)
	}
	c.client, err = syncclient.New(syncclient.Config{
		Server: c.wire.URL, Data: c.data, Device: "test", Credentials: credentials.Files(filepath.Join(c.data, "tokens")),
	})
	if err != nil {
		a.Fatal(err)
	}
	c.signIn()
	return c
}

func (c *computer) close() {
	c.client.Close()
	c.wire.Close()
	if err := os.RemoveAll(c.data); err != nil {
		c.Error(err)
	}
}

func (c *computer) signIn() {
	c.Helper()
	var err error
	if c.login, err = c.client.Login(c.Context(), c.person.Email, scenario.Password); err != nil {
		c.Fatalf("signing %s in: %v", c.person.Name, err)
	}
	var ok bool
	if c.account, ok = c.login.Account(c.person.Account.ID); !ok {
		c.Fatalf("%s may not open their account but %v", c.person.Name, c.login.Accounts)
	}
}

func (c *computer) bringUpToDate() map[string]string {
	c.Helper()
	folder, err := c.sync()
	if errors.Is(err, syncclient.ErrSignedOut) { // they were out, and are back
		c.signIn()
		if c.login, c.account, err = c.client.Renew(c.Context(), c.login, c.account); err == nil {
			folder, err = c.sync()
		}
	}
	if err != nil {
		c.Fatalf("%s brings their copy up to date: %v", c.person.Name, err)
	}
	for _, answer := range c.wire.take() {
		c.overheard(answer)
	}
	c.noTraceOnDisk(folder)
	return readMirror(c.T, folder)
}

// sync runs the client once, as its command does, and returns the folder of the copy.
func (c *computer) sync() (string, error) {
	f, err := c.client.Open(c.Context(), c.login, c.account, nil)
	if err != nil {
		return "", err
	}
	return f.Folder(), errors.Join(f.Sync(c.Context()), f.Close())
}

// overheard holds what went over the wire to what the person may know: of items that are gone, ids alone, and only
// to who has seen them.
func (c *computer) overheard(answer []byte) {
	c.Helper()
	text := string(answer)
	for _, id := range removals(answer) {
		if !strings.HasPrefix(id, "person_") && !c.ever[id][c.person] {
			c.wrong(c.person, "a copy was told of the removal of %s, which they never saw", c.nameOf(id))
		}
		text = strings.Replace(text, id, "", 1)
	}
	c.noTrace(c.person, "a page of changes", []byte(text))
}

// noTraceOnDisk fails where any file of the copy has a byte of an item that the person may not see, or no more, but for the
// ids of those that they have seen.
func (c *computer) noTraceOnDisk(folder string) {
	c.Helper()
	if !c.checking {
		return
	}
	var traces []string
	for _, it := range c.Items {
		if c.claims.views(c.person, it) {
			continue
		}
		traces = append(traces, it.Title)
		if it.RowText != "" {
			traces = append(traces, it.RowText)
		}
		if !c.ever[it.ID][c.person] { // of what they have seen, that it went, and its id, is noted for programs
			traces = append(traces, it.ID[strings.Index(it.ID, "_")+1:])
		}
	}
	if found := servertest.Scan(c, folder, traces...); len(found) > 0 {
		c.wrong(c.person, "the copy tells of what they may not see: %v", found)
	}
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
			text += fmt.Sprintf("%s=%v ", name, inOrder(fields[name]))
		}
	}
	return id, text
}

// inOrder sorts lists, whose order means nothing here.
func inOrder(value any) any {
	all, ok := value.([]any)
	if !ok {
		return value
	}
	return slices.SortedFunc(slices.Values(all), func(x, y any) int { return strings.Compare(fmt.Sprint(x), fmt.Sprint(y)) })
}
