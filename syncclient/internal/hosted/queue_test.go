package hosted

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestQueue(t *testing.T) {
	t.Parallel()
	t.Run("gives events in order, each once", func(t *testing.T) {
		t.Parallel()
		q := newQueue()
		for i := range 5 {
			q.add(fmt.Appendf(nil, "%d", i))
		}
		for i := range 5 {
			if got := string(q.next(-1)); got != fmt.Sprint(i) {
				t.Fatalf("got %q, not %d", got, i)
			}
		}
		if got := q.next(0); got != nil {
			t.Fatalf("got %q", got)
		}
	})
	t.Run("waits for one, so long and no longer", func(t *testing.T) {
		t.Parallel()
		q := newQueue()
		got := make(chan []byte)
		go func() { got <- q.next(-1) }()
		q.add([]byte("a"))
		if line := <-got; string(line) != "a" {
			t.Fatalf("got %q", line)
		}
		if line := q.next(time.Millisecond); line != nil {
			t.Fatalf("got %q", line)
		}
	})
	t.Run("loses the oldest where nobody asks, and says how many", func(t *testing.T) {
		t.Parallel()
		q := newQueue()
		for i := range maxEvents + 3 {
			q.add(fmt.Appendf(nil, "%d", i))
		}
		if got := string(q.next(0)); !strings.HasPrefix(got, `{"event":"missed"`) || !strings.HasSuffix(got, "\"events\":3}\n") {
			t.Fatalf("got %q", got)
		}
		if got := string(q.next(0)); got != "3" {
			t.Fatalf("got %q", got)
		}
		big := bytes.Repeat([]byte("x"), maxBytes)
		q.add(big)
		if got := string(q.next(0)); !strings.HasSuffix(got, fmt.Sprintf("\"events\":%d}\n", maxEvents-1)) {
			t.Fatalf("got %q", got)
		}
		if got := q.next(0); len(got) != maxBytes || q.bytes != 0 {
			t.Fatalf("%d bytes, and %d are left", len(got), q.bytes)
		}
	})
	t.Run("wakes all for whom there is something", func(t *testing.T) {
		t.Parallel()
		for range 500 {
			q := newQueue()
			var waiting sync.WaitGroup
			for range 4 {
				waiting.Go(func() { q.next(-1) })
			}
			runtime.Gosched() // some wait by now, others come when lines are there
			for range 4 {
				q.add([]byte("line"))
			}
			waiting.Wait()
		}
	})
	t.Run("ends for all who wait", func(t *testing.T) {
		t.Parallel()
		q := newQueue()
		lines := make(chan []byte, 4)
		var waiting sync.WaitGroup
		for range cap(lines) {
			waiting.Go(func() { lines <- q.next(-1) })
		}
		q.end([]byte("last"))
		waiting.Wait()
		close(lines)
		last := 0
		for line := range lines {
			if string(line) == "last" {
				last++
			} else if line != nil {
				t.Errorf("got %q", line)
			}
		}
		q.add([]byte("later"))
		if line := q.next(-1); last != 1 || line != nil {
			t.Fatalf("the last event came %d times, then %q", last, line)
		}
	})
}
