package syncclient

import (
	"slices"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// holding is the buckets of which this follower has written the last page, and where that ended: those that moved
// last, at most as many as a request may name.
type holding struct {
	cursors map[protocol.ID]string
	order   []protocol.ID // the one that moved last is the last
}

// note says where a bucket's rows stand now; an empty cursor, that they are not complete.
func (h *holding) note(id protocol.ID, cursor string) {
	if i := slices.Index(h.order, id); i >= 0 {
		h.order = slices.Delete(h.order, i, i+1)
		delete(h.cursors, id)
	}
	if cursor == "" {
		return
	}
	if len(h.order) == protocol.MaxHeld {
		delete(h.cursors, h.order[0])
		h.order = h.order[1:]
	}
	if h.cursors == nil {
		h.cursors = map[protocol.ID]string{}
	}
	h.order, h.cursors[id] = append(h.order, id), cursor
}

// named returns those of the buckets that are held.
func (h *holding) named(ids []protocol.ID) (all []protocol.Held) {
	for _, id := range ids {
		if cursor := h.cursors[id]; cursor != "" {
			all = append(all, protocol.Held{Bucket: id, After: cursor})
		}
	}
	return all[:min(len(all), protocol.MaxHeld)]
}

// likely returns those of the buckets that are held; where none is named, a few that moved last.
func (h *holding) likely(ids []protocol.ID) []protocol.Held {
	const few = 8
	if len(ids) == 0 {
		ids = h.order[max(0, len(h.order)-few):]
	}
	return h.named(ids)
}

// all returns all that are held.
func (h *holding) all() []protocol.Held { return h.named(h.order) }
