package clienttest

import (
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestRestoredLife has a server that is put back count on to the versions that a desktop saw before: what the desktop
// then sends says which values it saw, and writes over no others.
func TestRestoredLife(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, database store.Config) {
		t.Parallel()
		x := &trial{world: populate(t, servertest.Start(t, database)), t: t, database: database}
		mail, still, doomed := x.made(item.KindTemplate, "mail"), x.made(item.KindTemplate, "still"), x.made(item.KindTemplate, "doomed")
		list := x.list("guests", rows("one", 2))
		for _, id := range []uuid.UUID{mail, still, doomed, list} {
			x.must(x.Sharing.SetAccess(x.anna.ctx, id, x.chloe.collaborator, access.LevelEdit))
		}
		a, _ := x.tapped(x.anna)
		c, _ := x.tapped(x.chloe)
		x.alike(x.anna, a)
		x.alike(x.chloe, c)
		restore := x.backup()
		write := func(d *desk, life string) {
			d.write("main.db", `UPDATE templates SET subject = ? WHERE name IN ('mail', 'doomed')`, life)
			d.write(d.fileOf(list), `UPDATE contacts SET city = ?`, life)
		}
		write(c, "old life")
		c.write("main.db", `UPDATE templates SET subject = 'lost' WHERE name = 'still'`)
		x.alike(x.chloe, c)
		c.write(c.fileOf(list), `UPDATE contacts SET company = 'lost' WHERE email LIKE 'one.000001%'`) // so that her version is above
		x.alike(x.chloe, c)
		x.must(c.follower.Close()) // so that nothing of it is sent again
		x.alike(x.anna, a)

		write(a, "seen in the old one")
		a.write("main.db", `UPDATE templates SET preheader = 'another field' WHERE name IN ('mail', 'still')`)
		a.write("main.db", `UPDATE templates SET subject = 'nobody wrote since' WHERE name = 'still'`)
		a.write(a.fileOf(list), `UPDATE contacts SET first_name = 'another field'`)
		a.write("main.db", `DELETE FROM templates WHERE name = 'doomed'`)
		restore()
		other, _ := x.tapped(x.chloe)
		x.alike(x.chloe, other)
		write(other, "new life")
		x.alike(x.chloe, other)
		a.sync()
		other.sync()
		for _, d := range []*desk{a, other} {
			got := d.value("main.db", `SELECT group_concat(name || ': ' || subject || ', ' || preheader, '; ') FROM (SELECT * FROM templates WHERE name NOT LIKE 'mail (%' ORDER BY name)`)
			if want := "doomed: new life, ; mail: new life, another field; still: nobody wrote since, another field"; got != want {
				t.Errorf("of templates there is %q, want %q", got, want)
			}
			got = d.value(d.fileOf(list), `SELECT group_concat(city || ', ' || first_name, '; ') FROM contacts`)
			if want := "new life, another field; new life, another field"; got != want {
				t.Errorf("of contacts there is %q, want %q", got, want)
			}
		}
		told := map[string]int{}
		for _, one := range a.attention() {
			told[string(one.What)+" "+string(one.Kind)+" "+string(one.Code)+string(one.Mine)]++
		}
		for what, n := range map[string]int{
			`conflict template {"subject":"seen in the old one"}`: 1,
			`conflict contact {"city":"seen in the old one"}`:     2,
			`refused template CHANGED{}`:                          1,
		} {
			if told[what] != n {
				t.Errorf("%q is told %d times", what, told[what])
			}
			delete(told, what)
		}
		if len(told) > 0 {
			t.Errorf("she is told, too, %v", told)
		}
	})
}

// TestSeen holds the digests of both sides together.
func TestSeen(t *testing.T) {
	for _, value := range []string{"", "Lyon", "Zoë\x00 <&>\u2028"} {
		if protocol.Seen(value) != merge.Digest(value) {
			t.Errorf("%q has two digests", value)
		}
	}
}
