package browse

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// world is a real mirror that this test keeps as another program would, with what a server might have sent.
type world struct {
	t        *testing.T
	data     string
	client   *syncclient.Client
	login    syncclient.Login
	mirror   *mirror.Mirror
	anna     string
	list     string
	campaign string
	black    string
	cursor   int
}

func id() string { return uuid.Must(uuid.NewV7()).String() }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newWorld makes a mirror with a campaign and its lead, a list with so many contacts, and a blacklist.
func newWorld(t *testing.T, contacts int) *world {
	t.Helper()
	data := t.TempDir()
	client, err := syncclient.New(syncclient.Config{
		Server: "http://127.0.0.1:1", Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens")),
	})
	must(t, err)
	t.Cleanup(client.Close)
	w := &world{t: t, data: data, client: client, anna: id(), list: id(), campaign: id(), black: id()}
	w.login = syncclient.Login{Server: client.Server(), User: id(), Email: "anna@example.com"}
	w.login.Accounts = []syncclient.Account{{ID: id(), Name: "Maison", Role: "owner", Collaborator: w.anna}}
	folder := client.Folder(&w.login, w.login.Accounts[0])
	must(t, os.MkdirAll(filepath.Dir(folder), 0o700))
	text, err := json.Marshal(w.login)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(filepath.Dir(folder), "login.json"), text, 0o600))
	w.mirror, err = mirror.Open(t.Context(), folder, mirror.Identity{
		Server: client.Server(), User: w.login.User, Account: w.login.Accounts[0].ID, Collaborator: w.anna,
	})
	must(t, err)
	t.Cleanup(func() { _ = w.mirror.Close() })
	w.apply(&protocol.ChangePage{
		Account:       &protocol.Account{ID: protocol.Global(protocol.KindAccount, w.login.Accounts[0].ID), Name: "Maison", DefaultAudience: "everyone", Locale: "en", TimeZone: "UTC"},
		Collaborators: []protocol.Person{{ID: protocol.Global(protocol.KindPerson, w.anna), Email: "anna@example.com", FirstName: "Anna", LastName: "Petit", Role: "owner", Status: "active"}},
		Items: []protocol.Item{
			w.item(protocol.KindCampaign, w.campaign, "Spring news"), w.item(protocol.KindList, w.list, "Customers"), w.item(protocol.KindBlacklist, w.black, "Never"),
		},
		Buckets: []protocol.Bucket{
			{ID: protocol.Global(protocol.KindList, w.list), Kind: protocol.Contacts, State: "c1", Rows: int64(contacts)},
			{ID: protocol.Global(protocol.KindBlacklist, w.black), Kind: protocol.Entries, State: "e1", Rows: 1},
			{ID: protocol.Global(protocol.KindCampaign, w.campaign), Kind: protocol.Leads, State: "l1", Rows: 1},
		},
	})
	rows := make([][]any, contacts)
	for i := range rows {
		rows[i] = contact(fmt.Sprintf("c%06d@example.com", i), "Zoé", "Lefèvre")
	}
	w.rows(protocol.KindList, w.list, protocol.Contacts, "c1", rows)
	w.rows(protocol.KindBlacklist, w.black, protocol.Entries, "e1", [][]any{{id(), "domain", "spam.example", "manual", "", 1, 1, 1}})
	w.rows(protocol.KindCampaign, w.campaign, protocol.Leads, "l1", [][]any{lead("Léa")})
	must(t, w.mirror.UpToDate(t.Context()))
	return w
}

func (w *world) item(kind protocol.Kind, plain, name string) protocol.Item {
	by := &protocol.Ref{ID: protocol.Global(protocol.KindPerson, w.anna)}
	return protocol.Item{
		ID: protocol.Global(kind, plain), Name: name, Audience: "everyone", MyLevel: "edit", Creator: by, ChangedBy: by, Version: 1,
		CreatedAt: 1, ChangedAt: 1, Format: "html", State: "draft",
	}
}

func contact(email, first, last string) []any {
	return []any{id(), email, first, last, "Company", "Paris", `{"vip":"yes"}`, "subscribed", 1, 1, 1}
}

func lead(name string) []any {
	return []any{id(), nil, nil, "lea@example.com", name, "012", "form", `{}`, "new", "", 1, 1, 1}
}

// apply writes a page of the workspace.
func (w *world) apply(page *protocol.ChangePage) {
	w.t.Helper()
	at, err := w.mirror.Position(w.t.Context())
	must(w.t, err)
	w.cursor++
	page.Next = fmt.Sprint(w.cursor)
	_, err = w.mirror.Apply(w.t.Context(), page, at.Cursor)
	must(w.t, err)
}

// rows writes a page of rows.
func (w *world) rows(kind protocol.Kind, item string, of protocol.Enum, state string, rows [][]any) {
	w.t.Helper()
	bucket, err := w.mirror.Bucket(w.t.Context(), item)
	must(w.t, err)
	at, err := w.mirror.RowsPosition(w.t.Context(), bucket)
	must(w.t, err)
	text, err := json.Marshal(rows)
	must(w.t, err)
	w.cursor++
	page := &protocol.RowPage{
		RowHeader: protocol.RowHeader{Kind: of, Columns: protocol.Columns(of), State: state, Rows: int64(len(rows)), Count: int64(len(rows)), Next: fmt.Sprint(w.cursor)},
		Upserts:   text, Removed: []byte("[]"),
	}
	_, err = w.mirror.ApplyRows(w.t.Context(), bucket, page, at.Cursor)
	must(w.t, err)
}

// index makes the full-text index.
func (w *world) index() {
	w.t.Helper()
	for more := true; more; {
		var err error
		more, err = w.mirror.Index(w.t.Context(), 0)
		must(w.t, err)
	}
}

// desk runs the program without a terminal and remembers what it draws.
type desk struct {
	t       *testing.T
	program *tea.Program
	app     *app

	mu     sync.Mutex
	screen string
	keys   int
	drawn  chan struct{}
}

// recorder is the program, with each screen remembered.
type recorder struct {
	*app
	desk *desk
}

// loaded is what a screen has read.
type loaded struct{ msg tea.Msg }

// probe looks at the program between two messages.
type probe struct {
	look func(a *app)
	done chan struct{}
}

func (d *desk) look(at func(a *app)) {
	d.t.Helper()
	p := probe{at, make(chan struct{})}
	d.program.Send(p)
	<-p.done
}

func (r *recorder) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if p, is := msg.(probe); is {
		p.look(r.app)
		close(p.done)
		return r, nil
	}
	counts := false
	if l, is := msg.(loaded); is {
		msg, counts = l.msg, true
	}
	_, cmd := r.app.Update(msg)
	r.desk.mu.Lock()
	r.desk.screen = r.app.draw()
	switch msg.(type) {
	case tea.KeyPressMsg, tea.WindowSizeMsg, tea.PasteMsg:
		counts = true
	}
	if counts {
		r.desk.keys++
	}
	r.desk.mu.Unlock()
	select {
	case r.desk.drawn <- struct{}{}:
	default:
	}
	return r, cmd
}

// desk opens the mirror in the program, which another program keeps: the test.
func (w *world) desk(environ ...string) *desk {
	w.t.Helper()
	d := w.bare(environ...)
	login, one := w.login, w.login.Accounts[0]
	d.program.Send(opened{openAccount(w.client, &login, one, attend(w.t.Context(), w.client.Folder(&login, one)))})
	d.sees("Spring news")
	return d
}

// bare runs the program as it begins.
func (w *world) bare(environ ...string) *desk {
	w.t.Helper()
	d := &desk{t: w.t, drawn: make(chan struct{}, 1)}
	d.app = newApp(w.t.Context(), Config{
		Client:  func(string) (*syncclient.Client, error) { return w.client, nil },
		Servers: func() ([]string, error) { return nil, nil },
		Environ: environ,
	})
	d.program = tea.NewProgram(&recorder{d.app, d}, tea.WithInput(nil), tea.WithOutput(&bytes.Buffer{}), tea.WithoutRenderer(), tea.WithoutSignals(), tea.WithWindowSize(100, 24), tea.WithContext(context.Background()))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if _, err := d.program.Run(); err != nil {
			w.t.Errorf("the program ended with %v", err)
		}
	}()
	w.t.Cleanup(func() {
		d.program.Quit()
		<-ended
		d.app.close()
	})
	d.size(100, 24)
	return d
}

func (d *desk) size(width, height int) { d.send(tea.WindowSizeMsg{Width: width, Height: height}) }

// send hands a message over and waits until it was taken.
func (d *desk) send(msg tea.Msg) {
	d.t.Helper()
	d.mu.Lock()
	want := d.keys + 1
	d.mu.Unlock()
	d.program.Send(msg)
	d.await(func() bool { return d.keys >= want })
}

// press presses keys, by the names that Bubble Tea gives them.
func (d *desk) press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.send(keyOf(name))
	}
}

func keyOf(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	}
	if code := codes[name]; code != 0 {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, is := strings.CutPrefix(name, "ctrl+"); is {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// types types a text.
func (d *desk) types(text string) {
	d.t.Helper()
	for _, r := range text {
		d.press(string(r))
	}
}

// await waits until something is so after a screen was drawn.
func (d *desk) await(so func() bool) {
	d.t.Helper()
	ctx := d.t.Context()
	if over, has := d.t.Deadline(); has { // what is on the screen says more than the stacks of a test that hangs
		var stop context.CancelFunc
		ctx, stop = context.WithDeadline(ctx, over.Add(-2*time.Second))
		defer stop()
	}
	for {
		d.mu.Lock()
		ok, screen := so(), d.screen
		d.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-d.drawn:
		case <-ctx.Done():
			d.t.Fatalf("the test ended before it was so. The screen:\n%s", screen)
		}
	}
}

// sees waits for texts on the screen, and returns it without colours.
func (d *desk) sees(texts ...string) string {
	d.t.Helper()
	d.await(func() bool {
		for _, text := range texts {
			if !strings.Contains(ansi.Strip(d.screen), text) {
				return false
			}
		}
		return true
	})
	return ansi.Strip(d.raw())
}

// lacks waits until a text is not on the screen.
func (d *desk) lacks(text string) {
	d.t.Helper()
	d.await(func() bool { return !strings.Contains(ansi.Strip(d.screen), text) })
}

func (d *desk) raw() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.screen
}
