package clienttest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient"
)

const libpartage = "../cmd/libpartage"

// clib is libpartage.so, built once for a test, and the compiler of the programs that use it.
type clib struct {
	t       *testing.T
	dir, cc string
}

// buildLibrary builds the library as its README says. The test is skipped where there is no C compiler.
func buildLibrary(t *testing.T) clib {
	t.Helper()
	l := clib{t, t.TempDir(), program(t, "gcc")}
	l.run(exec.Command("go", "build", "-buildmode=c-shared", "-o", filepath.Join(l.dir, "libpartage.so"), libpartage))
	return l
}

// program finds a program; where it is missing, the test is skipped, or fails in CI.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		lacking(t, err.Error())
	}
	return path
}

func lacking(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// compile makes a program of one C file, with all warnings, and returns its path.
func (l clib) compile(source string, more ...string) string {
	l.t.Helper()
	out := filepath.Join(l.dir, strings.TrimSuffix(filepath.Base(source), ".c"))
	args := []string{"-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror", "-I" + libpartage, source, "-L" + l.dir, "-lpartage", "-Wl,-rpath," + l.dir, "-o", out}
	l.run(exec.Command(l.cc, append(args, more...)...))
	return out
}

// run returns what a command prints.
func (l clib) run(c *exec.Cmd) string {
	l.t.Helper()
	out, err := c.CombinedOutput()
	if err != nil {
		l.t.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
	return string(out)
}

// TestLibrary: programs in C use the library against a real server.
func TestLibrary(t *testing.T) {
	t.Parallel()
	l := buildLibrary(t)
	s := servertest.Start(t, storetest.Config(t, "sqlite3"))
	w := populate(t, s)
	list := w.list("customers", rows("one", 5))
	w.campaign("Spring")
	w.campaign("Autumn")
	environment := append(os.Environ(), "PARTAGE_PASSWORD="+password)

	t.Run("runs the example", func(t *testing.T) {
		l.t = t
		if _, err := os.Stat("/usr/include/sqlite3.h"); err != nil {
			lacking(t, err.Error())
		}
		path, data := l.compile("../examples/c/contact.c"), t.TempDir()
		example := func(city, want string) error {
			c := exec.Command(path, s.URL, w.anna.email, data, "one.000001@example.com", city)
			c.Env = environment
			out, err := c.CombinedOutput()
			want = "signed in as anna@example.com\ncampaigns: Autumn, Spring\none.000001@example.com is in customers\n" + want
			if !strings.HasPrefix(string(out), want) {
				t.Fatalf("it says %q", out)
			}
			return err
		}
		must(t, example("Namur", "the server has it\n"))
		d := w.desk(w.anna)
		d.sync()
		// What is wrong with another contact says nothing of this one.
		own := w.signedIn(w.anna, syncclient.Config{Server: s.URL, Data: data}).client.Editor(d.login, d.account)
		_, err := own.Create(t.Context(), syncclient.KindContact, list.String(), map[string]any{"email": "nonsense"})
		must(t, err)
		must(t, example("Montréal", "the server has it\n"))
		d.sync()
		d.sync()
		if city := d.value(d.fileOf(list), `SELECT city FROM contacts WHERE email LIKE 'one.000001%'`); city != "Montréal" {
			t.Fatalf("elsewhere the city is %q", city)
		}
		id := d.value(d.fileOf(list), `SELECT id FROM contacts WHERE email LIKE 'one.000001%'`)
		must(t, own.Change(t.Context(), syncclient.KindContact, list.String(), id, map[string]any{"city": "Nice"}))
		d.write(d.fileOf(list), `UPDATE contacts SET city = 'Lyon' WHERE id = ?`, id)
		d.sync()
		var ended *exec.ExitError
		if err := example("Brest", "others have changed the same; decide by resolve "); !errors.As(err, &ended) || ended.ExitCode() != 1 {
			t.Errorf("with a conflict it ends with %v", err)
		}
	})
	t.Run("stands wrong use, threads, and several accounts at once", func(t *testing.T) {
		l.t = t
		c := exec.Command(l.compile("testdata/abuse.c", "-pthread"), s.URL, w.anna.email, w.chloe.email, t.TempDir(), list.String())
		c.Env = environment
		if out := l.run(c); out != "" {
			t.Fatalf("it says %q", out)
		}
	})
	t.Run("is loaded while a program runs, as .NET and Python do", func(t *testing.T) {
		l.t = t
		c := exec.Command(program(t, "python3"), "-c", `
import ctypes, json, os, sys
lib = ctypes.CDLL(sys.argv[1])
for name in 'version login open ask next'.split(): getattr(lib, 'partage_' + name).restype = ctypes.c_void_p
def text(p):
    said = ctypes.string_at(p).decode()
    lib.partage_free(ctypes.c_void_p(p))
    return json.loads(said)
config = json.dumps({'server': sys.argv[2], 'data': sys.argv[4], 'credentials': 'files'}).encode()
assert text(lib.partage_login(config, sys.argv[3].encode(), os.environ['PARTAGE_PASSWORD'].encode()))['ok']
account = ctypes.c_size_t(lib.partage_open(config, None))
assert text(lib.partage_ask(account, b'{"id":1,"do":"sync"}'))['ok']
assert text(lib.partage_next(account, ctypes.c_int64(0)))['event'] == 'started'
print(text(lib.partage_ask(account, b'{"id":1,"do":"status"}'))['status']['campaigns'])
lib.partage_close(account)
`, filepath.Join(l.dir, "libpartage.so"), s.URL, w.anna.email, t.TempDir())
		c.Env = environment
		if out := l.run(c); out != "2\n" {
			t.Fatalf("it says %q", out)
		}
	})
	t.Run("points to the socket of a partage-sync that runs", func(t *testing.T) {
		l.t = t
		data := t.TempDir()
		c := exec.Command(l.compile("testdata/inuse.c"), data, startProgram(t, w, data))
		if out := l.run(c); out != "" {
			t.Fatalf("it says %q", out)
		}
	})
}

// buildProgram builds partage-sync.
func buildProgram(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "partage-sync")
	if out, err := exec.Command("go", "build", fmt.Sprintf("-race=%t", servertest.Raced), "-o", path, "../cmd/partage-sync").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// startProgram signs Anna in and has a partage-sync follow her account until the test ends. It returns where that listens.
func startProgram(t *testing.T, w *world, data string) string {
	t.Helper()
	path := buildProgram(t)
	options := []string{"--server", w.URL, "--data", data, "--credentials", "files"}
	login := exec.Command(path, append([]string{"login", "--email", w.anna.email, "--password-stdin"}, options...)...)
	login.Stdin = strings.NewReader(password)
	if out, err := login.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	follow := exec.Command(path, append([]string{"run", "--json"}, options...)...)
	printed, err := follow.StdoutPipe()
	must(t, err)
	must(t, follow.Start())
	t.Cleanup(func() {
		must(t, follow.Process.Signal(os.Interrupt))
		_, _ = io.Copy(io.Discard, printed)
		must(t, follow.Wait())
	})
	var started struct{ Control string }
	must(t, json.NewDecoder(printed).Decode(&started))
	return started.Control
}
