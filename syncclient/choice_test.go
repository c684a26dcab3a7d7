package syncclient

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestRoom: a large list that the disk is too short for is held back, the others come, and it follows by itself once there
// is room.
func TestRoom(t *testing.T) {
	t.Parallel()
	s, want := filled()
	s.quiet = true
	b := setup(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	b.pace.tick, b.fill.large = 5*time.Millisecond, 2
	b.mirror.SetReserve(1 << 60)
	looks, said := 0, 0
	b.notify = func(e Event) {
		switch e := e.(type) {
		case HeldBack:
			said++
			var short *mirror.NoRoomError
			if e.Name != "list 2" || !errors.As(e.Err, &short) || short.Needed <= 0 {
				t.Errorf("held back is %s: %v", e.Name, e.Err)
			}
		case UpToDate:
			if e.Held == 0 {
				cancel()
			} else if looks++; looks == 3 {
				b.mirror.SetReserve(0)
			}
		}
	}
	must(t, b.Run(ctx))
	mustHold(t, b, want)
	if said != 1 || looks != 3 {
		t.Errorf("held back %d times, after %d looks", said, looks)
	}
}

// TestRoomAsksAgain: a question about a list's size that fails on the way is asked again, and does not let the list through.
func TestRoomAsksAgain(t *testing.T) {
	t.Parallel()
	s, _ := filled()
	sizes := fmt.Sprintf(`{"data":{"buckets":{"buckets":[{"id":%q,"kind":"CONTACTS","rows":2,"bytes":%d}],"next":""}}}`,
		protocol.Global(protocol.KindList, listID(2)), int64(1<<60))
	s.changes[""] = append(s.changes[""], refused("UNAVAILABLE", ""), sizes)
	b := setup(t, s)
	b.fill.large = 2
	b.mirror.SetReserve(0)
	var short *NoRoomError
	if err := b.Sync(t.Context()); !errors.As(err, &short) || short.Needed < 1<<59 {
		t.Errorf("sync: %v", err)
	}
}

// TestChoiceUnderWay drops a list while its rows come in pages: no more of them is asked for or written.
func TestChoiceUnderWay(t *testing.T) {
	t.Parallel()
	s, _ := filled()
	b := setup(t, s)
	b.pace.edits = time.Microsecond
	var err error
	s.before = func(request string) {
		if request == "rows "+rowsOf(2, "") {
			err = mirror.Edit(b.dir).Drop(context.Background(), listID(2))
		}
	}
	mustSync(t, b)
	must(t, err)
	found, err := mirror.Inspect(t.Context(), b.dir)
	must(t, err)
	if l := found.Lists[1]; l.Kept || l.File != "" || l.Complete || found.Behind != 0 || !found.Lists[0].Complete {
		t.Errorf("the mirror is %+v", found)
	}
	asked := len(s.requests())
	mustSync(t, b)
	if more := s.requests()[asked:]; len(more) != 1 {
		t.Errorf("a second sync asked %v", more)
	}
	must(t, mirror.Edit(b.dir).Keep(t.Context(), listID(2)))
	s.before = nil
	mustSync(t, b)
	mustHold(t, b, map[string][]string{"list 1": {"one"}, "list 2": {"four", "three", "two"}})
}
