package graph_test

import (
	"fmt"

	"github.com/partage-mail/partage/server/servertest"
)

// follow runs a subscription over a WebSocket.
func (p *play) follow(st step) {
	p.Helper()
	variables, _ := p.resolve(st.With).(map[string]any)
	if st.Closed != "" {
		ws := p.server.As("").Dial(p)
		ws.Say(map[string]any{"type": "connection_init"})
		ws.Subscribe("1", st.Query, variables)
		if code, why := ws.Closed(); fmt.Sprint(code, " ", why) != st.Closed {
			p.Fatalf("the WebSocket was closed with %d %s instead of %s", code, why, st.Closed)
		}
		return
	}
	ws := p.client(st.As).Open(p)
	ws.Subscribe("1", st.Query, variables)
	for _, ev := range st.Events {
		for _, after := range ev.After {
			p.step(after)
		}
		m := ws.Hear()
		if ev.Error != "" {
			got := fmt.Sprint(servertest.At(m, "payload.errors.0.extensions.code"), " ", servertest.At(m, "payload.errors.0.message"))
			if got != ev.Error {
				p.Fatalf("as %s: refused with %q instead of %q: %v", st.As, got, ev.Error, m)
			}
			return
		}
		if where := differs(p.resolve(ev.Data), servertest.At(m, "payload.data")); m["type"] != "next" || where != "" {
			p.Fatalf("as %s: %s\nof the event %v", st.As, where, m)
		}
	}
	ws.Say(map[string]any{"id": "1", "type": "complete"})
}
