package hosted

import (
	"sync"
	"time"

	"github.com/partage-mail/partage/syncclient/control"
)

// What a queue holds at most, so that a host which asks for no events loses them and nothing else.
const (
	maxEvents = 1024
	maxBytes  = 1 << 20
)

// queue holds events that the host has not asked for. What is too much goes from its old end, and is counted. It is safe
// for use by several goroutines.
type queue struct {
	mu     sync.Mutex
	lines  [][]byte
	bytes  int
	missed int
	ended  bool
	more   chan struct{} // has one where lines may be there
	over   chan struct{} // closed when nothing is added any more
}

func newQueue() *queue {
	return &queue{more: make(chan struct{}, 1), over: make(chan struct{})}
}

func (q *queue) add(line []byte) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended {
		return
	}
	q.lines, q.bytes = append(q.lines, line), q.bytes+len(line)
	for len(q.lines) > maxEvents || q.bytes > maxBytes && len(q.lines) > 1 {
		q.bytes -= len(q.lines[0])
		q.lines = q.lines[1:]
		q.missed++
	}
	q.signal()
}

// end adds the last event.
func (q *queue) end(line []byte) {
	q.add(line)
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.ended {
		q.ended = true
		close(q.over)
	}
}

// next returns the oldest event. It waits for one so long, or as long as it takes where that is negative; nil where none
// came, or nothing is added any more.
func (q *queue) next(wait time.Duration) []byte {
	var late <-chan time.Time
	if wait >= 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		late = timer.C
	}
	for {
		if line := q.take(); line != nil {
			return line
		}
		select {
		case <-q.more:
		case <-q.over:
			return q.take()
		case <-late:
			return q.take()
		}
	}
}

func (q *queue) take() []byte {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.missed > 0 {
		line := control.Missed{Events: q.missed}.Line(time.Now())
		q.missed = 0
		q.signal()
		return line
	}
	if len(q.lines) == 0 {
		return nil
	}
	line := q.lines[0]
	q.lines, q.bytes = q.lines[1:], q.bytes-len(line)
	if len(q.lines) > 0 {
		q.signal()
	}
	return line
}

func (q *queue) signal() {
	select {
	case q.more <- struct{}{}:
	default:
	}
}
