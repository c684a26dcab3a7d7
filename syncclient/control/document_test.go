package control

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestNode runs the example of CONTROL.md as it stands there.
func TestNode(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("node is not installed: the example of CONTROL.md is not tried")
	}
	document, err := os.ReadFile("CONTROL.md")
	if err != nil {
		t.Fatal(err)
	}
	program := "const path = process.argv[2]\n"
	for i, part := range strings.Split(string(document), "```js\n") {
		if i > 0 {
			code, _, _ := strings.Cut(part, "```")
			program += code
		}
	}
	file := filepath.Join(t.TempDir(), "client.mjs")
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	b := setup(t)
	b.drive()
	b.expect("run")
	b.f.synced <- nil
	out, err := exec.Command(node, file, b.Path()).CombinedOutput()
	if err != nil || string(out) != "current\n" {
		t.Fatalf("%v: %s", err, out)
	}
	b.expect("run ended", "sync", "sync ended", "run")
}
