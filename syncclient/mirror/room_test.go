package mirror

import (
	"context"
	"errors"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestEnough: a large list leaves the reserve, a small one has only to fit.
func TestEnough(t *testing.T) {
	t.Parallel()
	const reserve = 1 << 60
	for _, of := range []struct {
		rows, needed int64
		short        bool
	}{{Large, 1000, true}, {Large, 0, false}, {Large - 1, 1000, false}, {Large - 1, reserve, true}} {
		if err := Enough(t.TempDir(), of.rows, of.needed, reserve); errors.Is(err, ErrNoRoom) != of.short {
			t.Errorf("%d rows of %d bytes: %v", of.rows, of.needed, err)
		}
	}
}

// TestRoom: a list that would leave too little of the disk is not begun.
func TestRoom(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m, b := setupChoice(t)
	free := int64(1_000_000)
	m.free = func(string) (int64, error) { return free, nil }
	m.SetReserve(400_000)
	var short *NoRoomError
	if err := m.Room(ctx, b, 700_000); !errors.As(err, &short) || short.Free != 600_000 || !errors.Is(err, ErrNoRoom) {
		t.Fatalf("with too little: %v", err)
	}
	if err := m.Room(ctx, b, 600_000); err != nil {
		t.Fatalf("with enough: %v", err)
	}
	free = 100_000 // less than the reserve, but all of it is here
	if err := m.Room(ctx, b, 10); err != nil {
		t.Fatalf("with nothing to come: %v", err)
	}
	b = Bucket{ID: newID(), Kind: protocol.Contacts}
	applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "list")}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s1", 1)}})
	raw := imageOf(t, protocol.Contacts, [][]any{contact(newID(), "image", 1)})
	in := Incoming{Image: raw.said, ETag: `"1"`, Length: int64(len(raw.travels(t)))}
	if err := m.StartImage(ctx, b, in); !errors.As(err, &short) {
		t.Fatalf("an image: %v", err)
	}
	free = 1_000_000
	must(t, m.StartImage(ctx, b, in))
}
