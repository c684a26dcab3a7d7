package clienttest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient"
)

// TestDamagedImage flips a bit of a ready file where it lies on the server. The first who gets it takes pages instead, and
// the next are given another.
func TestDamagedImage(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		dir := filepath.Join(t.TempDir(), "images")
		w := populate(t, servertest.Start(t, c, func(c *app.Config) { c.Images.Dir = dir }))
		list := w.list("large", rows("mark", large))
		w.desk(w.anna).sync()
		files, err := filepath.Glob(filepath.Join(dir, "*.zst"))
		must(t, err)
		if len(files) != 1 {
			t.Fatalf("there lie %v", files)
		}
		bytes, err := os.ReadFile(files[0])
		must(t, err)
		bytes[len(bytes)/2] ^= 8
		must(t, os.WriteFile(files[0], bytes, 0o600))
		refused := func(e syncclient.Event) bool { _, refused := e.(syncclient.ImageRefused); return refused }
		p := newProxy(t, w.URL)
		first := w.deskVia(w.chloe, t.TempDir(), p.URL)
		first.sync()
		w.same(w.chloe, first)
		if images, pages := p.asked(list); images != 1 || pages == 0 || first.count(refused) != 1 {
			t.Errorf("asked %d times for the file and %d times for rows, and refused %d", images, pages, first.count(refused))
		}
		p = newProxy(t, w.URL)
		next := w.deskVia(w.chloe, t.TempDir(), p.URL)
		next.sync()
		w.same(w.chloe, next)
		if images, pages := p.asked(list); images != 1 || pages > 0 || next.count(refused) > 0 {
			t.Errorf("then asked %d times for the file and %d times for rows, and refused %d", images, pages, next.count(refused))
		}
	})
}
