package matrix_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/matrix"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestWalk confirms drafts, changes single pairs by hand, cancels, undoes, and runs the queue, killed at random moments,
// all in random order, and compares what everyone has with a model of a few lines.
func TestWalk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		rapid.Check(t, func(r *rapid.T) {
			w := newWalk(t, r, s, rapid.IntRange(1, 8).Draw(r, "size"))
			r.Repeat(map[string]func(*rapid.T){
				"confirm": w.confirm, "by hand": w.byHand, "cancel": w.cancel, "undo": w.undo,
				"run": func(*rapid.T) { w.run() }, "kill": w.kill,
			})
			w.run()
		})
	})
}

// has is what a person has of their own on a campaign; level is empty for nothing.
type has struct {
	level access.Level
	turn  bool
}

type key struct{ person, campaign uuid.UUID }

// asked is a job of the model.
type asked struct {
	id   uuid.UUID
	at   int // when it was confirmed
	wish func(k key) (matrix.Wish, bool)
	undo *asked
	// before holds what the pairs that it changed had, and the version they have since.
	before    map[key]has
	since     map[key]int
	cancelled bool
	done      bool
	undone    bool
}

type walk struct {
	*place
	r                 *rapid.T
	people, campaigns []uuid.UUID
	open, own         map[key]bool
	clock             int
	state             map[key]has
	version, hand     map[key]int // of the last change; when it was last changed by hand
	jobs              []*asked
}

func newWalk(t *testing.T, r *rapid.T, s *store.Store, size int) *walk {
	p := newPlace(t, s, size)
	w := &walk{place: p, r: r, open: map[key]bool{}, own: map[key]bool{}, state: map[key]has{}, version: map[key]int{}, hand: map[key]int{}}
	w.people = []uuid.UUID{p.person(collaborator.RoleMember), p.person(collaborator.RoleManager), p.person(collaborator.RoleMember)}
	open := p.campaigns(2, item.AudienceEveryone)
	own := p.made(1, item.AudienceRestricted, &w.people[1])
	w.campaigns = slices.Concat(open, own, p.campaigns(3, item.AudienceRestricted))
	for _, person := range w.people {
		w.open[key{person, open[0]}], w.open[key{person, open[1]}] = true, true
	}
	w.own[key{w.people[1], own[0]}] = true
	return w
}

// sees is the rule.
func (w *walk) sees(k key, h has) bool {
	return w.own[k] || h.level == "view" || h.level == "edit" || h.level == "" && w.open[k]
}

// set changes a pair in the model.
func (w *walk) set(k key, h has) bool {
	if w.state[k] == h {
		return false
	}
	w.clock++
	w.state[k], w.version[k] = h, w.clock
	return true
}

func (w *walk) confirm(r *rapid.T) {
	wishes := []matrix.Wish{given(), rotation(), nothing(), onlyOut(), {Access: yes(), RoundRobin: no()}}
	d := matrix.Draft{Changes: make(map[uuid.UUID]matrix.Wish)}
	d.People = rapid.SliceOfNDistinct(rapid.SampledFrom(w.people), 1, 3, rapid.ID).Draw(r, "people")
	for _, c := range rapid.SliceOfNDistinct(rapid.SampledFrom(w.campaigns), 0, 4, rapid.ID).Draw(r, "campaigns") {
		d.Changes[c] = rapid.SampledFrom(wishes).Draw(r, "wish")
	}
	if rapid.Bool().Draw(r, "all") {
		all := rapid.SampledFrom(wishes).Draw(r, "of all")
		d.All, d.Except = &all, rapid.SliceOfNDistinct(rapid.SampledFrom(w.campaigns), 0, 2, rapid.ID).Draw(r, "except")
	}
	// Several people are only given more (T10).
	confirm := w.matrix.Grant
	if takes(d) {
		confirm, d.People = w.matrix.Set, d.People[:1]
	}
	id, err := confirm(w.Owner, d)
	if err != nil {
		w.r.Fatal(err)
	}
	if id == uuid.Nil {
		return
	}
	w.clock++
	w.jobs = append(w.jobs, &asked{id: id, at: w.clock, wish: func(k key) (matrix.Wish, bool) {
		if wish, ok := d.Changes[k.campaign]; slices.Contains(d.People, k.person) && ok {
			return wish, true
		}
		if !slices.Contains(d.People, k.person) || d.All == nil || slices.Contains(d.Except, k.campaign) {
			return matrix.Wish{}, false
		}
		return *d.All, true
	}})
}

// takes reports whether a draft takes anything away.
func takes(d matrix.Draft) bool {
	off := func(w matrix.Wish) bool {
		return w.Access != nil && !*w.Access || w.RoundRobin != nil && !*w.RoundRobin
	}
	for _, w := range d.Changes {
		if off(w) {
			return true
		}
	}
	return d.All != nil && off(*d.All)
}

func (w *walk) byHand(r *rapid.T) {
	k := key{rapid.SampledFrom(w.people).Draw(r, "person"), rapid.SampledFrom(w.campaigns).Draw(r, "campaign")}
	level := rapid.SampledFrom([]access.Level{"", "none", "view", "edit"}).Draw(r, "level")
	w.settle()
	before := w.state[k]
	after := has{level, before.turn && level == "edit"}
	if level == "" {
		must(w.place, w.sharing.ClearAccess(w.Owner, k.campaign, k.person))
	} else {
		must(w.place, w.sharing.SetAccess(w.Owner, k.campaign, k.person, level))
		if before.level == level { // nothing changes
			after = before
		}
	}
	if w.set(k, after) {
		w.hand[k] = w.clock
	}
}

// settle brings the model up to date: what was begun is done to the end, what waits may wait.
func (w *walk) settle() {
	for _, j := range w.jobs {
		row, err := w.Store.Client().Job.Get(w.System, j.id)
		if err != nil {
			w.r.Fatal(err)
		}
		if !j.cancelled && row.StartedAt > 0 && row.FinishedAt == 0 {
			w.run()
			return
		}
	}
	w.catchUp()
}

func (w *walk) cancel(r *rapid.T) {
	var waiting []*asked
	for _, j := range w.jobs {
		if !j.done && !j.cancelled {
			waiting = append(waiting, j)
		}
	}
	if len(waiting) == 0 {
		return
	}
	j := rapid.SampledFrom(waiting).Draw(r, "job")
	if err := w.queue.Cancel(w.Owner, j.id); err == nil {
		j.cancelled = true
		w.partly(j)
	} else if !fault.Is(err, fault.Conflict) {
		w.r.Fatal(err)
	}
}

// partly reads what a job that was killed and then cancelled had done before, which is any part of it.
func (w *walk) partly(j *asked) {
	row, err := w.Store.Client().Job.Get(w.System, j.id)
	if err != nil {
		w.r.Fatal(err)
	}
	if row.Done == 0 {
		return
	}
	w.catchUp()
	w.apply(j, func(k key, h has) bool { return w.stored()[k] == h })
	j.done = true
}

// catchUp applies the jobs before one that was begun: they are done.
func (w *walk) catchUp() {
	for _, j := range w.jobs {
		if j.done || j.cancelled {
			continue
		}
		row, err := w.Store.Client().Job.Get(w.System, j.id)
		if err != nil {
			w.r.Fatal(err)
		}
		if row.FinishedAt == 0 {
			return
		}
		w.apply(j, nil)
		j.done = true
	}
}

func (w *walk) undo(r *rapid.T) {
	var ended []*asked
	for _, j := range w.jobs {
		if j.done && !j.undone && len(j.before) > 0 {
			ended = append(ended, j)
		}
	}
	if len(ended) == 0 {
		return
	}
	j := rapid.SampledFrom(ended).Draw(r, "job")
	id, err := w.matrix.Undo(w.Owner, j.id)
	if err != nil {
		w.r.Fatal(err)
	}
	j.undone = true
	w.clock++
	w.jobs = append(w.jobs, &asked{id: id, at: w.clock, undo: j})
}

// kill runs the queue for a moment.
func (w *walk) kill(r *rapid.T) {
	ctx, cancel := context.WithTimeout(w.System, time.Duration(rapid.IntRange(0, 4000).Draw(r, "µs"))*time.Microsecond)
	defer cancel()
	if err := w.queue.Drain(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		w.r.Fatal(err)
	}
}

func (w *walk) run() {
	// A transaction that was killed may go on in PostgreSQL for a moment, and who drains passes over the job that it holds.
	const most = 1000
	for tries := 0; ; tries++ {
		w.drain()
		open := w.Store.Client().Job.Query().Where(job.AccountID(w.ID), job.FinishedAt(0)).CountX(w.System)
		if open == 0 {
			break
		}
		if tries == most {
			w.r.Fatalf("%d jobs do not end", open)
		}
	}
	for _, j := range w.jobs {
		if !j.done && !j.cancelled {
			w.apply(j, nil)
			j.done = true
		}
	}
	if got := w.stored(); fmt.Sprint(got) != fmt.Sprint(w.expected()) {
		w.r.Fatalf("they have\n%v instead of\n%v", got, w.expected())
	}
	for _, e := range w.Store.Client().Access.Query().Where(access.AccountID(w.ID)).WithItem().AllX(w.System) {
		if e.ItemSeq != e.Edges.Item.Seq {
			w.r.Fatalf("an edge has its item at %d and not at %d", e.ItemSeq, e.Edges.Item.Seq)
		}
	}
	ranks := make(map[string]bool)
	for _, e := range w.Store.Client().Access.Query().Where(access.AccountID(w.ID), access.RoundRobin(true)).AllX(w.System) {
		if at := fmt.Sprint(e.ItemID, e.RotationRank); ranks[at] || e.RotationRank == 0 {
			w.r.Fatalf("two people are at %s", at)
		} else {
			ranks[at] = true
		}
	}
}

// apply does a job in the model, but for pairs that fits denies.
func (w *walk) apply(j *asked, fits func(key, has) bool) {
	j.before, j.since = make(map[key]has), make(map[key]int)
	for _, person := range w.people {
		for _, c := range w.campaigns {
			k := key{person, c}
			before := w.state[k]
			after := before
			if j.undo != nil {
				if version, changed := j.undo.since[k]; changed && version == w.version[k] {
					after = j.undo.before[k]
				}
			} else if wish, ok := j.wish(k); ok && w.hand[k] < j.at {
				after = w.wished(k, before, wish)
			}
			if fits != nil && !fits(k, after) {
				continue
			}
			if w.set(k, after) {
				j.before[k], j.since[k] = before, w.clock
			}
		}
	}
}

func (w *walk) wished(k key, h has, wish matrix.Wish) has {
	on := func(b *bool) bool { return b != nil && *b }
	off := func(b *bool) bool { return b != nil && !*b }
	if (on(wish.Access) || on(wish.RoundRobin)) && !w.sees(k, h) {
		h.level = "edit"
	}
	if on(wish.RoundRobin) && !h.turn {
		h.turn, h.level = true, "edit"
	}
	if off(wish.Access) || off(wish.RoundRobin) {
		h.turn = false
	}
	if off(wish.Access) && !w.own[k] && w.sees(k, h) {
		h.level = "none"
	}
	return h
}

func (w *walk) expected() map[key]has {
	want := make(map[key]has)
	for k, h := range w.state {
		if h.level != "" {
			want[k] = h
		}
	}
	return want
}

func (w *walk) stored() map[key]has {
	got := make(map[key]has)
	for _, e := range w.Store.Client().Access.Query().Where(access.AccountID(w.ID)).AllX(w.System) {
		got[key{e.CollaboratorID, e.ItemID}] = has{e.Level, e.RoundRobin}
	}
	return got
}
