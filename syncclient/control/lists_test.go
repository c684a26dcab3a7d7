package control

import (
	"context"
	"fmt"
	"testing"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

func (d desk) Lists(context.Context) ([]syncclient.List, error) { return []syncclient.List{}, nil }

func (d desk) Keep(_ context.Context, item string) error {
	if item == "large" {
		return fmt.Errorf("keep it: %w", &mirror.NoRoomError{Needed: 365_000_000, Free: 210_000_000})
	}
	return nil
}

func (d desk) Drop(_ context.Context, item string) error {
	return map[string]error{"edited": mirror.ErrUnsent, "conflict": mirror.ErrUndecided, "gone": mirror.ErrGone}[item]
}

func (d desk) Rows(_ context.Context, of RowsOf) (*syncclient.ListRows, error) {
	if of.Item == "wrong" {
		return nil, syncclient.ArgumentError("a page has 1 to 100 rows")
	}
	if of != (RowsOf{Which{"a"}, "x", 7, "b"}) {
		return nil, fmt.Errorf("asked for %+v", of)
	}
	page := PageOf(&syncclient.ListRows{
		Kind: syncclient.KindList, Columns: []string{"id", "version", "fields"}, Next: "y", Total: 9,
		Rows: []map[string]any{{"id": "r", "version": int64(1), "fields": `{"k":"<v>"}`}},
	})
	return &page, nil
}

// TestLists: which lists are kept is asked and said over the socket.
func TestLists(t *testing.T) {
	t.Parallel()
	s := New(desk{})
	for request, want := range map[string]string{
		`{"id":1,"do":"lists"}`:                        `{"id":1,"ok":true,"lists":[]}`,
		`{"id":1,"do":"keep","item":"a"}`:              `{"id":1,"ok":true}`,
		`{"id":1,"do":"drop","item":"a"}`:              `{"id":1,"ok":true}`,
		`{"id":1,"do":"keep","item":"large"}`:          `{"id":1,"error":{"code":"NO_ROOM","message":"Keep it: the disk is short: it takes 365 MB, and 210 MB may be used."}}`,
		`{"id":1,"do":"drop","item":"edited"}`:         `{"id":1,"error":{"code":"UNSENT","message":"Edits of this list have not been sent yet; sync first."}}`,
		`{"id":1,"do":"drop","item":"conflict"}`:       `{"id":1,"error":{"code":"UNDECIDED","message":"` + Sentence(mirror.ErrUndecided) + `"}}`,
		`{"id":1,"do":"drop","item":"gone"}`:           `{"id":1,"error":{"code":"NOT_FOUND","message":"` + Sentence(mirror.ErrGone) + `"}}`,
		`{"id":1,"do":"drop"}`:                         `{"id":1,"error":{"code":"BAD_REQUEST","message":"drop needs item: the id of a list, blacklist or campaign."}}`,
		`{"id":1,"do":"rows","item":"wrong"}`:          `{"id":1,"error":{"code":"BAD_REQUEST","message":"A page has 1 to 100 rows."}}`,
		`{"id":1,"do":"lists","item":"a"}`:             `{"id":1,"error":{"code":"BAD_REQUEST","message":"lists: unknown field \"item\"."}}`,
		`{"id":1,"do":"keep","item":"a","search":"b"}`: `{"id":1,"error":{"code":"BAD_REQUEST","message":"keep: unknown field \"search\"."}}`,
		`{"id":1,"do":"rows","item":"a","after":"x","first":7,"search":"b"}`: `{"id":1,"ok":true,"page":{"kind":"list","columns":["id","version","fields"],` +
			`"rows":[{"fields":{"k":"<v>"},"id":"r","version":1}],"next":"y","total":9}}`,
	} {
		if got := string(s.Answer(t.Context(), []byte(request))); got != want {
			t.Errorf("%s\n is answered %s\n and not    %s", request, got, want)
		}
	}
}
