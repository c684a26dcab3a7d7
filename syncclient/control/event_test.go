package control

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient"
)

// example is an event, and how it goes over the wire but for what all have.
type example struct {
	event syncclient.Event
	line  string
}

// events has one event of each type, with its line.
func events() []example {
	err := errors.New("the server is away")
	return []example{
		{syncclient.Connected{}, `"connected"}`},
		{syncclient.Disconnected{Err: err}, `"disconnected","why":"The server is away."}`},
		{syncclient.WalkStarted{Reason: "EXPIRED", Name: "A"}, `"walk","name":"A","reason":"EXPIRED"}`},
		{syncclient.WorkspacePage{Changed: 1, Removed: 2}, `"workspace","changed":1,"removed":2,"walking":false}`},
		{syncclient.RowsPage{Item: "i", Name: "A", Done: 3, Total: 4}, `"rows","item":"i","name":"A","done":3,"total":4,"changed":0,"removed":0,"walking":false,"complete":false}`},
		{syncclient.Pushed{Applied: 3, Merged: 1, Refused: 2}, `"pushed","applied":3,"merged":1,"refused":2}`},
		{
			syncclient.Changed{Kind: "contact", Item: "i", IDs: []string{"a"}},
			`"changed","kind":"contact","item":"i","ids":["a"],"removed":[],"many":false}`,
		},
		{syncclient.EditsWait{Err: err, For: 1500 * time.Millisecond}, `"editsWait","why":"The server is away.","waitMs":1500}`},
		{syncclient.Waiting{Err: err, For: time.Second}, `"waiting","why":"The server is away.","waitMs":1000}`},
		{syncclient.Reborn{Why: "copy"}, `"reborn","reason":"copy"}`},
		{syncclient.UpToDate{Held: 1}, `"upToDate","held":1}`},
		{syncclient.Lost{Name: "A", Why: err}, `"lost","name":"A","why":"The server is away."}`},
		{syncclient.ImageRefused{Name: "A", Err: err}, `"imageRefused","name":"A","why":"The server is away."}`},
		{syncclient.HeldBack{Name: "A"}, `"heldBack","name":"A","why":""}`},
		{syncclient.Locked{}, `"locked"}`},
		{syncclient.Unlocked{}, `"unlocked"}`},
		{syncclient.Erased{}, `"erased"}`},
		{syncclient.Diverged{Item: "i", Name: "A", Parts: 1, Rows: 2}, `"diverged","item":"i","name":"A","parts":1,"rows":2,"why":""}`},
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("CONTROL.md")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.FixedZone("", 3600))
	names := map[string]bool{}
	for _, x := range events() {
		e, want := x.event, x.line
		got := string(lineOf(e, at))
		name, rest, _ := strings.Cut(strings.TrimPrefix(got, `{"event":`), `,"at":"2026-11-22T11:00:00Z"`)
		if name+rest != want+"\n" {
			t.Errorf("%T is %s", e, got)
		}
		names[name] = true
		if !strings.Contains(string(document), "`"+strings.Trim(name, `"`)+"`") {
			t.Errorf("CONTROL.md does not have %s", name)
		}
		var fields map[string]any
		if err := json.Unmarshal([]byte(got), &fields); err != nil {
			t.Error(err)
		}
		for field := range fields {
			if !strings.Contains(string(document), "`"+field+"`") {
				t.Errorf("CONTROL.md does not have the field %s of %s", field, name)
			}
		}
	}
	if len(names) != len(events()) {
		t.Errorf("%d names for %d events", len(names), len(events()))
	}
	if known := declared(t); known != len(events()) {
		t.Errorf("the library has %d events, the wire %d", known, len(events()))
	}
}

// declared counts the events of the library.
func declared(t *testing.T) int {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../event.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "event" {
			n++
		}
	}
	return n
}
