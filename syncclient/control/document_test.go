package control

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestNode runs the example of CONTROL.md as it stands there, and has it speak to somebody who goes away.
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
	program += `
const gone = net.createServer(socket => socket.destroy()).listen(0, '127.0.0.1', async () => {
  const socket = net.connect(gone.address().port, '127.0.0.1'), left = open(socket, () => {})
  socket.on('close', async () => {
    await left.ask('status').catch(() => console.log('ended'))
    gone.close()
  })
  left.ask('status').catch(() => console.log('ended'))
})`
	file := filepath.Join(t.TempDir(), "client.mjs")
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	b := setup(t)
	b.drive()
	b.expect("run")
	b.f.synced <- nil
	out, err := exec.Command(node, file, b.Path()).CombinedOutput()
	if err != nil || string(out) != "current\nended\nended\n" {
		t.Fatalf("%v: %s", err, out)
	}
	b.expect("run ended", "sync", "sync ended", "run")
}

// TestDocument holds CONTROL.md against the code: each request with its fields, and each code.
func TestDocument(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("CONTROL.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if name, rest, ok := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); ok && strings.HasPrefix(line, "| `") {
			rows[name] += rest
		}
	}
	for name, with := range requests() {
		if rows[name] == "" {
			t.Errorf("CONTROL.md does not have the request %s", name)
		}
		takes, _, _ := strings.Cut(rows[name], " | ")
		for _, field := range reflect.VisibleFields(reflect.TypeOf(with).Elem()) {
			tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !field.Anonymous && (tag == "" || !strings.Contains(takes, "`"+tag+"`")) {
				t.Errorf("CONTROL.md does not have the field %q (%s) of %s", tag, field.Name, name)
			}
		}
	}
	code, err := os.ReadFile("errors.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`Code = "([A-Z_]+)"`).FindAllStringSubmatch(string(code), -1)
	for _, m := range codes {
		if rows[m[1]] == "" {
			t.Errorf("CONTROL.md does not have the code %s", m[1])
		}
	}
	if len(codes) < 10 {
		t.Errorf("only %d codes were found", len(codes))
	}
}
