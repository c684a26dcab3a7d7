package graph_test

import (
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
	"github.com/partage-mail/partage/server/store/storetest"
)

// house is a world in which people open items.
type house struct {
	*testing.T
	*scenario.World
}

func newHouse(t *testing.T, s *servertest.Server) *house {
	h := &house{t, scenario.New(t, s)}
	h.Set(`owner anna
		manager bruno
		member chloe
		campaign spring by bruno`)
	return h
}

func (h *house) do(line string) {
	h.Helper()
	h.Do(scenario.Words("then " + line))
}

// window is one in which somebody has the campaign open.
type window struct {
	*house
	*servertest.Socket
}

// open has somebody open the campaign on a server, and hears who has it open, as it is told at last.
func (h *house) open(s *servertest.Server, person string, also ...string) *window {
	h.Helper()
	w := &window{h, s.As(h.As(h.Person(person)).Token).Open(h)}
	w.Subscribe("1", "subscription($item: ID!) { alsoOpen(item: $item) { people { collaborator { id firstName } since } } }",
		map[string]any{"item": h.Item("spring").ID})
	w.told(also...)
	return w
}

// told hears until exactly these people are told of. It is the test's deadline that fails where they never are.
func (w *window) told(people ...string) {
	w.Helper()
	for {
		m := w.Hear()
		if m["type"] != "next" || servertest.At(m, "payload.errors") != nil {
			w.Fatalf("instead of %v heard %v", people, m)
		}
		list, _ := servertest.At(m, "payload.data.alsoOpen.people").([]any)
		same := len(list) == len(people)
		for i := 0; same && i < len(list); i++ {
			same = servertest.At(list[i], "collaborator.id") == w.Person(people[i]).ID
		}
		if same {
			return
		}
	}
}

// next hears exactly these people as the next thing.
func (w *window) next(people ...string) {
	w.Helper()
	m := w.Hear()
	list, _ := servertest.At(m, "payload.data.alsoOpen.people").([]any)
	if len(list) != len(people) {
		w.Fatalf("instead of %v heard %v", people, m)
	}
	for i, p := range people {
		if servertest.At(list[i], "collaborator.id") != w.Person(p).ID {
			w.Fatalf("instead of %v heard %v", people, m)
		}
	}
}

// ended hears that the viewer sees the item no longer, as the last thing.
func (w *window) ended() {
	w.Helper()
	m := w.Hear()
	if code := servertest.At(m, "payload.errors.0.extensions.code"); code != "NOT_FOUND" || servertest.At(m, "payload.data.alsoOpen") != nil {
		w.Fatalf("instead of the end heard %v", m)
	}
	if m := w.Hear(); m["type"] != "complete" {
		w.Fatalf("after the end heard %v", m)
	}
}

func (w *window) leave() {
	w.Say(map[string]any{"id": "1", "type": "complete"})
}

func TestAlsoOpen(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		t.Run("tells each of the others, once however many windows", func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, s)
			anna := h.open(s, "anna")
			bruno := h.open(s, "bruno", "anna")
			anna.next("bruno")
			again := h.open(s, "bruno", "anna") // nothing new to anna
			chloe := h.open(s, "chloe", "anna", "bruno")
			anna.next("bruno", "chloe")
			chloe.leave()
			anna.next("bruno")
			bruno.leave()
			again.leave() // heard of once, when both are gone
			anna.next()
		})
		t.Run("a connection that breaks leaves", func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, s)
			anna := h.open(s, "anna")
			bruno := h.open(s, "bruno", "anna")
			anna.next("bruno")
			if err := bruno.NetConn().Close(); err != nil {
				t.Fatal(err)
			}
			anna.next()
		})
		t.Run("who no longer sees it hears the end, and is told of to nobody", func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, s)
			anna := h.open(s, "anna")
			chloe := h.open(s, "chloe", "anna")
			anna.next("chloe")
			h.do("bruno gives chloe none spring")
			anna.next()
			chloe.ended()
			h.open(s, "bruno", "anna")
			anna.next("bruno")
		})
		t.Run("nobody is told of who does not see it, before their own end is noticed", func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, s)
			h.do("bruno gives chloe none spring")
			_, item, _ := read.ParseID(h.Item("spring").ID)
			_, chloe, _ := read.ParseID(h.Person("chloe").ID)
			defer s.Presence.Open(item, chloe)()
			anna := h.open(s, "anna")
			h.open(s, "bruno", "anna")
			anna.next("bruno")
		})
		t.Run("who is deactivated leaves with their session", func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, s)
			anna := h.open(s, "anna")
			chloe := h.open(s, "chloe", "anna")
			anna.next("chloe")
			h.do("chloe is deactivated")
			anna.next()
			if code, _ := chloe.Closed(); code != 4401 {
				t.Errorf("closed with %d", code)
			}
		})
		t.Run("a new name is told", func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, s)
			anna := h.open(s, "anna")
			h.open(s, "chloe", "anna")
			anna.next("chloe")
			h.As(h.Person("chloe")).Must(t, `mutation { changeMe(input: {firstName: "Cléo"}) { errors { message } } }`, nil)
			m := anna.Hear()
			if got := servertest.At(m, "payload.data.alsoOpen.people.0.collaborator.firstName"); got != "Cléo" {
				t.Errorf("heard %v", m)
			}
		})
		t.Run("leaves nothing in the feed and the history", func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, s)
			anna := h.As(h.Person("anna"))
			const marks = "{ changes(first: 100) { collaborators { version } items { id version } more } history(first: 1) { totalCount } viewer { collaborator { version } } }"
			h.As(h.Person("bruno"))
			before := string(anna.Must(t, marks, nil).Body)
			w := h.open(s, "anna")
			bruno := h.open(s, "bruno", "anna")
			w.next("bruno")
			bruno.leave()
			w.next()
			if after := string(anna.Must(t, marks, nil).Body); after != before {
				t.Errorf("%s became %s", before, after)
			}
		})
	})
}

// TestAlsoOpenAcrossNodes holds that nodes hear of each other, and that one which fails leaves nobody standing.
func TestAlsoOpenAcrossNodes(t *testing.T) {
	t.Parallel()
	database := storetest.Config(t, dialect.Postgres)
	hurried := func(c *app.Config) { c.Presence.Life = time.Second }
	here, there := servertest.Start(t, database, hurried), servertest.Start(t, database, hurried)
	h := newHouse(t, here)
	anna := h.open(here, "anna")
	bruno := h.open(there, "bruno", "anna")
	anna.next("bruno")
	both := h.open(here, "bruno", "anna") // on two nodes and still one entry
	both.leave()
	chloe := h.open(there, "chloe", "anna", "bruno")
	anna.told("bruno", "chloe")
	h.do("bruno gives chloe none spring")
	anna.told("bruno")
	chloe.ended()
	bruno.leave()
	anna.told()
}
