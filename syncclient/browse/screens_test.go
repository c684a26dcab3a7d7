package browse

import (
	"os"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func TestWorkspace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3)
	d := w.desk()
	t.Run("shows items with who changed them", func(t *testing.T) {
		screen := d.sees("Spring news", "✓ synced", "Anna Petit", "draft", "Maison")
		if !strings.Contains(screen, "Another program keeps this copy") {
			t.Errorf("it does not say who keeps the copy:\n%s", screen)
		}
	})
	t.Run("has tabs for all kinds", func(t *testing.T) {
		d.press("3")
		d.sees("Customers", "Rows")
		d.press("4")
		d.sees("Never")
		d.press("5")
		d.sees("Nothing needs your eye.")
		d.press("tab")
		d.sees("Spring news")
	})
	t.Run("sees a campaign arrive", func(t *testing.T) {
		w.apply(&protocol.ChangePage{Items: []protocol.Item{w.item(protocol.KindCampaign, id(), "Arrived just now")}})
		d.sees("Arrived just now")
	})
	t.Run("filters by name", func(t *testing.T) {
		d.press("/")
		d.types("arriv")
		d.lacks("Spring news")
		d.press("esc")
		d.sees("Spring news")
	})
	t.Run("finds words in bodies and subjects", func(t *testing.T) {
		it := w.item(protocol.KindCampaign, id(), "Third")
		it.Body, it.Version = "<p>Un été à la mer</p>", 2
		w.apply(&protocol.ChangePage{Items: []protocol.Item{it}})
		w.index()
		d.sees("Third")
		d.press("/")
		d.types("ete mer")
		d.lacks("Spring news")
		d.sees("Third")
		d.press("esc")
		w.apply(&protocol.ChangePage{Removals: []protocol.ID{it.ID}})
		d.lacks("Third")
	})
	t.Run("puts aside, hides, shows and takes back", func(t *testing.T) {
		d.press("home", "a")
		d.lacks("Arrived just now")
		d.press("A")
		d.sees("(put aside) Arrived", "↑ waiting")
		d.press("a")
		d.lacks("(put aside)")
	})
	t.Run("makes and deletes, with a question", func(t *testing.T) {
		d.press("2", "n")
		d.sees("New template")
		d.types("Made here")
		d.press("enter")
		d.sees("Made here", "↑ waiting", "Saved here")
		d.press("d")
		d.sees("Delete “Made here”?")
		d.press("n")
		d.sees("Made here")
		d.press("d", "y")
		d.lacks("Made here")
	})
	t.Run("tells all of an item, and chooses its lists", func(t *testing.T) {
		d.press("1", "end", "enter")
		d.sees("everyone in the account", "Seen by")
		d.press("t")
		d.sees("[ ]  Customers", "[ ]  Never")
		d.press("enter")
		d.sees("[x]  Customers")
		d.press("esc")
		d.sees("Goes to", "Customers", "↑ waiting")
	})
	t.Run("shows the leads of a campaign", func(t *testing.T) {
		d.press("enter")
		d.sees("1 lead", "Léa")
	})
}

func TestLocked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	d := w.desk()
	must(t, w.mirror.Lock(t.Context()))
	d.sees("this copy is locked")
	d.lacks("Spring news")
	must(t, w.mirror.Unlock(t.Context()))
	d.sees("Spring news")
}

// TestVanished says that the copy has gone, and not that its lists are not kept.
func TestVanished(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	d := w.desk()
	d.press("3", "enter")
	d.sees("c000000@example.com")
	must(t, os.RemoveAll(w.mirror.Dir()))
	screen := d.sees("There is no local copy yet.")
	for _, wrong := range []string{"not kept", "0 contacts", "on the server alone"} {
		if strings.Contains(screen, wrong) {
			t.Errorf("it says %q:\n%s", wrong, screen)
		}
	}
}

// TestGivenUp: nobody else keeps the copy any more, and it cannot be followed here.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	d := w.desk()
	d.sees("○ Another program keeps this copy")
	must(t, w.mirror.Close())
	d.sees("○ Signed out.")
	d.press("S")
	d.sees("The session has ended; sign in again.", "○ Signed out.")
}

func TestTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	d := w.desk()
	d.press("3", "enter")
	d.sees("c000000@example.com")
	w.apply(&protocol.ChangePage{Removals: []protocol.ID{protocol.Global(protocol.KindList, w.list)}})
	d.sees("“Customers” is not there any more.")
	d.lacks("c000000@example.com")
}

func TestHelp(t *testing.T) {
	t.Parallel()
	d := newWorld(t, 1).desk()
	for _, width := range []int{60, 75, 76, 80, 100, 120} {
		d.size(width, 40)
		d.press("?")
		if screen := d.sees("Keys", "put aside or back", "sync now", "States", "× conflict"); strings.Contains(screen, "…") {
			t.Errorf("something is cut off in %d columns:\n%s", width, screen)
		}
		d.press("x")
		d.sees("Spring news")
	}
	d.size(60, 15)
	d.press("?")
	d.sees("Keys", "↓ more", "esc goes back")
	for range 20 {
		d.press("down")
	}
	d.lacks("more")
	d.sees("not kept")
	d.press("q")
	d.sees("Spring news")
}
