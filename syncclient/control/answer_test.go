package control

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/partage-mail/partage/syncclient"
)

// looked is a context that counts who looks whether it has ended.
type looked struct {
	context.Context
	n atomic.Int64
}

func (l *looked) Err() error {
	l.n.Add(1)
	return l.Context.Err()
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	quiet := desk{decided: make(chan Decision, 10), edited: make(chan Edit, 10)}
	// answered asks in this process, and expects one line without its newline.
	answered := func(t *testing.T, s *Server, request string) line {
		t.Helper()
		text := s.Answer(t.Context(), []byte(request))
		var l line
		if err := json.Unmarshal(text, &l); err != nil || strings.Contains(string(text), "\n") {
			t.Fatalf("got %q: %v", text, err)
		}
		return l
	}
	t.Run("answers as over the socket, without one", func(t *testing.T) {
		t.Parallel()
		s := New(quiet)
		if l := answered(t, s, "{\n \"id\": \"a\",\r\n \"do\": \"status\"\n}\n"); !l.OK || string(l.ID) != `"a"` || l.Wire != Wire || *l.Paused {
			t.Fatalf("got %+v", l)
		}
		if l := answered(t, s, `{"id":1,"do":"pause"}`); !l.OK {
			t.Fatalf("got %+v", l)
		}
		for request, code := range map[string]Code{
			`{"id":1,"do":"sync"}`: Paused, `{"id":1,"do":"resolve","key":"gone","decision":"mine"}`: NotFound, "": BadRequest, " \n": BadRequest,
			`{"id":1,"do":"` + strings.Repeat("x", maxLine) + `"}`: TooLarge,
		} {
			if l := answered(t, s, request); l.OK || l.Error == nil || l.Error.Code != code {
				t.Errorf("got %+v for %.40q, not %s", l, request, code)
			}
		}
		if s.Path() != "" || s.Close() != nil {
			t.Error("it has a socket")
		}
	})
	t.Run("serves nobody without a socket, and does nothing, until its context ends", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := New(quiet)
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour) // which passes at once here
			defer cancel()
			looks := &looked{Context: ctx}
			if err := s.Serve(looks); err != nil || looks.n.Load() > 3 {
				t.Fatalf("got %v after %d looks", err, looks.n.Load())
			}
			if l := answered(t, s, `{"id":1,"do":"sync"}`); l.Error == nil || l.Error.Code != Stopped {
				t.Fatalf("got %+v", l)
			}
		})
	})
	t.Run("waits for a sync, until its context ends", func(t *testing.T) {
		t.Parallel()
		s := New(quiet)
		ctx, cancel := context.WithCancel(t.Context())
		asked := make(chan string)
		go func() { asked <- string(s.Answer(ctx, []byte(`{"id":1,"do":"sync"}`))) }()
		f := &scripted{did: make(chan string, 10), synced: make(chan error, 1)}
		var driving sync.WaitGroup
		driving.Go(func() { _ = s.Drive(t.Context(), f) })
		for did := ""; did != "sync"; did = <-f.did { // a run before, or none
		}
		f.synced <- nil
		if got := <-asked; got != `{"id":1,"ok":true}` {
			t.Fatalf("got %s", got)
		}
		go func() { asked <- string(s.Answer(ctx, []byte(`{"id":1,"do":"sync"}`))) }()
		for did := ""; did != "sync"; did = <-f.did {
		}
		cancel()
		if got := <-asked; !strings.Contains(got, string(Stopped)) {
			t.Fatalf("got %s", got)
		}
		if l := answered(t, s, `{"id":1,"do":"stop"}`); !l.OK {
			t.Fatalf("got %+v", l)
		}
		driving.Wait()
		if l := answered(t, s, `{"id":1,"do":"sync"}`); l.Error == nil || l.Error.Code != Stopped {
			t.Fatalf("got %+v", l)
		}
	})
	t.Run("is watched", func(t *testing.T) {
		t.Parallel()
		s := New(quiet)
		var lines []string
		s.Watch(func(line []byte) { lines = append(lines, string(line)) })
		s.Watch(func([]byte) {})
		s.Tell(syncclient.Connected{})
		answered(t, s, `{"id":1,"do":"pause"}`)
		if len(lines) != 2 || !strings.HasPrefix(lines[0], `{"event":"connected"`) || !strings.HasPrefix(lines[1], `{"event":"paused"`) {
			t.Fatalf("got %q", lines)
		}
	})
}

func TestEdit(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.dial()
	t.Run("reaches who edits, and comes back with the id", func(t *testing.T) {
		if l := c.ok(`{"id":1,"do":"edit","op":"create","kind":"contact","item":"l","set":{"email":"a@b.c","fields":{"x":"y"}}}`); l.Row != "0199" {
			t.Fatalf("got %+v", l)
		}
		if e := <-b.desk.edited; e.Op != "create" || e.Kind != "contact" || e.Item != "l" || e.Row != "" || e.Set["email"] != "a@b.c" {
			t.Fatalf("got %+v", e)
		}
		c.ok(`{"id":1,"do":"edit","op":"delete","kind":"campaign","row":"r"}`)
		c.send(`{"id":2,"do":"edit","op":"change","kind":"campaign","row":"gone","set":{"name":"x"}}`)
		c.mustFail("2", Refused)
	})
	for _, wrong := range []string{
		`{"id":7,"do":"edit"}`,
		`{"id":7,"do":"edit","op":"change","kind":"person","row":"r","set":{"name":"x"}}`,
		`{"id":7,"do":"edit","op":"upsert","kind":"campaign","row":"r","set":{"name":"x"}}`,
		`{"id":7,"do":"edit","op":"change","kind":"campaign","set":{"name":"x"}}`,
		`{"id":7,"do":"edit","op":"change","kind":"campaign","row":"r"}`,
		`{"id":7,"do":"edit","op":"change","kind":"campaign","row":"r","set":{}}`,
		`{"id":7,"do":"edit","op":"create","kind":"campaign"}`,
		`{"id":7,"do":"edit","op":"change","kind":"campaign","item":"l","row":"r","set":{"name":"x"}}`,
		`{"id":7,"do":"edit","op":"change","kind":"contact","row":"r","set":{"city":"x"}}`,
		`{"id":7,"do":"edit","op":"delete","kind":"campaign","row":"r","set":{"name":"x"}}`,
		`{"id":7,"do":"edit","op":"delete","kind":"campaign","row":"r","key":"abcd"}`,
	} {
		t.Run("is refused: "+wrong, func(t *testing.T) {
			c.send(wrong)
			c.mustFail("7", BadRequest)
		})
	}
	t.Run("takes values as columns have them", func(t *testing.T) {
		e := Edit{Set: map[string]any{"name": "x", "archived_at": 1.0, "note": nil, "fields": map[string]any{"é": "1"}}}
		values, err := e.values()
		if err != nil || values["name"] != "x" || values["archived_at"] != int64(1) || values["note"] != nil || values["fields"] != `{"é":"1"}` {
			t.Fatalf("got %v, %v", values, err)
		}
		for _, wrong := range []any{true, 1.5, []any{"x"}, map[string]any{}} {
			var told *Error
			if _, err := (Edit{Set: map[string]any{"name": wrong}}).values(); !errors.As(err, &told) || told.Code != BadRequest {
				t.Errorf("got %v for %v", err, wrong)
			}
		}
	})
}
