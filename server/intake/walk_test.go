package intake_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestWalk plays random schedules against the model: people join, leave, are away and back, are deactivated and come
// back, are put in another order; rotations pause; leads come one by one, many at once, and again; those that wait are
// dealt out; the process begins anew.
func TestWalk(t *testing.T) {
	t.Parallel()
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) {
			s := storetest.Open(t, d)
			feedtest.Guard(t, s)
			rapid.Check(t, func(rt *rapid.T) {
				w := &walk{T: t, rt: rt, desk: setup(t, s), given: map[uuid.UUID]uuid.UUID{}, counts: map[uuid.UUID]int{}}
				w.model.out = map[uuid.UUID]int{}
				for range 5 {
					w.team = append(w.team, librarytest.Collaborator(t, w.Person(t, collaborator.RoleMember)))
				}
				rt.Repeat(map[string]func(*rapid.T){
					"join": w.join, "leave": w.leave, "away": w.away, "status": w.status, "reorder": w.reorder, "pause": w.pause,
					"one": w.one, "many": w.many, "again": w.again, "assign": w.assign,
					"restart": func(*rapid.T) { w.restart() }, "": func(*rapid.T) { w.check() },
				})
			})
		})
	}
}

type walk struct {
	*testing.T
	rt *rapid.T
	*desk
	model model
	team  []uuid.UUID
	// given is who each acknowledged lead is with; zero while it waits.
	given map[uuid.UUID]uuid.UUID
	posts []posted
	// counts are the leads given since the people of the rotation, or their order, last changed.
	counts map[uuid.UUID]int
}

type posted struct {
	lead intake.Lead
	id   uuid.UUID
}

func (w *walk) pick(label string, from []uuid.UUID) uuid.UUID {
	if len(from) == 0 {
		w.rt.Skip()
	}
	return rapid.SampledFrom(from).Draw(w.rt, label)
}

func (w *walk) join(*rapid.T) {
	p := w.pick("joins", slices.DeleteFunc(slices.Clone(w.team), func(p uuid.UUID) bool { return slices.Contains(w.model.ring, p) }))
	w.desk.join(w, p)
	w.model.join(p)
	clear(w.counts)
}

func (w *walk) leave(*rapid.T) {
	p := w.pick("leaves", w.model.ring)
	w.desk.leave(w, p)
	w.model.leave(p)
	clear(w.counts)
}

// away has a person be away for an hour, or back: by saying so, or because the hour is over.
func (w *walk) away(*rapid.T) {
	p := w.pick("goes or comes", w.team)
	clear(w.counts)
	if w.model.out[p]&1 > 0 && rapid.Bool().Draw(w.rt, "the hour is over") {
		w.clock = w.clock.Add(time.Hour)
		for p := range w.model.out {
			w.model.out[p] &^= 1
		}
		return
	}
	until := instant.Instant(0)
	if w.model.out[p]&1 == 0 {
		until = instant.Of(w.clock.Add(time.Hour))
	}
	if err := w.SetAway(w.Owner, p, until); err != nil {
		w.rt.Fatal(err)
	}
	w.model.out[p] ^= 1
}

func (w *walk) status(*rapid.T) {
	p := w.pick("is deactivated or comes back", w.team)
	w.model.out[p] ^= 2
	clear(w.counts)
	w.desk.status(w, p, map[bool]collaborator.Status{true: collaborator.StatusDeactivated, false: collaborator.StatusActive}[w.model.out[p]&2 > 0])
}

func (w *walk) reorder(*rapid.T) {
	if len(w.model.ring) == 0 {
		w.rt.Skip()
	}
	order := rapid.Permutation(w.model.ring).Draw(w.rt, "order")
	if err := w.ChangeRotation(w.Owner, w.campaign, intake.RotationChange{Order: order}); err != nil {
		w.rt.Fatal(err)
	}
	w.model.reorder(order)
	clear(w.counts)
}

func (w *walk) pause(*rapid.T) {
	paused := !w.model.paused
	if err := w.ChangeRotation(w.Owner, w.campaign, intake.RotationChange{Paused: &paused}); err != nil {
		w.rt.Fatal(err)
	}
	w.model.paused = paused
}

func (w *walk) newLead() intake.Lead {
	n := len(w.posts)
	return intake.Lead{Name: "lead " + strconv.Itoa(n), RequestKey: "request " + strconv.Itoa(n)}
}

func (w *walk) one(*rapid.T) {
	l := w.newLead()
	var got intake.Received
	var err error
	if rapid.Bool().Draw(w.rt, "by a person") {
		got, err = w.Receive(w.Manager, w.campaign, l)
	} else {
		got, err = w.post(l)
	}
	if err != nil || got.Repeated {
		w.rt.Fatalf("%+v %v", got, err)
	}
	w.posts = append(w.posts, posted{l, got.ID})
	w.note(got.ID, w.model.deal(), intake.ByRotation)
}

// many brings in leads at once, each twice, by two nodes. In which order they come is not known: those who are given
// them are those whose turn it is.
func (w *walk) many(*rapid.T) {
	n := rapid.IntRange(2, 8).Draw(w.rt, "leads")
	all := make([]posted, n)
	twice := make([]intake.Received, n)
	errs := make([]error, 2*n)
	other := *w.desk
	other.restart()
	var g sync.WaitGroup
	for i := range n {
		all[i].lead = w.newLead()
		all[i].lead.RequestKey += " " + strconv.Itoa(i)
		g.Go(func() {
			var got intake.Received
			got, errs[i] = w.post(all[i].lead)
			all[i].id = got.ID
		})
		g.Go(func() { twice[i], errs[n+i] = other.post(all[i].lead) })
	}
	g.Wait()
	var turns, got []uuid.UUID
	for i, p := range all {
		if errs[i] != nil || errs[n+i] != nil || twice[i].ID != p.id {
			w.rt.Fatalf("%v %v, %v and %v", errs[i], errs[n+i], p.id, twice[i].ID)
		}
		turns = append(turns, w.model.deal())
		assignee := uuid.Nil
		if l := w.lead(w, p.id); l.AssigneeID != nil {
			assignee = *l.AssigneeID
		}
		got = append(got, assignee)
		w.note(p.id, assignee, intake.ByRotation)
	}
	slices.SortFunc(turns, compare)
	slices.SortFunc(got, compare)
	if !slices.Equal(turns, got) {
		w.rt.Fatalf("%d leads at once went to %v instead of %v", n, got, turns)
	}
	w.posts = append(w.posts, all...)
}

// again sends one that came before.
func (w *walk) again(*rapid.T) {
	if len(w.posts) == 0 {
		w.rt.Skip()
	}
	p := rapid.SampledFrom(w.posts).Draw(w.rt, "again")
	got, err := w.post(p.lead)
	if err != nil || !got.Repeated || got.ID != p.id {
		w.rt.Fatalf("%+v %v", got, err)
	}
}

func (w *walk) assign(*rapid.T) {
	dealt, err := w.AssignWaiting(w.Owner, w.campaign)
	if w.model.paused {
		if err == nil {
			w.rt.Fatalf("dealt out while paused: %+v", dealt)
		}
		return
	}
	if err != nil {
		w.rt.Fatal(err)
	}
	n := 0
	for _, l := range w.leads(w) {
		if w.given[l.ID] != uuid.Nil {
			continue
		}
		turn := w.model.deal()
		if turn != uuid.Nil {
			n++
			w.note(l.ID, turn, intake.DealtOut)
		}
	}
	if dealt.Assigned != n || dealt.Job != uuid.Nil {
		w.rt.Fatalf("dealt %+v instead of %d", dealt, n)
	}
}

// note notes what became of a lead, and holds it against what is stored.
func (w *walk) note(id, person uuid.UUID, how intake.Decision) {
	l := w.lead(w, id)
	r, err := intake.ParseRecord(l.Decision)
	if err != nil || r.To != person || (l.AssigneeID == nil) != (person == uuid.Nil) || l.AssigneeID != nil && *l.AssigneeID != person {
		w.rt.Fatalf("%s went to %v (%s) instead of %v: %v", l.Name, l.AssigneeID, l.Decision, person, err)
	}
	w.given[id] = person
	switch {
	case person != uuid.Nil && r.Decision != how:
		w.rt.Fatalf("decided %s instead of %s", r.Decision, how)
	case person != uuid.Nil:
		w.counts[person]++
	case w.model.paused && r.Decision != intake.WhilePaused,
		!w.model.paused && len(w.model.ring) == 0 && r.Decision != intake.NoRotation,
		!w.model.paused && len(w.model.ring) > 0 && (r.Decision != intake.NobodyAvailable || len(r.Skipped) != len(w.model.ring)):
		w.rt.Fatalf("waits by %s", l.Decision)
	}
}

// check looks at everything that is stored.
func (w *walk) check() {
	stored := w.leads(w)
	if len(stored) != len(w.given) {
		w.rt.Fatalf("%d leads of %d", len(stored), len(w.given))
	}
	for _, l := range stored {
		if assignee := w.assignee(l); assignee != w.given[l.ID] {
			w.rt.Fatalf("%s is with %v instead of %v", l.Name, assignee, w.given[l.ID])
		}
	}
	least, most := 1<<30, 0
	available := w.model.available()
	for _, p := range available {
		least, most = min(least, w.counts[p]), max(most, w.counts[p])
	}
	if len(available) > 0 && most-least > 1 {
		w.rt.Fatalf("the spread is %d: %v", most-least, fmt.Sprint(w.counts))
	}
}

func (w *walk) assignee(l *ent.Lead) uuid.UUID {
	if l.AssigneeID == nil {
		return uuid.Nil
	}
	return *l.AssigneeID
}

func compare(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }
