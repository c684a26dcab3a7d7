package push_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/push"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
	"github.com/partage-mail/partage/server/store"
)

// stage is a server with people and items, some of which some people do not see.
const stage = `
owner   olga
manager carl
member  mara
member  nora

list      customers by olga
list      secrets   by olga restricted
blacklist unwanted  by olga
blacklist hidden    by olga restricted
template  letter    by olga
campaign  spring    by olga to customers respecting unwanted
campaign  covert    by olga restricted
lead ada of spring for mara
lead eve of covert

account there
owner zoe
list elsewhere by zoe
`

// house is a server with the stage set.
type house struct {
	testing.TB
	*servertest.Server
	world *scenario.World
}

// each runs f on both databases.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	servertest.Each(t, func(t *testing.T, s *servertest.Server) { f(t, open(t, s)) })
}

func open(tb testing.TB, s *servertest.Server) *house {
	tb.Helper()
	h := &house{tb, s, scenario.New(tb, s)}
	h.world.Set(stage)
	return h
}

// plain returns the UUID of an item, or with row of the row in it.
func (h *house) plain(name string) string { return bare(h.world.Item(name).ID) }
func (h *house) row(name string) string   { return bare(h.world.Item(name).Row) }

func bare(id string) string {
	_, plain, _ := strings.Cut(id, "_")
	return plain
}

// desktop is a replica of a person.
type desktop struct {
	*house
	servertest.Client
	replica uuid.UUID
	// last is the number of the last mutation that it made.
	last int64
}

func (h *house) desktop(person string) *desktop {
	h.Helper()
	return &desktop{house: h, Client: h.world.As(h.world.Person(person)), replica: uuid.Must(uuid.NewV7())}
}

// body is what stands in JSON.
type body = map[string]any

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// next is the desktop's next mutation.
func (d *desktop) next(op, kind, id string, more body) body {
	d.last++
	m := body{"number": d.last, "key": newID(), "op": op, "kind": kind, "id": id}
	for name, v := range more {
		m[name] = v
	}
	return m
}

// send pushes mutations and returns the answer with its status.
func (d *desktop) send(mutations ...body) (int, push.Answer, string) {
	d.Helper()
	if mutations == nil {
		mutations = []body{}
	}
	text, err := json.Marshal(body{"replica": d.replica, "mutations": mutations})
	if err != nil {
		d.Fatal(err)
	}
	return d.post(text)
}

func (d *desktop) post(text []byte) (int, push.Answer, string) {
	d.Helper()
	status, _, said := d.Do(d, http.MethodPost, "/sync/push", text, "Content-Type", "application/json")
	var a push.Answer
	if status == http.StatusOK {
		if err := json.Unmarshal(said, &a); err != nil {
			d.Fatalf("not an answer: %s", said)
		}
	}
	return status, a, string(said)
}

// push pushes mutations that have to be answered one by one.
func (d *desktop) push(mutations ...body) []push.Result {
	d.Helper()
	status, a, said := d.send(mutations...)
	if status != http.StatusOK || len(a.Results) != len(mutations) {
		d.Fatalf("a push of %d mutations is answered %d %s", len(mutations), status, said)
	}
	return a.Results
}

// do pushes one mutation.
func (d *desktop) do(op, kind, id string, more body) push.Result {
	d.Helper()
	return d.push(d.next(op, kind, id, more))[0]
}

// expect compares a result with what it should be but for its number and sentence; a refusal has a sentence.
func (d *desktop) expect(got push.Result, want push.Result) {
	d.Helper()
	message := got.Message
	got.Number, got.Message = 0, ""
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if string(g) != string(w) {
		d.Errorf("answered %s %q, not %s", g, message, w)
	}
	if (got.State == push.Refused) != (message != "") {
		d.Errorf("answered %s with the sentence %q", g, message)
	}
}

func refused(code, field string) push.Result {
	return push.Result{State: push.Refused, Code: code, Field: field}
}

func applied(version int64) push.Result { return push.Result{State: push.Applied, Version: version} }

func merged(version int64, conflicts ...string) push.Result {
	return push.Result{State: push.Merged, Version: version, Conflicts: conflicts}
}

// value returns the first column of the first row of a query, as text; "-" where there is none.
func (h *house) value(query string, args ...any) string {
	h.Helper()
	rows, err := h.Store.Client().QueryContext(h.Context(), store.Rebind(h.Store.Dialect(), query), args...)
	if err != nil {
		h.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		return "-"
	}
	var v any
	if err := rows.Scan(&v); err != nil {
		h.Fatal(err)
	}
	if text, ok := v.([]byte); ok {
		return string(text)
	}
	return fmt.Sprint(v)
}

// holds fails where a query does not return the value.
func (h *house) holds(want, query string, args ...any) {
	h.Helper()
	if got := h.value(query, args...); got != want {
		h.Errorf("%s of %v is %s, not %s", query, args, got, want)
	}
}

// contact makes a contact through the API's command, as somebody else would have; state is as the mirror has it.
func (d *desktop) contact(list, email, state string) string {
	d.Helper()
	id := newID()
	if r := d.do("create", "contact", id, body{"item": list, "fields": body{"email": email, "state": state}}); r.State != push.Applied {
		d.Fatalf("%+v", r)
	}
	return id
}
