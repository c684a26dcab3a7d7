package mirror

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestImageRefused attacks images: each is refused with nothing kept, and pages are taken in its place.
func TestImageRefused(t *testing.T) {
	t.Parallel()
	rows := contactRows(500, "mine")
	table := protocol.ImageTable(protocol.Contacts)
	made := func(alter ...string) func(t *testing.T) *rawImage {
		return func(t *testing.T) *rawImage { return imageOf(t, protocol.Contacts, rows, alter...) }
	}
	changed := func(change func(t *testing.T, r *rawImage)) func(t *testing.T) *rawImage {
		return func(t *testing.T) *rawImage {
			r := imageOf(t, protocol.Contacts, rows)
			change(t, r)
			return r
		}
	}
	// flip alters a byte of a text, where it stands first in the file or last.
	flip := func(text string, last bool) func(t *testing.T) *rawImage {
		return changed(func(t *testing.T, r *rawImage) {
			at := bytes.Index(r.file, []byte(text))
			if last {
				at = bytes.LastIndex(r.file, []byte(text))
			}
			if at < 0 {
				t.Fatal("the text is not there")
			}
			r.file[at] ^= 1
		})
	}
	head := func(at int, value byte) func(t *testing.T) *rawImage {
		return changed(func(_ *testing.T, r *rawImage) { r.file[at] = value })
	}
	// reasons are told apart where another check would refuse the same, but later.
	reasons := map[string]string{
		"a bomb": "more comes out", "something behind it": "more comes out", "a page short": "bytes and not", "of a blacklist": "has entries",
		"a large window": "window size",
	}
	for name, attack := range map[string]func(t *testing.T) *rawImage{
		"cut off": changed(func(t *testing.T, r *rawImage) { r.packed = r.travels(t)[:len(r.travels(t))/2] }),
		"cut off, and said to be": changed(func(_ *testing.T, r *rawImage) {
			r.file = r.file[:len(r.file)/2/4096*4096]
			r.said.Bytes = int64(len(r.file))
			binary.BigEndian.PutUint32(r.file[28:], uint32(len(r.file)/4096))
		}),
		"empty":                changed(func(_ *testing.T, r *rawImage) { r.file = nil }),
		"no zstd":              changed(func(_ *testing.T, r *rawImage) { r.packed = r.file }),
		"no database":          changed(func(_ *testing.T, r *rawImage) { copy(r.file, "something else ") }),
		"altered in a row":     flip("Company", true),
		"altered in an id":     flip(rows[400][0].(string), false),
		"altered in the index": flip(rows[400][0].(string), true),
		"altered in a page":    changed(func(_ *testing.T, r *rawImage) { r.file[3*4096+5] ^= 0x40 }),
		"of another list":      changed(func(t *testing.T, r *rawImage) { r.file = imageOf(t, protocol.Contacts, contactRows(500, "mind")).file }),
		"of a blacklist":       func(t *testing.T) *rawImage { return imageOf(t, protocol.Entries, nil) },
		"a blacklist in secret": changed(func(t *testing.T, r *rawImage) {
			r.file = imageOf(t, protocol.Entries, nil).file
			r.said.Bytes = int64(len(r.file))
		}),
		"of another count":       changed(func(_ *testing.T, r *rawImage) { r.said.Digest = strings.Replace(r.said.Digest, "500:", "501:", 1) }),
		"of another digest":      changed(func(_ *testing.T, r *rawImage) { r.said.Digest = "500:" + strings.Repeat("0", 32) }),
		"fewer rows":             made(`DELETE FROM server_contacts WHERE rowid = 7`),
		"more rows":              made(`INSERT INTO server_contacts SELECT 'x', email, first_name, last_name, company, city, fields, state, version, created_at, changed_at, 1 FROM server_contacts LIMIT 1`),
		"another walk":           made(`UPDATE server_contacts SET walk = 2 WHERE rowid = 7`),
		"a trigger":              made(`CREATE TRIGGER t AFTER INSERT ON server_contacts BEGIN DELETE FROM server_contacts; END`),
		"a view":                 made(`CREATE VIEW contacts AS SELECT 1 AS id`),
		"an index":               made(`CREATE INDEX i ON server_contacts (email)`),
		"an index of a function": made(`CREATE INDEX i ON server_contacts (abs(version))`),
		"another table":          made(`CREATE TABLE outbox (a)`),
		"a virtual table": made(`PRAGMA writable_schema = ON; INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
			VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING fts5(a)')`),
		"statistics":          made(`ANALYZE`),
		"a generated column":  made(strings.Replace(table, "walk INTEGER NOT NULL", "walk INTEGER NOT NULL, g TEXT AS (upper(city))", 1)),
		"a default":           made(strings.Replace(table, "city TEXT NOT NULL", "city TEXT NOT NULL DEFAULT (load_extension('x'))", 1)),
		"a check":             made(strings.Replace(table, "city TEXT NOT NULL", "city TEXT NOT NULL CHECK (length(city) < 1000)", 1)),
		"other columns":       made(strings.Replace(table, "walk INTEGER NOT NULL", "walk INTEGER NOT NULL, more TEXT", 1)),
		"not strict":          made(strings.TrimSuffix(table, " STRICT")),
		"without rowids":      made(table + ", WITHOUT ROWID"),
		"another page size":   made("PRAGMA page_size = 8192"),
		"another encoding":    made("PRAGMA encoding = 'UTF-16le'"),
		"another vacuum mode": made("PRAGMA auto_vacuum = FULL"),
		"another version":     made("PRAGMA user_version = 2"),
		"a mirror's mark":     made("PRAGMA application_id = 0x50746765"),
		"with a journal":      made("PRAGMA journal_mode = WAL"),
		"a journal's mark":    head(19, 2),
		"reserved space":      head(20, 8),
		"fewer pages":         head(31, 1),
		"more than is said":   changed(func(_ *testing.T, r *rawImage) { r.said.Bytes -= 4096 }),
		"less than is said":   changed(func(_ *testing.T, r *rawImage) { r.said.Bytes += 4096 }),
		"something behind it": changed(func(t *testing.T, r *rawImage) {
			tail := &rawImage{file: make([]byte, 1<<20)}
			r.packed = append(r.travels(t), tail.travels(t)...)
		}),
		"a page short": changed(func(_ *testing.T, r *rawImage) { r.file = r.file[:len(r.file)-4096] }),
		"a bomb": changed(func(t *testing.T, r *rawImage) {
			r.file = append(r.file, make([]byte, 64<<20)...)
		}),
		"a large window": changed(func(t *testing.T, r *rawImage) {
			var out bytes.Buffer
			enc, err := zstd.NewWriter(&out, zstd.WithWindowSize(64<<20), zstd.WithSingleSegment(false))
			must(t, err)
			_, err = enc.Write(append(r.file, make([]byte, 9<<20)...))
			must(t, err)
			must(t, enc.Close())
			r.packed = out.Bytes()
		}),
		"larger packed": changed(func(t *testing.T, r *rawImage) { r.packed = append(r.travels(t), make([]byte, 8<<20)...) }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			m := setup(t)
			b := tell(t, m, protocol.KindList, protocol.Contacts, 500)
			_, err := adopt(t, m, b, attack(t))
			if !errors.Is(err, protocol.ErrImage) || errors.Is(err, ErrDamaged) {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(err.Error(), reasons[name]) {
				t.Fatalf("got %v, and not %q", err, reasons[name])
			}
			must(t, m.DropImage(ctx, b))
			if found := inLists(t, m); len(found) > 0 {
				t.Fatalf("left: %v", found)
			}
			_, err = m.ApplyRows(ctx, b, rowPage(t, rows, nil, "r1", false, "s1"), "")
			must(t, err)
		})
	}
}

// TestImageSwapped puts another file in the place of an image after it was checked.
func TestImageSwapped(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, swap := range map[string]func(t *testing.T, path string){
		"another file": func(t *testing.T, path string) {
			must(t, os.WriteFile(path+".other", imageOf(t, protocol.Contacts, contactRows(500, "other")).file, 0o600))
			must(t, os.Rename(path+".other", path))
		},
		"a copy": func(t *testing.T, path string) {
			content, err := os.ReadFile(path)
			must(t, err)
			must(t, os.WriteFile(path+".other", content, 0o600))
			must(t, os.Rename(path+".other", path))
		},
		"a link": func(t *testing.T, path string) {
			must(t, os.Rename(path, path+"2"))
			must(t, os.Symlink("nowhere", path))
		},
		"nothing": func(t *testing.T, path string) { must(t, os.Remove(path)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := setup(t)
			b := tell(t, m, protocol.KindList, protocol.Contacts, 500)
			start(t, m, b, imageOf(t, protocol.Contacts, contactRows(500, "one")), 0)
			image, err := unpacked(ctx, m, b)
			must(t, err)
			swap(t, image.file.path)
			if _, err := m.AdoptImage(ctx, image); !errors.Is(err, protocol.ErrImage) {
				t.Fatalf("got %v", err)
			}
			if _, wanted, err := m.Incoming(ctx, b); err != nil || !wanted {
				t.Fatal(wanted, err)
			}
		})
	}
}
