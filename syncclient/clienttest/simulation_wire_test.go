package clienttest

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// harm is what befalls one exchange between a desktop and the server.
type harm int

const (
	unharmed   harm = iota
	lostAsk         // the server never hears of it
	lostAnswer      // it takes effect, and the answer is lost
	truncated       // the answer breaks off
	doubled         // the server hears it twice, and the second answer arrives
	postponed       // the server hears it once more later, when everything else has moved on
	html            // something between answers in the server's place
	harms
)

// simulatedWire stands between one desktop and the server, on loopback. It harms the request that it was told to, and
// keeps all that it lets through to the desktop.
type simulatedWire struct {
	tb     testing.TB
	target atomic.Pointer[string]
	ask    *http.Client
	url    string

	mu     sync.Mutex
	next   harm
	after  int // requests until then
	struck func(posted bool)
	lie    lie
	told   bytes.Buffer
	late   []*recorded
}

// recorded is a request that can be sent again.
type recorded struct {
	method, path string
	header       http.Header
	body         []byte
}

func newWire(tb testing.TB, target string) *simulatedWire {
	tb.Helper()
	w := &simulatedWire{tb: tb, ask: &http.Client{Transport: &http.Transport{DisableCompression: true}}}
	w.target.Store(&target)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(tb, err)
	w.url = "http://" + l.Addr().String()
	server := &http.Server{Handler: w}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = server.Serve(l) }()
	tb.Cleanup(func() { _ = server.Close(); <-ended; w.ask.CloseIdleConnections() })
	return w
}

// arm harms a request of those to come; struck is called before the desktop learns of it.
func (w *simulatedWire) arm(h harm, after int, struck func(posted bool)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.next, w.after, w.struck = h, after, struck
}

// due is what befalls this request.
func (w *simulatedWire) due(r *recorded) (harm, func(bool)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.next == unharmed {
		return unharmed, nil
	}
	if w.after--; w.after > 0 {
		return unharmed, nil
	}
	h, struck := w.next, w.struck
	w.next = unharmed
	if h == postponed {
		w.late = append(w.late, r)
		return unharmed, nil
	}
	return h, struck
}

func (w *simulatedWire) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r := &recorded{in.Method, in.URL.RequestURI(), in.Header.Clone(), body}
	h, struck := w.due(r)
	if h == html {
		out.Header().Set("Content-Type", "text/html")
		out.WriteHeader([]int{200, 403, 502}[len(body)%3])
		_, _ = out.Write([]byte("<html>sign in to the network</html>"))
		return
	}
	if h == lostAsk {
		struck(in.Method == http.MethodPost)
		panic(http.ErrAbortHandler)
	}
	if answer := w.lie.swallowed(r); answer != nil {
		out.Header().Set("Content-Type", "application/json")
		_, _ = out.Write(answer)
		return
	}
	status, header, answer, err := w.send(r)
	if h == doubled && err == nil {
		status, header, answer, err = w.send(r)
	}
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if h == lostAnswer {
		struck(in.Method == http.MethodPost)
		panic(http.ErrAbortHandler)
	}
	w.mu.Lock()
	w.told.Write(answer)
	w.mu.Unlock()
	answer = w.lie.untrue(answer)
	header.Del("Content-Length")
	for name, values := range header {
		out.Header()[name] = values
	}
	if h == truncated {
		out.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	}
	out.WriteHeader(status)
	if h == truncated {
		_, _ = out.Write(answer[:len(answer)/2])
		struck(in.Method == http.MethodPost)
		panic(http.ErrAbortHandler)
	}
	_, _ = out.Write(answer)
}

// send lets the server answer a request, unpacked, so that what is told can be read.
func (w *simulatedWire) send(r *recorded) (int, http.Header, []byte, error) {
	again, err := http.NewRequest(r.method, *w.target.Load()+r.path, bytes.NewReader(r.body))
	if err != nil {
		return 0, nil, nil, err
	}
	again.Header = r.header.Clone()
	again.Header.Del("Accept-Encoding")
	said, err := w.ask.Do(again)
	if err != nil {
		return 0, nil, nil, err
	}
	defer said.Body.Close()
	answer, err := io.ReadAll(said.Body)
	return said.StatusCode, said.Header, answer, err
}

// replay has the server hear one of the postponed requests; nobody waits for the answer.
func (w *simulatedWire) replay(rng *rand.Rand) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.late) == 0 {
		return
	}
	_, _, answer, err := w.send(w.late[rng.IntN(len(w.late))])
	must(w.tb, err)
	w.told.Write(answer)
}

// hears reports whether a text ever came over this wire.
func (w *simulatedWire) hears(text string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Contains(w.told.String(), text)
}
