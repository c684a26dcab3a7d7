package clienttest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/syncclient"
)

// writes are cases in which an edit is lost, doubled or never ends.
func writes() []nasty {
	return []nasty{
		{"N26 an answer to edits is lost, or they arrive twice", answersLost},
		{"N27 a row is edited while its edit before is on its way", editedInFlight},
		{"N28 an edit that fails for good stands before others", poison},
		{"N29 edits go on after the network was parted", parted},
		{"N30 an edit changes nothing, and nothing else happens", nothingChanged},
		{"N31 an edit stays in sight on a network that breaks off", staysInSight},
	}
}

// guests is a list that Chloé may edit, on a desk of hers that is up to date.
func (x *trial) guests(n int) (uuid.UUID, *desk, *tap) {
	x.t.Helper()
	list := x.list("guests", rows("one", n))
	x.must(x.Sharing.SetAccess(x.anna.ctx, list, x.chloe.collaborator, access.LevelEdit))
	d, wire := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	return list, d, wire
}

// again is a sync by another process, which does not wait out what this one has to.
func (x *trial) again(d *desk) error {
	x.t.Helper()
	x.must(d.follower.Close())
	d.open()
	return d.follower.Sync(x.t.Context())
}

// empty fails unless nothing waits in a desk's outboxes.
func (x *trial) empty(d *desk, files ...string) {
	x.t.Helper()
	for _, file := range append(files, "main.db") {
		if left := d.value(file, `SELECT (SELECT count(*) FROM outbox) || (SELECT count(*) FROM edits)`); left != "00" {
			x.t.Errorf("in %s outbox and edits are %s", file, left)
		}
	}
}

func answersLost(x *trial) {
	list, d, wire := x.guests(5)
	file := d.fileOf(list)
	for i, harm := range []harm{lostAsk, lostAnswer, truncated, doubled} {
		d.write(file, `INSERT INTO contacts (email, city) VALUES (?, 'new')`, fmt.Sprintf("new-%d@example.com", i))
		d.write(file, `UPDATE contacts SET company = company || '+' WHERE email LIKE 'one.000001%'`)
		wire.arm(harm, 2, func(bool) {}) // the first request is the pull
		if err := d.follower.Sync(x.t.Context()); (err == nil) != (harm == doubled) {
			x.t.Errorf("harm %d: %v", harm, err)
		}
		x.must(x.again(d))
		x.same(x.chloe, d)
	}
	if got := d.value(file, `SELECT company FROM contacts WHERE email LIKE 'one.000001%'`); got != "one company++++" {
		x.t.Errorf("four edits made it %q", got)
	}
	if got := d.value(file, `SELECT count(*) FROM contacts WHERE email LIKE 'new-%'`); got != "4" {
		x.t.Errorf("%s were made", got)
	}
	if told := d.attention(); len(told) > 0 {
		x.t.Errorf("she is told %+v", told)
	}
	x.alike(x.chloe, d)
	x.empty(d, file)
}

func editedInFlight(x *trial) {
	list, d, wire := x.guests(5)
	file := d.fileOf(list)
	d.write(file, `UPDATE contacts SET city = 'first', company = 'first' WHERE email LIKE 'one.000001%'`)
	d.write(file, `UPDATE contacts SET city = 'first' WHERE email LIKE 'one.000002%'`)
	pushes := 0
	wire.after(func(r *recorded, _ int) {
		if !r.push() {
			return
		}
		if pushes++; pushes == 1 {
			d.write(file, `UPDATE contacts SET city = 'second' WHERE email LIKE 'one.000001%'`)
			d.write(file, `DELETE FROM contacts WHERE email LIKE 'one.000002%'`)
		}
	})
	x.alike(x.chloe, d)
	wire.taking(nil)
	x.must(x.again(d))
	x.alike(x.chloe, d)
	x.empty(d, file)
	got := d.value(file, `SELECT group_concat(city || ' ' || company) FROM contacts WHERE email LIKE 'one.000001%' OR email LIKE 'one.000002%'`)
	if got != "second first" {
		x.t.Errorf("it came to %q", got)
	}
	if told := d.attention(); len(told) > 0 {
		x.t.Errorf("she is told %+v", told)
	}
}

// poison: what the server refuses is settled, and what it cannot even read keeps neither others nor what comes down.
func poison(x *trial) {
	list, d, wire := x.guests(5)
	file := d.fileOf(list)
	campaign := x.campaign("Spring")
	x.must(x.Sharing.SetAccess(x.anna.ctx, campaign, x.chloe.collaborator, access.LevelEdit))
	x.alike(x.chloe, d)
	x.must(x.Sharing.SetAccess(x.anna.ctx, campaign, x.chloe.collaborator, access.LevelView))
	d.write("main.db", `UPDATE campaigns SET subject = 'not allowed any more'`)
	d.write(file, `INSERT INTO contacts (email) VALUES ('no address at all')`)
	d.write(file, `INSERT INTO contacts (email) VALUES ('good@example.com')`)
	x.added(list, "down@example.com")
	x.alike(x.chloe, d)
	if told := d.attention(); len(told) != 2 || told[0].What != "refused" || told[1].What != "refused" {
		x.t.Errorf("she is told %+v", told)
	}
	there := func(email string) bool {
		return d.value(file, `SELECT count(*) FROM contacts WHERE email = ?`, email) == "1"
	}
	if !there("good@example.com") || !there("down@example.com") {
		x.t.Error("what stood behind it has not arrived")
	}

	wire.taking(func(r *recorded) (*reply, bool) {
		if r.push() {
			return page(500, "text/html", "<html>no</html>"), true
		}
		return nil, false
	})
	d.write(file, `INSERT INTO contacts (email) VALUES ('held@example.com')`)
	x.added(list, "also-down@example.com")
	if err := d.follower.Sync(x.t.Context()); err == nil || errors.Is(err, syncclient.ErrSignedOut) {
		x.t.Errorf("that edits wait is told as %v", err)
	}
	if !there("also-down@example.com") || !there("held@example.com") {
		x.t.Error("what comes down waits for what goes up")
	}
	wire.taking(nil)
	x.must(x.again(d))
	x.alike(x.chloe, d)
	x.empty(d, file)
}

// parted: pushes get lost in either direction until the network is whole; then the next sync sends them.
func parted(x *trial) {
	list, d, wire := x.guests(5)
	file := d.fileOf(list)
	for i := range 4 {
		d.write(file, `INSERT INTO contacts (email) VALUES (?)`, fmt.Sprintf("new-%d@example.com", i))
		wire.taking(func(r *recorded) (*reply, bool) {
			if r.push() && i%2 == 0 {
				wire.forward(r)
			}
			return nil, r.push()
		})
		if err := d.follower.Sync(x.t.Context()); err == nil {
			x.t.Error("nothing was said")
		}
		d.write(file, `UPDATE contacts SET city = 'later' WHERE email = ?`, fmt.Sprintf("new-%d@example.com", i))
	}
	wire.taking(nil)
	d.sync() // the same process
	x.alike(x.chloe, d)
	x.empty(d, file)
	if got := d.value(file, `SELECT count(*) FROM contacts WHERE email LIKE 'new-%' AND city = 'later'`); got != "4" {
		x.t.Errorf("%s of 4 arrived", got)
	}
}

// nothingChanged: the server has the value already, so no row comes that would say that the edit is over.
func nothingChanged(x *trial) {
	list, d, _ := x.guests(5)
	file := d.fileOf(list)
	x.moved(x.contacts(list)[1], "Lyon")
	d.write(file, `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'one.000001%'`)
	d.write(file, `UPDATE contacts SET state = 'subscribed', company = 'x' WHERE email LIKE 'one.000002%'`)
	d.write(file, `UPDATE contacts SET company = 'one company' WHERE email LIKE 'one.000002%'`)
	x.alike(x.chloe, d)
	x.empty(d, file)
	d.write(file, `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'one.000001%'`)
	x.alike(x.chloe, d)
	x.empty(d, file)
	if told := d.attention(); len(told) > 0 {
		x.t.Errorf("she is told %+v", told)
	}
}

// staysInSight looks at the edited row and at its version whenever something goes over the wire.
func staysInSight(x *trial) {
	list, d, wire := x.guests(5)
	file := d.fileOf(list)
	version, seen := 0, 0
	look := func(want string) {
		x.t.Helper()
		got := d.value(file, `SELECT city || ' ' || version FROM contacts WHERE email LIKE 'one.000001%'`)
		var now int
		city, number, _ := strings.Cut(got, " ")
		if _, err := fmt.Sscan(number, &now); err != nil {
			x.t.Fatal(err)
		}
		if city != want || now < version {
			x.t.Errorf("it went back to %s from %s %d", got, want, version)
		}
		version = now
		seen++
	}
	for i := range 6 {
		want := fmt.Sprint("city", i)
		d.write(file, `UPDATE contacts SET city = ? WHERE email LIKE 'one.000001%'`, want)
		for broken := range 4 {
			ctx, cancel := context.WithCancel(x.t.Context())
			n := 0
			wire.taking(func(r *recorded) (*reply, bool) {
				look(want)
				said := wire.forward(r)
				look(want)
				if n++; n > broken { // its process ends here
					cancel()
					return nil, true
				}
				return said, true
			})
			_ = d.follower.Sync(ctx)
			cancel()
			x.must(d.follower.Close())
			d.open()
			look(want)
		}
		wire.taking(nil)
		d.sync()
		look(want)
	}
	x.alike(x.chloe, d)
	if seen < 50 {
		x.t.Errorf("looked %d times", seen)
	}
}
