package control

import (
	"context"
	"fmt"
	"testing"

	"github.com/partage-mail/partage/syncclient/mirror"
)

func (d desk) Lists(context.Context) (any, error) { return []List{}, nil }

func (d desk) Choose(_ context.Context, list string, kept bool) error {
	switch {
	case list == "large" && kept:
		return fmt.Errorf("keep it: %w", &mirror.NoRoomError{Needed: 365_000_000, Free: 210_000_000})
	case list == "edited" && !kept:
		return mirror.ErrUnsent
	case list == "gone":
		return mirror.ErrGone
	}
	return nil
}

func (d desk) Rows(_ context.Context, of RowsOf) (any, error) { return of, nil }

// TestLists: which lists are kept is asked and said over the socket.
func TestLists(t *testing.T) {
	t.Parallel()
	s := New(desk{})
	for request, want := range map[string]string{
		`{"id":1,"do":"lists"}`:                                              `{"id":1,"ok":true,"lists":[]}`,
		`{"id":1,"do":"keep","list":"a"}`:                                    `{"id":1,"ok":true}`,
		`{"id":1,"do":"drop","list":"a"}`:                                    `{"id":1,"ok":true}`,
		`{"id":1,"do":"keep","list":"large"}`:                                `{"id":1,"error":{"code":"NO_ROOM","message":"Keep it: the disk is short: it takes 365 MB, and 210 MB may be used."}}`,
		`{"id":1,"do":"drop","list":"edited"}`:                               `{"id":1,"error":{"code":"UNSENT","message":"Edits of this list have not been sent yet; sync first."}}`,
		`{"id":1,"do":"drop","list":"gone"}`:                                 `{"id":1,"error":{"code":"NOT_FOUND","message":"The list has left the local copy."}}`,
		`{"id":1,"do":"rows","list":"a","after":"x","first":7,"search":"b"}`: `{"id":1,"ok":true,"page":{"List":"a","After":"x","First":7,"Search":"b"}}`,
		`{"id":1,"do":"drop"}`:                                               `{"id":1,"error":{"code":"BAD_REQUEST","message":"drop needs the list: the id of a list, blacklist or campaign."}}`,
		`{"id":1,"do":"rows","list":"a","first":101}`:                        `{"id":1,"error":{"code":"BAD_REQUEST","message":"rows has 1 to 100 rows on a page."}}`,
		`{"id":1,"do":"lists","list":"a"}`:                                   `{"id":1,"error":{"code":"BAD_REQUEST","message":"lists takes no list."}}`,
		`{"id":1,"do":"keep","list":"a","search":"b"}`:                       `{"id":1,"error":{"code":"BAD_REQUEST","message":"keep takes no search."}}`,
	} {
		if got := string(s.Answer(t.Context(), []byte(request))); got != want {
			t.Errorf("%s\n is answered %s\n and not    %s", request, got, want)
		}
	}
}
