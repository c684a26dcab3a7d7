package graph_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// loadVariable is the environment variable that makes this test binary the source of a load.
const loadVariable = "GRAPHTEST_LOAD"

// loaders is how many ask at once, each over a connection of its own.
const loaders = 16

func TestMain(m *testing.M) {
	if order := os.Getenv(loadVariable); order != "" {
		if err := beLoad(order); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// loadOrder says what to ask again and again, as whom, and what each answer holds how often.
type loadOrder struct {
	URL, Body string
	Tokens    []string
	Holds     string
	Times     int
}

// load is a process that asks the server: whatever it costs, it is not the server's.
type load struct {
	orders  io.Writer
	answers *bufio.Reader
}

func startLoad(b *testing.B, o loadOrder) *load {
	b.Helper()
	order, err := json.Marshal(o)
	if err != nil {
		b.Fatal(err)
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), loadVariable+"="+string(order))
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := child.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		in.Close()
		if err := child.Wait(); err != nil {
			b.Errorf("the load ended with: %v", err)
		}
	})
	return &load{in, bufio.NewReader(out)}
}

// run has n requests made and returns how many a second.
func (l *load) run(b *testing.B, n int) (rate float64) {
	b.Helper()
	if _, err := fmt.Fprintln(l.orders, n); err != nil {
		b.Fatal(err)
	}
	if _, err := fmt.Fscanln(l.answers, &rate); err != nil {
		b.Fatalf("the load says nothing: %v", err)
	}
	return rate
}

// beLoad is what the child process does: for each number on its input it makes that many requests and says
// how many a second.
func beLoad(order string) error {
	var o loadOrder
	if err := json.Unmarshal([]byte(order), &o); err != nil {
		return err
	}
	host := strings.TrimPrefix(o.URL, "http://")
	askers := make([]asker, loaders)
	for i := range askers {
		conn, err := net.Dial("tcp", host)
		if err != nil {
			return err
		}
		askers[i] = asker{o, host, conn, bufio.NewReader(conn)}
	}
	for {
		var n int
		if _, err := fmt.Scanln(&n); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		failed := make(chan error, loaders)
		var wg sync.WaitGroup
		began := time.Now()
		for i := range askers {
			wg.Go(func() {
				for range n / loaders {
					if err := askers[i].ask(); err != nil {
						failed <- err
						return
					}
				}
			})
		}
		wg.Wait()
		select {
		case err := <-failed:
			return err
		default:
			fmt.Println(float64(n/loaders*loaders) / time.Since(began).Seconds())
		}
	}
}

// asker makes requests over one connection with as little work as it takes.
type asker struct {
	loadOrder
	host    string
	conn    net.Conn
	answers *bufio.Reader
}

func (a *asker) ask() error {
	token := a.Tokens[rand.IntN(len(a.Tokens))]
	_, err := fmt.Fprintf(a.conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		a.host, token, len(a.Body), a.Body)
	if err != nil {
		return err
	}
	answer, err := http.ReadResponse(a.answers, nil)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(answer.Body)
	if n := strings.Count(string(body), a.Holds); err != nil || n != a.Times {
		return fmt.Errorf("%d times %s: %.300s %w", n, a.Holds, body, err)
	}
	return nil
}
