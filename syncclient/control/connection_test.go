package control

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient"
)

func TestRequest(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.dial()
	t.Run("is answered", func(t *testing.T) {
		if l := c.ok(`{"id":1,"do":"status"}`); l.Wire != Wire || l.Status["state"] != "current" {
			t.Fatalf("got %+v", l)
		}
		if l := c.ok(`{"id":1,"do":"conflicts"}`); l.Conflicts == nil || len(*l.Conflicts) != 0 {
			t.Fatalf("got %+v", l)
		}
		c.send(`  {"do":"resolve", "key":"abcd", "decision":"mine", "set":{"name":"Spring"}, "id":"x"}  `)
		if l := c.mustOK(`"x"`); l.Decided != 1 {
			t.Fatalf("got %+v", l)
		}
		if d := <-b.desk.decided; d.Key != "abcd" || d.Decision != "mine" || d.Set["name"] != "Spring" {
			t.Fatalf("decided %+v", d)
		}
		c.send(`{"id":3,"do":"resolve","key":"gone","decision":"theirs"}`)
		c.mustFail("3", NotFound)
	})
	for _, wrong := range []struct{ line, id string }{
		{"garbage", "null"},
		{"\x00\xff\xfe", "null"},
		{`[]`, "null"},
		{`"status"`, "null"},
		{`{"id":1,"do":"status"`, "null"},
		{`{"id":1,"do":"status"} {}`, "null"},
		{`{"do":"status"}`, "null"},
		{`{"id":null,"do":"status"}`, "null"},
		{`{"id":{},"do":"status"}`, "null"},
		{`{"id":"` + strings.Repeat("x", 200) + `","do":"status"}`, "null"},
		{`{"id":7}`, "7"},
		{`{"id":7,"do":"erase"}`, "7"},
		{`{"id":7,"do":5}`, "7"},
		{`{"id":7,"do":"status","all":true}`, "7"},
		{`{"id":7,"do":"status","key":"abcd"}`, "7"},
		{`{"id":7,"do":"resolve","decision":"mine"}`, "7"},
		{`{"id":7,"do":"resolve","key":"abcd"}`, "7"},
		{`{"id":7,"do":"resolve","key":"abcd","decision":"yours"}`, "7"},
	} {
		t.Run(fmt.Sprintf("is refused: %.40q", wrong.line), func(t *testing.T) {
			c.send(wrong.line)
			c.mustFail(wrong.id, BadRequest)
		})
	}
	t.Run("may have 1 MiB", func(t *testing.T) {
		for range 3 {
			c.send(`{"id":1,"do":"` + strings.Repeat("x", maxLine) + `"}`)
			c.mustFail("null", TooLarge)
		}
		c.send("", `{"id":2,"do":"resolve","key":"abcd","decision":"mine","set":{"body":"`+strings.Repeat("x", maxLine-100)+`"}}`)
		c.mustOK("2")
	})
	t.Run("is answered also where the client sends no more", func(t *testing.T) {
		c.send(`{"id":4,"do":"status"}`)
		if err := c.conn.(*net.UnixConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		c.mustOK("4")
		c.mustEnd()
	})
}

func TestWatch(t *testing.T) {
	t.Parallel()
	t.Run("brings events in order, after the answer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		c, deaf := b.dial(), b.dial()
		deaf.ok(`{"id":1,"do":"status"}`)
		c.ok(`{"id":1,"do":"watch"}`)
		b.Tell(syncclient.Connected{})
		b.Tell(syncclient.RowsPage{Name: "Customers"})
		b.Tell(syncclient.UpToDate{})
		c.mustHear("connected")
		if l := c.mustHear("rows"); l.Name != "Customers" {
			t.Fatalf("got %+v", l)
		}
		c.mustHear("upToDate")
		deaf.ok(`{"id":1,"do":"pause"}`)
		c.mustHear("paused")
		deaf.ok(`{"id":1,"do":"resume"}`)
		c.mustHear("resumed")
		deaf.ok(`{"id":1,"do":"stop"}`)
		c.mustHear("stopping")
	})
	t.Run("cuts off who does not read, and nobody else", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		slow, quick := b.dial(), b.dial()
		slow.ok(`{"id":1,"do":"watch"}`)
		quick.ok(`{"id":1,"do":"watch"}`)
		const events = 5000 // more than the queue and the socket's buffer hold
		for range events {
			b.Tell(syncclient.RowsPage{Name: strings.Repeat("x", 1000)})
			quick.mustHear("rows")
		}
		n := 0
		for {
			if _, err := slow.in.ReadBytes('\n'); err != nil {
				break
			}
			n++
		}
		if n == events {
			t.Fatal("it got everything")
		}
		quick.ok(`{"id":1,"do":"status"}`)
	})
	t.Run("ends with the connection", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		c := b.dial()
		c.ok(`{"id":1,"do":"watch"}`)
		b.end()
		c.mustHear("stopping")
		c.mustEnd()
		b.Tell(syncclient.Connected{})
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	t.Run("of connections", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		var all []*client
		for range maxConnections {
			c := b.dial()
			c.ok(`{"id":1,"do":"status"}`)
			all = append(all, c)
		}
		late := b.dial()
		late.mustFail("null", Busy)
		late.mustEnd()
		all[0].ok(`{"id":1,"do":"status"}`)
	})
	t.Run("of syncs that wait", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		c := b.dial()
		for i := range maxWaiting {
			c.send(fmt.Sprintf(`{"id":"s%d","do":"sync"}`, i))
		}
		c.send(`{"id":1,"do":"sync"}`)
		c.mustFail("1", Busy)
	})
	t.Run("of who asks and never reads", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		c := b.dial()
		c.conn.(*net.UnixConn).SetReadBuffer(4096)
		b.expect("run")
		go func() { // until the server is full, and then until it hangs up
			for {
				if _, err := io.WriteString(c.conn, "garbage\n"); err != nil {
					return
				}
			}
		}()
		other := b.dial()
		for range 100 {
			other.ok(`{"id":1,"do":"status"}`)
		}
		b.end()
	})
}

func FuzzRequest(f *testing.F) {
	f.Add([]byte(`{"id":1,"do":"status"}`))
	f.Add([]byte(`{"id":"x","do":"resolve","key":"abcd","decision":"mine","set":{"a":[1]}}`))
	f.Add([]byte(`{"id":-`))
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := parse(line)
		if err == nil && (r.do == "" || !plain(r.id)) {
			t.Fatalf("it took %q for %+v", line, r)
		}
		var back struct{ ID json.RawMessage }
		if err := json.Unmarshal(reply{ID: r.id, OK: err == nil}.line(), &back); err != nil {
			t.Fatalf("the answer to %q: %v", line, err)
		}
		if r.id != nil && string(back.ID) != string(r.id) {
			t.Fatalf("the answer is to %s, not %s", back.ID, r.id)
		}
	})
}
