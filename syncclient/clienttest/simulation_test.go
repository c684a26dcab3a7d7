package clienttest

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/server/team"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
)

// Whoever plays by hand says in the environment from which seed on, how many histories, and what the wires do that no
// network does.
const (
	simulationSeed = "SIMULATION_SEED"
	simulations    = "SIMULATION_HISTORIES"
	simulationLie  = "SIMULATION_LIE"
)

// number is a number from the environment.
func number(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	must(t, err)
	return n
}

// TestSimulation plays random histories over the real server and the real client: two people with two desktops each,
// edits online and offline, access given and taken, imports, exchanges that are lost, doubled, cut or heard again late,
// clients that are killed, servers and clients that are put back to an older copy. Wherever a desktop says that it is
// up to date, its mirror is what the server has for that person; at the end nothing that was written is gone without a
// word. A seed makes the same choices again; what goroutines and identifiers do is not part of it.
func TestSimulation(t *testing.T) {
	every := uint64(3)
	if servertest.Raced {
		every = 1
	}
	first, n := number(t, simulationSeed, 1), number(t, simulations, every)
	for name, histories := range map[string]uint64{dialect.SQLite: n, dialect.Postgres: (n + 2) / 3} {
		for seed := first; seed < first+histories; seed++ {
			t.Run(fmt.Sprintf("%s/%d", name, seed), func(t *testing.T) {
				defer func() {
					if t.Failed() {
						t.Logf("replay: SIMULATION_SEED=%d SIMULATION_HISTORIES=1 go test ./syncclient/clienttest -run TestSimulation$/%s", seed, name)
					}
				}()
				s := newSimulation(t, storetest.Config(t, name), seed)
				for range 60 {
					s.step()
				}
				s.end()
			})
		}
	}
}

// simulation is one history.
type simulation struct {
	*world
	t      *testing.T
	rng    *rand.Rand
	people []person
	desks  []*simulatedDesk
	marks  []*marked
	texts  []*written
	next   int
	backup string // folder of a copy of the server's database
	// deleted are the rows that somebody deleted at a desktop.
	deleted []string
}

// marked is an item; its mark stands in its name and in everything that is ever written into it.
type marked struct {
	mark string
	id   uuid.UUID
	kind item.Kind
	ever map[string]bool // people who could see it at any time
}

// simulatedDesk is a desktop with the wire that it hangs on.
type simulatedDesk struct {
	*desk
	n      int
	owner  person
	data   string
	wire   *simulatedWire
	kept   string // a copy of its files, made at a time when nothing of it was open
	keptAt int    // how many texts there were then
}

func newSimulation(t *testing.T, database store.Config, seed uint64) *simulation {
	w := populate(t, servertest.Start(t, database))
	s := &simulation{world: w, t: t, rng: rand.New(rand.NewPCG(seed, 0x73696d)), people: []person{w.anna, w.chloe}}
	s.must(s.Team.ChangeAccount(s.anna.ctx, team.Settings{DefaultAudience: ptr(account.DefaultAudienceRestricted)}))
	for range 4 {
		s.create()
	}
	for range 2 {
		for _, p := range s.people {
			s.addDesk(p)
		}
	}
	s.remember()
	return s
}

func (s *simulation) addDesk(p person) {
	d := &simulatedDesk{n: len(s.desks), owner: p, data: s.t.TempDir(), wire: newWire(s.t, s.URL)}
	d.wire.lie = lie(os.Getenv(simulationLie))
	d.desk = s.deskVia(p, d.data, d.wire.url)
	s.desks = append(s.desks, d)
}

// token returns a text like no other that says whose it is.
func (s *simulation) token(of *marked) string {
	s.next++
	return fmt.Sprintf("%s-%05d;", of.mark, s.next)
}

func (s *simulation) create() {
	kind := []item.Kind{item.KindContactList, item.KindContactList, item.KindTemplate}[s.rng.IntN(3)]
	m := &marked{mark: fmt.Sprintf("MARK%04d", len(s.marks)), kind: kind, ever: map[string]bool{}}
	var err error
	m.id, err = s.Library.Create(s.anna.ctx, kind, library.Patch{Name: ptr(m.mark)})
	must(s.t, err)
	s.marks = append(s.marks, m)
	if s.rng.IntN(3) > 0 {
		s.must(s.Sharing.SetAudience(s.anna.ctx, m.id, item.AudienceEveryone))
	}
	if kind == item.KindContactList {
		s.imports(m)
	}
}

func (s *simulation) must(err error) {
	s.t.Helper()
	must(s.t, err)
}

func (s *simulation) step() {
	d := s.desks[s.rng.IntN(len(s.desks))]
	switch n := s.rng.IntN(22); {
	case n < 5:
		s.edit(d)
	case n < 8:
		s.sync(d)
	case n < 11:
		s.harmed(d)
	case n < 13:
		s.write()
	case n < 16:
		s.share()
	case n == 16:
		d.wire.replay(s.rng)
	case n == 17:
		s.keep(d)
	case n == 18:
		s.copyServer()
	case n > 19:
		s.choose(d)
	default:
		s.create()
	}
	s.remember()
}

// sync brings a desktop up to date, undisturbed, and holds it against the server.
func (s *simulation) sync(d *simulatedDesk) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer cancel()
	if err := d.follower.Sync(ctx); err != nil { // it waits for longer than a test does
		s.reopen(d)
		d.sync()
	}
	s.check(d)
}

// harmed syncs while one of its exchanges comes to harm, and mostly kills the client there.
func (s *simulation) harmed(d *simulatedDesk) {
	s.t.Helper()
	h := harm(1 + s.rng.IntN(int(harms)-1))
	s.t.Logf("desk %d syncs with harm %d", d.n, h)
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	left := ""
	d.wire.arm(h, 1+s.rng.IntN(4), func(posted bool) {
		if posted { // nothing of the mirror is being written while it waits for this answer
			left = s.t.TempDir()
			must(s.t, os.CopyFS(left, os.DirFS(d.data)))
		}
		cancel()
	})
	err := d.follower.Sync(ctx)
	d.wire.arm(unharmed, 0, nil)
	switch {
	case left != "":
		s.replace(d, left)
	case err != nil:
		s.reopen(d)
	}
}

// reopen ends a desktop's process, with all that it waits for, and begins another.
func (s *simulation) reopen(d *simulatedDesk) {
	s.t.Helper()
	s.must(d.follower.Close())
	d.open()
}

// replace puts a folder in the place of a desktop's own, and opens it.
func (s *simulation) replace(d *simulatedDesk, folder string) {
	s.t.Helper()
	s.must(d.follower.Close())
	d.client.Close()
	d.data = folder
	d.desk = &desk{tb: s.t, heard: make(chan struct{}, 1)}
	var err error
	d.client, err = syncclient.New(syncclient.Config{Server: d.wire.url, Data: folder, Credentials: credentials.Files(filepath.Join(folder, "tokens"))})
	s.must(err)
	s.t.Cleanup(d.client.Close)
	logins, err := d.client.Logins()
	s.must(err)
	d.login = &logins[0]
	d.account = d.login.Accounts[0]
	d.open()
}

// keep copies the files of a desktop, or puts an older copy of them back.
func (s *simulation) keep(d *simulatedDesk) {
	s.t.Helper()
	if d.kept != "" && s.rng.IntN(2) == 0 {
		for _, text := range s.texts[d.keptAt:] {
			if text.desk == d {
				text.lost = true
			}
		}
		s.t.Logf("desk %d is put back to its first %d texts", d.n, d.keptAt)
		s.replace(d, d.kept)
		d.kept = ""
		return
	}
	s.must(d.follower.Close())
	d.kept, d.keptAt = s.t.TempDir(), len(s.texts)
	s.must(os.CopyFS(d.kept, os.DirFS(d.data)))
	d.open()
}

// copyServer backs the server up, or puts the backup in its place without a word to anybody.
func (s *simulation) copyServer() {
	s.t.Helper()
	if s.Store.Dialect() != dialect.SQLite {
		return // TestNasty puts PostgreSQL back
	}
	if s.backup == "" || s.rng.IntN(2) == 0 {
		s.backup = s.t.TempDir()
		s.t.Log("the server is backed up")
		_, err := s.Store.Client().ExecContext(context.Background(), `VACUUM INTO ?`, filepath.Join(s.backup, store.FileName))
		s.must(err)
		for _, text := range s.texts {
			text.backedUp = text.arrived
		}
		return
	}
	again := s.t.TempDir()
	s.t.Log("the server is put back")
	s.must(os.CopyFS(again, os.DirFS(s.backup)))
	unguard(s.t, filepath.Join(again, store.FileName))
	s.Server = servertest.Start(s.t, store.Config{DataDir: again})
	s.anna.ctx, s.chloe.ctx = s.as(s.anna.email, s.account), s.as(s.chloe.email, s.account)
	s.people = []person{s.anna, s.chloe}
	for _, text := range s.texts {
		text.arrived = text.backedUp
	}
	for _, d := range s.desks {
		d.wire.target.Store(&s.URL)
		d.owner = s.people[slices.IndexFunc(s.people, func(p person) bool { return p.email == d.owner.email })]
	}
}

// unguard takes the guard of the tests from a copy of the database; the server that is started over it hangs its own.
func unguard(tb testing.TB, file string) {
	tb.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	must(tb, err)
	defer db.Close()
	for _, guard := range read(tb, db, "sqlite_master", "type, name", "") {
		if parts := strings.Split(guard, " | "); strings.HasPrefix(parts[2], "guard_") && parts[1] != "index" {
			_, err := db.Exec("DROP " + parts[1] + " IF EXISTS " + parts[2])
			must(tb, err)
		}
	}
}

// end lets everything come to rest, and looks for what was written.
func (s *simulation) end() {
	s.t.Helper()
	for _, d := range s.desks {
		s.keepAll(d)
	}
	for range 3 {
		for _, d := range s.desks {
			s.sync(d)
		}
		s.remember()
	}
	for _, d := range s.desks {
		d.searches()
	}
	left := strings.Join(s.served(s.anna), "\n")
	for _, text := range s.texts {
		if !text.arrived && !text.over && !text.lost && !text.taken && !s.explained(text) && !s.replaced(text, left) {
			s.t.Errorf("%q of desk %d is gone without a word", text.value, text.desk.n)
		}
	}
}
