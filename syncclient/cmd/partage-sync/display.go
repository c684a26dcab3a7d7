package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
)

// longWork is from how many rows on a list gets a bar, or a line now and then, of its own.
const longWork = 5000

// What is tried again.
const (
	pullTried  = "Trying again"
	editsTried = "Your edits are sent later,"
)

// display shows events to a person: bars on a terminal, lines elsewhere.
type display struct {
	w     io.Writer
	quiet bool
	eye   func() int    // how much needs a person's eye
	look  bool          // that may have changed
	bars  *mpb.Progress // nil where there is no terminal
	open  map[string]*mpb.Bar
	said  map[string]time.Time // when a long list was last told of
	moved int                  // changes since the last time all was up to date
	told  bool                 // nothing has happened since that was said
	tries map[string]string    // what is tried again, and the failure that was last told
}

// newDisplay shows events on w; eye counts what needs a person's eye.
func newDisplay(w *os.File, quiet bool, eye func() int) *display {
	d := &display{
		w: w, quiet: quiet, eye: eye, look: true, open: map[string]*mpb.Bar{}, said: map[string]time.Time{}, tries: map[string]string{},
	}
	if !quiet && term.IsTerminal(int(w.Fd())) {
		d.bars = mpb.New(mpb.WithOutput(w), mpb.WithWidth(40), mpb.WithRefreshRate(200*time.Millisecond))
		d.w = d.bars
	}
	return d
}

func (d *display) line(format string, args ...any) {
	if !d.quiet {
		fmt.Fprintf(d.w, format+"\n", args...)
	}
}

func (d *display) close() {
	for _, bar := range d.open {
		bar.Abort(true)
	}
	if d.bars != nil {
		d.bars.Wait()
	}
}

// diverged shows that something was not like on the server.
func (d *display) diverged(e syncclient.Diverged) {
	switch {
	case e.Name == "":
		d.line("The workspace was not like on the server; comparing it from the start.")
	case e.Err != nil:
		d.line("%q is not like on the server: %s", e.Name, control.Sentence(e.Err))
	default:
		d.line("%q was not like on the server: %d of 256 parts fetched again (%s).", e.Name, e.Parts, count(int(e.Rows), "row"))
	}
}

// again shows that something is tried again: the first time, when it fails in another way, and where it takes long.
func (d *display) again(what string, wait time.Duration, err error) {
	why := control.Sentence(err)
	if d.tries[what] != why || wait >= time.Minute {
		d.line("%s in %s. %s", what, wait.Round(100*time.Millisecond), why)
	}
	d.tries[what] = why
}

// attention says how much needs a person's eye, once after each time that it may have become more.
func (d *display) attention() {
	if !d.look || d.quiet {
		return
	}
	d.look = false
	if n := d.eye(); n > 0 {
		d.line("%s your eye: partage-sync conflicts", counted(n, "change needs", "changes need"))
	}
}

// event shows one event.
func (d *display) event(e syncclient.Event) {
	switch e := e.(type) {
	case syncclient.Connected:
		d.line("Connected; changes arrive as they are made.")
	case syncclient.Disconnected:
		d.line("No live connection, asking every minute meanwhile. %s", control.Sentence(e.Err))
	case syncclient.WalkStarted:
		d.told = false
		what := "everything"
		if e.Name != "" {
			what = fmt.Sprintf("%q", e.Name)
		}
		d.line("Comparing %s with the server (%s); what is here stays until then.", what, e.Reason)
	case syncclient.WorkspacePage:
		d.moved += e.Changed + e.Removed
	case syncclient.RowsPage:
		d.rows(e)
	case syncclient.Diverged:
		d.told = false
		d.diverged(e)
	case syncclient.Lost:
		d.told = false
		d.line("Fetching %q again: %s.", e.Name, e.Why)
	case syncclient.ImageRefused:
		d.line("%q is fetched in pages: what the server had ready was refused. %s", e.Name, control.Sentence(e.Err))
	case syncclient.Locked:
		d.told = false
		d.line("The server could not be reached for too long: the local copy is locked until it answers.")
	case syncclient.Unlocked:
		d.line("The server has answered: the local copy is unlocked.")
	case syncclient.Erased:
		d.line("The server could not be reached for too long: the local copy has been erased, with edits that were not sent.")
	case syncclient.HeldBack:
		if e.Err != nil {
			d.line("%q is tried again later. %s", e.Name, control.Sentence(e.Err))
		}
	case syncclient.Pushed:
		d.told = false
		delete(d.tries, editsTried)
		d.line("Sent %s.", count(e.Applied+e.Refused, "edit"))
		d.look = d.look || e.Merged+e.Refused > 0
	case syncclient.EditsWait:
		d.again(editsTried, e.For, e.Err)
	case syncclient.Reborn:
		d.line("%s", map[string]string{
			"copy": "This local copy is one of two, or was put back from an older one; it goes on under a new name.",
			"loss": "The server has lost edits of this copy, which are sent again.",
		}[e.Why])
	case syncclient.Waiting:
		d.told = false
		d.again(pullTried, e.For, e.Err)
	case syncclient.UpToDate:
		switch {
		case d.moved > 0:
			d.line("%s Up to date after %s.", e.At.Format("15:04:05"), count(d.moved, "change"))
		case !d.told:
			d.line("%s Up to date.", e.At.Format("15:04:05"))
		}
		d.moved, d.told = 0, true
		delete(d.tries, pullTried)
		d.attention()
	}
}

func (d *display) rows(e syncclient.RowsPage) {
	d.moved += int(e.Changed + e.Removed)
	// An image may be followed by pages, which belong to what has begun.
	if !e.Walking && d.open[e.Item] == nil || e.Total < longWork {
		return
	}
	if d.bars == nil {
		if now := time.Now(); e.Complete || now.Sub(d.said[e.Item]) > 5*time.Second {
			d.said[e.Item] = now
			d.line("%q: %d of %d", e.Name, e.Done, e.Total)
		}
		return
	}
	bar := d.open[e.Item]
	if bar == nil {
		bar = d.bars.AddBar(e.Total, mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(printable(e.Name), decor.WCSyncSpaceR)),
			mpb.AppendDecorators(decor.CountersNoUnit("%d / %d", decor.WCSyncSpace), decor.Percentage(decor.WCSyncSpace)))
		d.open[e.Item] = bar
	}
	bar.SetTotal(max(e.Total, e.Done), false)
	bar.SetCurrent(e.Done)
	if e.Complete {
		bar.SetTotal(-1, true)
		delete(d.open, e.Item)
		d.line("%q: all %s", e.Name, count(int(e.Total), "row"))
	}
}
