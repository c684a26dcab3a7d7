package e2e

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// run is one run of vitest, with the servers that its stories ask for.
type run struct {
	needs
	ctx      context.Context // until all files have been reported
	worlds   *worlds
	address  string // of the control, for the stories
	failures string // folder of pictures and texts of stories that failed
	env      []string

	modules []*module
	start   sync.Once
	ended   chan struct{} // closed when vitest has ended
	said    bytes.Buffer  // what it printed; read after that
}

// module is a file of stories.
type module struct {
	file    string
	results chan results
}

// results are those of a file, as lib/reporter.ts sends them.
type results struct {
	File    string
	Errors  []string
	Stories []struct {
		Name, State string
		Errors      []string
		Seconds     float64
		Unsteady    bool // passed at its second try
	}
}

func newRun(t *testing.T, n needs, env ...string) *run {
	t.Helper()
	failures, err := os.MkdirTemp("", "partage-e2e-")
	if err != nil {
		t.Fatal(err)
	}
	r := &run{needs: n, ctx: t.Context(), worlds: newWorlds(t, n, failures), failures: failures, env: env, ended: make(chan struct{})}
	control := http.NewServeMux()
	control.HandleFunc("POST /results", r.take)
	control.Handle("/", r.worlds)
	server := httptest.NewServer(control)
	r.address = server.URL
	t.Cleanup(func() {
		r.start.Do(func() { close(r.ended) }) // nothing was wanted
		<-r.ended
		server.Close()
		r.worlds.close(t)
		if !t.Failed() {
			_ = os.RemoveAll(failures)
			return
		}
		t.Log("what the pages showed when stories failed is in", failures)
	})
	return r
}

// want says that a file is to be run.
func (r *run) want(t *testing.T, file string) *module {
	t.Helper()
	full, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	m := &module{full, make(chan results, 1)}
	r.modules = append(r.modules, m)
	return m
}

// report waits for the results of a file and makes each of its stories a subtest.
func (r *run) report(t *testing.T, m *module) {
	t.Helper()
	r.start.Do(func() { go r.vitest() })
	var got results
	select {
	case got = <-m.results:
	case <-r.ended:
		select {
		case got = <-m.results: // both were there
		default:
			t.Fatalf("vitest ended before it told of the file:\n%s", &r.said)
		}
	}
	for _, e := range got.Errors {
		t.Error(e)
	}
	for _, s := range got.Stories {
		t.Run(s.Name, func(t *testing.T) {
			switch s.State {
			case "passed":
				t.Logf("%.1f s", s.Seconds)
				if s.Unsteady {
					unsteady(t, s.Errors)
				}
			case "skipped":
				t.Skip("skipped in the file")
			default:
				t.Error(strings.Join(s.Errors, "\n"))
			}
		})
	}
	if len(got.Stories) == 0 && len(got.Errors) == 0 {
		t.Error("the file has no stories")
	}
}

// unsteady says that a story passed at its second try alone, in the file that PARTAGE_E2E_UNSTEADY names, too: go test
// keeps to itself what passing tests say.
func unsteady(t *testing.T, errors []string) {
	t.Helper()
	said := t.Name() + " passed at its second try:\n" + strings.Join(errors, "\n") + "\n"
	t.Log(said)
	name := os.Getenv("PARTAGE_E2E_UNSTEADY")
	if name == "" {
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteString(said)
	if err := cmp.Or(err, f.Close()); err != nil {
		t.Error(err)
	}
}

// vitest runs the files that are wanted. It ends with the test, however that ends: its input is closed then.
func (r *run) vitest() {
	defer close(r.ended)
	args := []string{"node_modules/vitest/vitest.mjs", "run", "--config", "e2e/vitest.config.ts"}
	if story := wantedStory(); story != "" {
		args = append(args, "--testNamePattern", story)
	}
	for _, m := range r.modules {
		args = append(args, m.file)
	}
	c := exec.CommandContext(r.ctx, r.node, args...)
	c.Dir = ".."
	c.Env = append(os.Environ(), append(r.env, "PARTAGE_E2E_CONTROL="+r.address, "PARTAGE_E2E_CHROMIUM="+r.chromium, "PARTAGE_E2E_FAILURES="+r.failures, "NO_COLOR=1")...)
	c.Stdout, c.Stderr = &r.said, &r.said
	input, err := c.StdinPipe()
	if err != nil {
		fmt.Fprintln(&r.said, err)
		return
	}
	c.Cancel, c.WaitDelay = input.Close, 10*time.Second // it ends Chromium, and then itself
	if err := c.Start(); err != nil {
		fmt.Fprintln(&r.said, err)
		return
	}
	if err := c.Wait(); err != nil {
		fmt.Fprintln(&r.said, "vitest:", err)
	}
}

// wantedStory is the third part of -run, which go test would apply only to what has been run; empty for all stories.
func wantedStory() string {
	parts := strings.SplitN(flag.Lookup("test.run").Value.String(), "/", 3)
	if len(parts) < 3 {
		return ""
	}
	return strings.ReplaceAll(parts[2], "_", "[_ ]") // go test writes spaces so
}

// take hands the results of a file to the subtest that waits for them.
func (r *run) take(w http.ResponseWriter, request *http.Request) {
	var got results
	if err := json.NewDecoder(request.Body).Decode(&got); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	i := slices.IndexFunc(r.modules, func(m *module) bool { return m.file == filepath.FromSlash(got.File) })
	if i < 0 {
		http.Error(w, "nobody asked for "+got.File, http.StatusNotFound)
		return
	}
	r.modules[i].results <- got
}
