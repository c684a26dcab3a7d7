package clienttest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

const nodeExample = "../examples/node"

// TestNode: a program in Node, as the main process of an Electron application, runs partage-sync as its child, reads and
// writes the copy by SQL, and resolves a conflict over the socket.
func TestNode(t *testing.T) {
	t.Parallel()
	node := program(t, "node")
	if _, err := os.Stat(filepath.Join(nodeExample, "node_modules", "better-sqlite3")); err != nil {
		lacking(t, "the modules of syncclient/examples/node are not installed: npm ci there")
	}
	partageSync := buildProgram(t)
	// Elsewhere there is no socket for Node: told that this is Windows, it does without.
	elsewhere := "data:text/javascript,Object.defineProperty(process,'platform',{value:'win32'})"
	for name, arguments := range map[string][]string{"by the socket": nil, "by a relay": {"--import", elsewhere}} {
		t.Run("edits offline and resolves a conflict "+name, func(t *testing.T) {
			w := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
			w.list("customers", rows("one", 5))
			w.campaign("Spring")
			w.campaign("Autumn")
			c := exec.Command(node, append(arguments, "main.js", partageSync, w.URL, w.anna.email, t.TempDir())...)
			c.Dir = nodeExample
			c.Env = append(os.Environ(), "PARTAGE_PASSWORD="+password)
			out, err := c.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for _, line := range []string{
				"campaigns: Autumn, Spring", "one.000000@example.com is in customers", "edited offline: { city: 'Lyon', state: 'pending' }",
				"sent 1 edit(s)", "the API has: { city: 'Lyon', ", "mine: { company: 'one company, mine' }",
				"theirs: { company: 'one company, theirs' }", "resolved, the API has: { city: 'Lyon', company: 'one company, mine'",
			} {
				if !strings.Contains(string(out), line) {
					t.Errorf("it does not say %q:\n%s", line, out)
				}
			}
		})
	}
	t.Run("is the client of CONTROL.md", func(t *testing.T) {
		module, err := os.ReadFile(filepath.Join(nodeExample, "control.js"))
		must(t, err)
		document, err := os.ReadFile("../control/CONTROL.md")
		must(t, err)
		_, function, found := strings.Cut(string(module), "export ")
		if !found || !strings.Contains(string(document), function) {
			t.Fatalf("CONTROL.md does not have it as it stands in control.js:\n%s", function)
		}
	})
}
