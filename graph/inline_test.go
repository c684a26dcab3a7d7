package graph_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/servertest"
)

const (
	inlinePage = `{ account { id name } collaborators { id email } items { id name ... on Campaign { body lists { id } } ... on Template { body } }
		buckets { id state rows } removals rows { bucket from page } next more }`
	inline      = `subscription($after: String, $held: [HeldBucketInput!]) { changed(after: $after, held: $held) { workspace buckets from delta ` + inlinePage + ` } }`
	changesHeld = `query($after: String, $held: [HeldBucketInput!]) { changes(after: $after, held: $held) ` + inlinePage + ` }`
)

// stand is where a copy of everything that a person sees stands.
func (l *leak) stand(person, list string) (after any, held []vars) {
	l.Helper()
	as := l.world.As(l.world.Person(person))
	id := l.world.Item(list).ID
	rows := as.Must(l, `query($b: ID!) { bucketChanges(bucket: $b) { next more } }`, vars{"b": id}).At("bucketChanges.next")
	return l.pull(person, as, nil), []vars{{"bucket": id, "after": rows}}
}

// hear returns the next hint, and its bytes.
func (l *leak) hear(ws *servertest.Socket) (hint any, said string) {
	l.Helper()
	m := ws.Hear()
	if m["type"] != "next" {
		l.Fatalf("heard %v", m)
	}
	b, err := json.Marshal(m)
	if err != nil {
		l.Fatal(err)
	}
	return servertest.At(m, "payload.data.changed"), string(b)
}

// TestInline follows with what changes coming along.
func TestInline(t *testing.T) {
	eachLeak(t, func(l *leak) {
		olga := l.world.As(l.world.Person("olga"))
		after, held := l.stand("vera", "list-common")
		ws := l.world.As(l.world.Person("vera")).Open(l)
		ws.Subscribe("1", inline, vars{"after": after, "held": held})
		if first, _ := l.hear(ws); servertest.At(first, "workspace") != false || servertest.At(first, "delta") != nil {
			l.Fatalf("first comes %v", first)
		}
		from, rowsFrom := after, held[0]["after"]
		for _, email := range []string{"one@example.com", "two@example.com"} {
			l.addContact(olga, l.world.Item("list-common"), email)
			hint, said := l.hear(ws)
			rows, _ := servertest.At(hint, "delta.rows.0.page").(string)
			if servertest.At(hint, "from") != from || servertest.At(hint, "delta.rows.0.from") != rowsFrom ||
				!strings.Contains(rows, email) || servertest.At(hint, "delta.items.0") != nil {
				l.Fatalf("after %v and %v: %s", from, rowsFrom, said)
			}
			header, _, _ := strings.Cut(rows, "\n")
			var h struct {
				Next  string
				Count int
			}
			if err := json.Unmarshal([]byte(header), &h); err != nil || h.Count != 1 {
				l.Fatalf("the rows begin %s", header)
			}
			from, rowsFrom = servertest.At(hint, "delta.next"), h.Next
		}

		// A bucket that is not held comes without its rows.
		l.addContact(olga, l.world.Item("list-open"), "three@example.com")
		hint, said := l.hear(ws)
		if servertest.At(hint, "delta.buckets.0.id") != l.world.Item("list-open").ID || strings.Contains(said, "three@") {
			l.Errorf("of another list comes %s", said)
		}

		// What has no room ends it, until the subscriber is here again.
		l.world.Set("then olga renames template-common to large")
		if _, said = l.hear(ws); !strings.Contains(said, `"delta":{`) {
			l.Fatalf("a small change comes as %s", said)
		}
		a := olga.Must(l, `mutation($in: ChangeTemplateInput!) { changeTemplate(input: $in) { template { version } errors { message } } }`,
			in(vars{"id": l.world.Item("template-common").ID, "baseVersion": 2, "body": strings.Repeat(`"`, 8<<10)}))
		if a.At("changeTemplate.template.version") == nil {
			l.Fatalf("changing a body: %s", a)
		}
		for _, email := range []string{"", "four@example.com"} {
			if email != "" {
				l.addContact(olga, l.world.Item("list-common"), email)
			}
			if hint, said = l.hear(ws); servertest.At(hint, "workspace") != true || servertest.At(hint, "delta") != nil || servertest.At(hint, "from") != nil {
				l.Fatalf("where there is no room, %s", said)
			}
		}
		after, held = l.stand("vera", "list-common")
		ws.Say(map[string]any{"id": "1", "type": "complete"})
		ws.Subscribe("2", inline, vars{"after": after, "held": held})
		if hint, said = l.hear(ws); servertest.At(hint, "workspace") != false {
			l.Fatalf("anew, first comes %s", said)
		}
		l.addContact(olga, l.world.Item("list-common"), "five@example.com")
		if hint, said = l.hear(ws); servertest.At(hint, "from") != after || !strings.Contains(said, "five@") {
			l.Fatalf("anew, there comes %s", said)
		}
	})
}

// TestInlineRevoked takes things away from who follows: nothing of what was theirs a moment ago comes along.
func TestInlineRevoked(t *testing.T) {
	eachLeak(t, func(l *leak) {
		carl := l.world.As(l.world.Person("carl"))
		list := l.world.Item("list-restricted")
		l.addContact(carl, list, "before@example.com")
		after, held := l.stand("vera", "list-restricted")
		as := l.world.As(l.world.Person("vera"))
		ws := as.Open(l)
		ws.Subscribe("1", inline, vars{"after": after, "held": held})
		l.hear(ws)
		l.world.Set("then carl gives vera none list-restricted")
		if hint, said := l.hear(ws); fmt.Sprint(servertest.At(hint, "delta.removals")) != "["+list.ID+"]" {
			l.Fatalf("there comes %s", said)
		}
		l.addContact(carl, list, "after@example.com")
		l.world.Set("then carl renames list-restricted to secret")
		l.addContact(l.world.As(l.world.Person("olga")), l.world.Item("list-common"), "shown@example.com")
		for {
			_, said := l.hear(ws)
			if strings.Contains(said, bare(list.ID)) || strings.Contains(said, "after@") || strings.Contains(said, "secret") {
				l.Fatalf("of what was taken away comes %s", said)
			}
			if strings.Contains(said, bare(l.world.Item("list-common").ID)) {
				break
			}
		}
		a := as.Must(l, changesHeld, vars{"after": after, "held": held})
		if strings.Contains(string(a.Body), "after@") || fmt.Sprint(a.At("changes.rows")) != "[]" && strings.Contains(string(a.Body), "before@") {
			l.Errorf("who says that they hold it is told %s", a.Body)
		}

		// What changes the person ends the connection.
		l.world.Set("then vera becomes manager")
		if code, why := ws.Closed(); code != 1012 {
			l.Errorf("another role closes with %d %s", code, why)
		}
		ws = as.Open(l)
		ws.Subscribe("1", inline, vars{"after": after, "held": held})
		if hint, said := l.hear(ws); servertest.At(hint, "delta") != nil || servertest.At(hint, "workspace") != true {
			l.Errorf("from a cursor that has expired comes %s", said)
		}
		l.world.Set("then vera is deactivated")
		if code, why := ws.Closed(); code != 4401 {
			l.Errorf("whose membership has ended is told %d %s", code, why)
		}
	})
}

// TestHeld brings rows of held buckets with the page that names them.
func TestHeld(t *testing.T) {
	eachLeak(t, func(l *leak) {
		as, olga := l.world.As(l.world.Person("vera")), l.world.As(l.world.Person("olga"))
		after, held := l.stand("vera", "list-common")
		quiet := as.Must(l, changesHeld, vars{"after": after, "held": held})
		if fmt.Sprint(quiet.At("changes.rows")) != "[]" {
			l.Errorf("what has not moved comes: %s", quiet.Body)
		}
		l.addContact(olga, l.world.Item("list-common"), "one@example.com")
		for name, c := range map[string]struct {
			held []vars
			rows bool
		}{
			"one that is held":           {held, true},
			"none":                       {nil, false},
			"another one":                {[]vars{{"bucket": l.world.Item("list-open").ID, "after": held[0]["after"]}}, false},
			"with a cursor of elsewhere": {[]vars{{"bucket": held[0]["bucket"], "after": after}}, false},
			"with no cursor":             {[]vars{{"bucket": held[0]["bucket"], "after": ""}}, false},
			"one that is no bucket":      {[]vars{{"bucket": l.world.Item("template-common").ID, "after": held[0]["after"]}, {"bucket": "?", "after": "?"}}, false},
			"one that is hidden":         {[]vars{{"bucket": l.world.Item("list-there").ID, "after": held[0]["after"]}}, false},
		} {
			a := as.Must(l, changesHeld, vars{"after": after, "held": c.held})
			if (a.At("changes.rows.0.page") != nil) != c.rows || a.At("changes.buckets.0.id") != l.world.Item("list-common").ID {
				l.Errorf("%s: %s", name, a.Body)
			}
		}
		many := make([]vars, 101)
		for i := range many {
			many[i] = held[0]
		}
		if a := as.Ask(l, changesHeld, vars{"after": after, "held": many}); a.Error() != "BAD_USER_INPUT Name at most 100 buckets." {
			l.Errorf("101 buckets: %s", a.Body)
		}
		if a := olga.Must(l, changesHeld, vars{"after": l.pull("olga", olga, nil), "held": held}); fmt.Sprint(a.At("changes.rows")) != "[]" {
			l.Errorf("somebody else's cursor brings %s", a.Body)
		}
	})
}
