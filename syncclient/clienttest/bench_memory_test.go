package clienttest

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkMemory is the memory of W1: the most that a server and a client ever had, each a program of its own, while a
// mirror is filled with a large list for the first time: by pages, and by an image, which the server makes on the way.
func BenchmarkMemory(b *testing.B) {
	program := filepath.Join(b.TempDir(), "partage")
	if out, err := exec.Command("go", "build", "-o", program, "../../server").CombinedOutput(); err != nil {
		b.Fatalf("building the server: %v\n%s", err, out)
	}
	for _, dialect := range []string{"sqlite3", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			c := storetest.Config(b, dialect)
			w := fillAlone(b, c)
			for _, way := range []string{"pages", "image"} {
				b.Run(way, func(b *testing.B) {
					for b.Loop() {
						w.tb = b
						server, address := running(b, program, c)
						if w.URL = address; way == "pages" {
							w.URL = withoutImages(b, address)
						}
						b.ReportMetric(alone(b, w), "client-MB")
						b.ReportMetric(peak(server.Process.Pid), "server-MB")
						must(b, server.Process.Signal(syscall.SIGTERM))
						must(b, server.Wait())
					}
				})
			}
		})
	}
}

// fillAlone puts an account with a large list into a database, on which no server is then.
func fillAlone(b *testing.B, c store.Config) *world {
	b.Helper()
	a, err := app.New(b.Context(), app.Config{Store: c})
	must(b, err)
	defer a.Close()
	w := populate(b, &servertest.Server{App: a})
	w.list("large", rows("mark", size()))
	return w
}

// running starts a server in a process of its own and returns it with its address.
func running(b *testing.B, program string, c store.Config) (*exec.Cmd, string) {
	b.Helper()
	args := []string{"--listen", "127.0.0.1:0", "--data", c.DataDir}
	if c.URL != "" {
		args = append(args, "--database", c.URL)
	}
	server := exec.Command(program, args...)
	said, err := server.StderrPipe()
	must(b, err)
	must(b, server.Start())
	b.Cleanup(func() { _ = server.Process.Kill() })
	lines := bufio.NewScanner(said)
	serving := regexp.MustCompile(`msg=serving address=(\S+)`)
	for lines.Scan() {
		if found := serving.FindStringSubmatch(lines.Text()); found != nil {
			go func() {
				for lines.Scan() { // so that it never waits for a reader
				}
			}()
			return server, found[1]
		}
	}
	b.Fatal("the server ended by itself")
	return nil, ""
}

// withoutImages returns the address of a server that has no images of another.
func withoutImages(b *testing.B, server string) string {
	b.Helper()
	to, err := url.Parse(server)
	must(b, err)
	pass := httputil.NewSingleHostReverseProxy(to)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/sync/image/") {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		pass.ServeHTTP(w, r)
	}))
	b.Cleanup(s.Close)
	return s.URL
}

// peak returns the most memory that a process ever had, in megabytes; 0 where the system does not tell.
func peak(process int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0
	}
	return peakOf(string(status))
}

func peakOf(status string) (MB float64) {
	for _, line := range strings.Split(status, "\n") {
		_, _ = fmt.Sscanf(line, "VmHWM: %f kB", &MB)
	}
	return MB / 1024
}
