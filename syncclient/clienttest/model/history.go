package model

import (
	"fmt"
	"math/rand/v2"
)

// History is one history that was played.
type History struct {
	// Seed and Fault play it again.
	Seed  uint64
	Fault Fault
	// Broken is the invariant that did not hold, in words; empty where all did.
	Broken string
	// Counts says how often what happened.
	Counts map[string]int
	// Trace is what happened, in order; only of a history that was traced.
	Trace []string
}

// Play plays the history of a seed, with one rule left out or, with [None], all of them kept.
func Play(seed uint64, fault Fault) History { return play(seed, fault, false) }

// Trace is Play that writes down what happens.
func Trace(seed uint64, fault Fault) History { return play(seed, fault, true) }

func play(seed uint64, fault Fault, tracing bool) (h History) {
	w := &world{
		rng: rand.New(rand.NewPCG(seed, 0x70617274616765)), fault: fault, server: newServer(),
		left: map[departure]Value{}, values: make([]origin, 1), rowIDs: firstRow, counts: map[string]int{},
		tracing: tracing,
	}
	for p := range w.ever {
		w.ever[p] = map[ID]bool{}
	}
	h = History{Seed: seed, Fault: fault, Counts: w.counts}
	defer func() {
		h.Trace = w.trace
		switch r := recover().(type) {
		case nil:
		case broken:
			h.Broken = r.text
		case error: // a fault may break the model itself; that is found, too
			if fault == None {
				panic(r)
			}
			h.Broken = fmt.Sprint(r)
		default:
			panic(r)
		}
	}()
	w.begin()
	w.play()
	w.rest()
	return h
}

// begin makes some items and a desktop for everybody, two for one.
func (w *world) begin() {
	w.hot = w.rng.IntN(2) == 0
	w.sizes = [][]int{{1}, {1, 2, 3}, {2, 100}, {100}}[w.rng.IntN(4)]
	for range 3 + w.rng.IntN(4) {
		w.createItem()
	}
	for p := range people {
		w.addDesk(p)
	}
	w.addDesk(1 + w.rng.IntN(people-1))
}

func (w *world) addDesk(p int) *desk {
	d := &desk{w: w, id: len(w.desks), person: p, mirror: newMirror(w), gone: map[ID]bool{}}
	w.desks = append(w.desks, d)
	return d
}

// play takes random steps, each history with weights of its own.
func (w *world) play() {
	steps := steps()
	weights, sum := make([]int, len(steps)), 0
	for i, s := range steps {
		weights[i] = s.weight * []int{0, 1, 2, 2, 5}[w.rng.IntN(5)]
		if s.always {
			weights[i] = s.weight * (1 + w.rng.IntN(3))
		}
		sum += weights[i]
	}
	for range 100 + w.rng.IntN(150) {
		n := w.rng.IntN(sum)
		for i, weight := range weights {
			if n -= weight; n < 0 {
				w.tell("· %s", steps[i].name)
				steps[i].take(w)
				break
			}
		}
	}
}

// rest lets everything come to rest, and holds it against what should be: I1, I5, I6, I9.
func (w *world) rest() {
	w.net, w.resting = nil, true
	for _, d := range w.desks {
		d.session++
		d.pushing, d.killIn, d.asks, d.resets = 0, 0, 0, 0
	}
	for round := 0; ; round++ {
		if round > 20 {
			w.fail("I9: it never comes to rest")
		}
		pushed := false
		for _, d := range w.desks {
			pushed = d.drain() || pushed
		}
		if !pushed && round > 0 {
			break
		}
	}
	for _, d := range w.desks {
		if !w.server.members[d.person].active {
			if len(d.mirror.held) > 0 || len(d.mirror.mentioned()) > 0 {
				w.fail("I11: desk %d keeps what it had of an account that is over", d.id)
			}
			continue
		}
		w.checkWorkspace(d, w.server.oracle(d.person))
		for _, list := range sortedIDs(d.mirror.held) {
			if d.mirror.held[list].list {
				w.checkRows(d, list, w.server.item(list).views())
			}
		}
		w.checkClean(d)
		w.checkOwn(d)
		for _, id := range d.mirror.mentioned() {
			if d.mirror.held[id] == nil && !d.mirror.own(id) && w.ever[d.person][id] {
				w.fail("I4: desk %d keeps edits of item %d, which went before it came", d.id, id)
			}
		}
	}
	w.checkFates()
}

// drain lets a desktop talk to the server, undisturbed, until nothing follows, and reports whether it pushed.
func (d *desk) drain() (pushed bool) {
	w := d.w
	const enough = 600
	ask := func(m *message) *message {
		if d.asks > enough {
			w.fail("I9: desk %d asks without end", d.id)
		}
		a := w.serve(m.request, -1)
		d.receive(a)
		return a
	}
	for {
		d.sealAll()
		if m := d.askPush(); m != nil {
			pushed = true
			if ask(m).refusal == ended {
				ask(d.askPage())
				return pushed
			}
			continue
		}
		a := ask(d.askPage())
		if a.refusal == ended {
			return pushed
		}
		if a.refusal != served || a.page.more {
			continue
		}
		behind := false
		for _, list := range d.mirror.lists() {
			if to, ok := d.mirror.told[list]; ok && !d.mirror.fresh(list, to) {
				behind = true
				ask(d.askRows(list))
			}
		}
		if d.resets > 3 {
			w.fail("I9: desk %d walks without end", d.id)
		}
		if !behind && !d.mirror.waiting() {
			return pushed
		}
	}
}

func (d *desk) sealAll() {
	d.seal(0)
	for _, list := range d.mirror.lists() {
		d.seal(list)
	}
}
