package architecture

import (
	"fmt"
	"go/ast"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// systems are the places of the product, tests aside, that read past the visibility rule, each with the
// reason it states. They are few on purpose: before you add one, look for a way to ask as the viewer.
func systems() []string {
	return []string{
		"graph/read/access.go: an owner is shown what others have on campaigns",
		"graph/read/history_line.go: the history names people who have left, to owners",
		"server/app/key.go: the keys that seal belong to the installation",
		"server/demo/demo.go: the demo looks whether the server is fresh",
		"server/feed/retention.go: old entries of every account's feed are removed",
		"server/identity/identity.go: identity finds out who is asking and what they may open",
		"server/intake/intake.go: a job goes on as long as whoever asked for it may do that",
		"server/jobs/note.go: the queue works on jobs of all accounts",
		"server/library/bin.go: erasing what was deleted long ago, in every account",
		"server/mailing/outbox.go: the operator reads the local outbox",
		"server/sharing/people.go: whoever sees an item is told who else does, and those who govern it change it",
		"server/team/accept.go: who holds an invitation's link is let in, and is nobody in the account yet",
		"server/team/leaving.go: the edges of a person who leaves the account go with them",
	}
}

// writers are the places that let generated builders change rows: the one that owns transactions.
func writers() []string {
	return []string{"server/store/transaction.go: "}
}

func TestViewerSystem(t *testing.T) {
	t.Run("is called where it is listed", func(t *testing.T) {
		expect(t, compare(systems(), viewerCalls(sources(t), "System")))
	})
	t.Run("refuses a new call and a listed one that is gone", func(t *testing.T) {
		calls := viewerCalls(invented(t, "server/x/x.go", `package x
			func f() { g(viewer.System(ctx, "in a hurry")) }`), "System")
		expect(t, compare([]string{"server/y/y.go: gone"}, calls),
			"server/x/x.go: in a hurry is not listed", "server/y/y.go: gone is not there")
	})
	t.Run("refuses a second call with the same words", func(t *testing.T) {
		calls := viewerCalls(invented(t, "server/x/x.go", `package x
			func f() { g(viewer.System(ctx, "twice"), viewer.System(ctx, "twice")) }`), "System")
		expect(t, compare([]string{"server/x/x.go: twice"}, calls), "server/x/x.go: twice is not listed")
	})
}

func TestViewerWriting(t *testing.T) {
	t.Run("is called by the owner of transactions alone", func(t *testing.T) {
		expect(t, compare(writers(), viewerCalls(sources(t), "Writing")))
	})
}

// viewerCalls returns where the product, tests aside, calls a function of ent/viewer: the file, and the
// reason it gives. A reason must be written out, so that this list can be read.
func viewerCalls(all []source, name string) (calls []string) {
	rows, _ := parseTable(importTable)
	for _, s := range all {
		forTests := slices.ContainsFunc(rows, func(r row) bool { return r.test && r.name == s.pkg })
		if s.test || s.generated || forTests {
			continue
		}
		s.calls("viewer", name, func(call *ast.CallExpr) {
			reason := ""
			if len(call.Args) > 1 {
				reason = "(computed)"
				if text, ok := call.Args[1].(*ast.BasicLit); ok {
					reason, _ = strconv.Unquote(text.Value)
				}
			}
			calls = append(calls, s.path+": "+reason)
		})
	}
	return calls
}

// compare finds what is there and not listed, and what is listed and not there.
func compare(listed, there []string) (found []string) {
	listed = slices.Clone(listed)
	for _, c := range there {
		if i := slices.Index(listed, c); i >= 0 {
			listed = slices.Delete(listed, i, i+1)
			continue
		}
		found = append(found, fmt.Sprintf("%s is not listed in %s", c, "server/architecture"))
	}
	for _, c := range listed {
		found = append(found, fmt.Sprintf("%s is not there, or no more; take it off the list", strings.TrimSuffix(c, ": ")))
	}
	return found
}
