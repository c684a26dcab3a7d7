//go:build unix

package clienttest

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"

	"github.com/partage-mail/partage/syncclient/browse"
)

// terminal is one on which the terminal client runs. It carries out what a terminal of the kind ansi knows.
type terminal struct {
	tb   testing.TB
	keys *os.File
	end  func()

	mu       sync.Mutex
	cells    [high][wide]rune
	row, col int
	// full: what is printed next begins the next line; insert: it moves what stands behind.
	full, insert bool
	// top and bottom are the lines between which it scrolls.
	top, bottom int
	drawn       chan struct{}
}

const high, wide = 30, 110

// show runs the terminal client until the test, or end, ends it.
func show(tb testing.TB, cfg browse.Config) *terminal {
	tb.Helper()
	keys, tty, err := pty.Open()
	must(tb, err)
	must(tb, pty.Setsize(tty, &pty.Winsize{Rows: high, Cols: wide}))
	t := &terminal{tb: tb, keys: keys, bottom: high - 1, drawn: make(chan struct{}, 1)}
	t.erase(0, 0, high, wide)
	cfg.In, cfg.Out, cfg.Environ = tty, tty, []string{"TERM=ansi"}
	ended, read := make(chan error, 1), make(chan struct{})
	go func() {
		ended <- browse.Run(context.Background(), cfg)
		_ = tty.Close()
	}()
	go func() {
		defer close(read)
		t.read()
	}()
	t.end = sync.OnceFunc(func() {
		_, _ = keys.WriteString("\x03y") // ctrl+c, and yes where it asks
		if err := <-ended; err != nil {
			tb.Errorf("the terminal client ended with %v", err)
		}
		<-read
		_ = keys.Close()
	})
	tb.Cleanup(t.end)
	return t
}

// read carries out what the client writes, until it ends.
func (t *terminal) read() {
	parser := ansi.NewParser()
	parser.SetHandler(ansi.Handler{Print: t.print, Execute: t.control, HandleCsi: t.command, HandleEsc: t.escape})
	b := make([]byte, 4096)
	for {
		n, err := t.keys.Read(b)
		if err != nil {
			return
		}
		t.mu.Lock()
		parser.Parse(b[:n])
		t.mu.Unlock()
		select {
		case t.drawn <- struct{}{}:
		default:
		}
	}
}

func (t *terminal) print(r rune) {
	if t.full {
		t.col = 0
		t.down()
	}
	if t.insert {
		t.shift(1)
	}
	t.cells[t.row][t.col] = r
	t.full = t.col == wide-1
	t.to(t.row, t.col+1)
}

// to moves the cursor, on the screen.
func (t *terminal) to(row, col int) {
	t.row, t.col = max(0, min(row, high-1)), max(0, min(col, wide-1))
}

func (t *terminal) down() {
	t.full = false
	if t.row == t.bottom {
		t.scroll(t.top, 1)
	} else {
		t.to(t.row+1, t.col)
	}
}

func (t *terminal) control(b byte) {
	switch b {
	case '\n':
		t.down()
	case '\r':
		t.to(t.row, 0)
	case '\b':
		t.to(t.row, t.col-1)
	case '\t':
		t.to(t.row, t.col/8*8+8)
	}
	t.full = false
}

func (t *terminal) escape(cmd ansi.Cmd) {
	if cmd != 'M' { // one up
		return
	}
	if t.full = false; t.row == t.top {
		t.scroll(t.top, -1)
	} else {
		t.to(t.row-1, t.col)
	}
}

func (t *terminal) command(cmd ansi.Cmd, params ansi.Params) {
	n, _, _ := params.Param(0, 1)
	second, _, _ := params.Param(1, 1)
	what, _, _ := params.Param(0, 0)
	switch cmd {
	case 'A':
		t.to(t.row-n, t.col)
	case 'B':
		t.to(t.row+n, t.col)
	case 'C':
		t.to(t.row, t.col+n)
	case 'D':
		t.to(t.row, t.col-n)
	case 'H':
		t.to(n-1, second-1)
	case 'J':
		if what == 2 {
			t.erase(0, 0, high, wide)
		} else {
			t.erase(t.row, t.col, t.row+1, wide)
			t.erase(t.row+1, 0, high, wide)
		}
	case 'K':
		switch what {
		case 0:
			t.erase(t.row, t.col, t.row+1, wide)
		case 1:
			t.erase(t.row, 0, t.row+1, t.col+1)
		case 2:
			t.erase(t.row, 0, t.row+1, wide)
		}
	case '@':
		t.shift(n)
	case 'P':
		t.shift(-n)
	case 'h', 'l':
		if n == 4 {
			t.insert = cmd == 'h'
		}
	case 'L':
		t.scroll(t.row, -n)
	case 'M':
		t.scroll(t.row, n)
	case 'r':
		bottom, _, _ := params.Param(1, high)
		t.top, t.bottom = n-1, bottom-1
		t.to(0, 0)
	default:
		return
	}
	t.full = false
}

// scroll moves the lines from one to the bottom up by some, or down.
func (t *terminal) scroll(from, by int) {
	lines := t.cells
	for i := from; i <= t.bottom; i++ {
		if was := i + by; was >= from && was <= t.bottom {
			t.cells[i] = lines[was]
		} else {
			t.erase(i, 0, i+1, wide)
		}
	}
}

// shift moves what stands from the cursor on to the right, or to the left.
func (t *terminal) shift(by int) {
	line := t.cells[t.row]
	for i := t.col; i < wide; i++ {
		t.cells[t.row][i] = ' '
		if was := i - by; was >= t.col && was < wide {
			t.cells[t.row][i] = line[was]
		}
	}
}

// erase makes a rectangle blank.
func (t *terminal) erase(row, col, toRow, toCol int) {
	for i := row; i < toRow; i++ {
		for j := col; j < toCol; j++ {
			t.cells[i][j] = ' '
		}
	}
}

// screen is what is to be seen.
func (t *terminal) screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for _, line := range t.cells {
		b.WriteString(strings.TrimRight(string(line[:]), " ") + "\n")
	}
	return b.String()
}

// press presses keys by their names, and types texts.
func (t *terminal) press(names ...string) {
	t.tb.Helper()
	codes := map[string]string{"enter": "\r", "esc": "\x1b[27u", "down": "\x1b[B", "up": "\x1b[A", "ctrl+u": "\x15"}
	for _, name := range names {
		if code := codes[name]; code != "" {
			name = code
		}
		_, err := t.keys.WriteString(name)
		must(t.tb, err)
	}
}

// sees waits for texts on the screen, lacks until one is not there.
func (t *terminal) sees(texts ...string) {
	t.tb.Helper()
	t.await(func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

func (t *terminal) lacks(text string) {
	t.tb.Helper()
	t.await(func(screen string) bool { return !strings.Contains(screen, text) })
}

func (t *terminal) await(so func(screen string) bool) {
	t.tb.Helper()
	ctx := t.tb.Context()
	if test, is := t.tb.(*testing.T); is { // what is on the screen says more than the stacks of a test that hangs
		if over, has := test.Deadline(); has {
			var stop context.CancelFunc
			ctx, stop = context.WithDeadline(ctx, over.Add(-2*time.Second))
			defer stop()
		}
	}
	for !so(t.screen()) {
		select {
		case <-t.drawn:
		case <-ctx.Done():
			t.tb.Fatalf("the test ended before it was so. The screen:\n%s", t.screen())
		}
	}
}
