package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// rawImage is an image before it is packed: a SQLite file, and what its server says of it.
type rawImage struct {
	file   []byte
	said   protocol.Image
	packed []byte // what travels; nil for the file, packed
}

// imageOf makes an image as a server does. Statements alter the file before it is closed, and are not in what is said.
func imageOf(t testing.TB, kind protocol.Enum, rows [][]any, alter ...string) *rawImage {
	t.Helper()
	path := filepath.Join(t.TempDir(), "image.db")
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	exec := func(statement string, args ...any) {
		if _, err := db.Exec(statement, args...); err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
	for _, s := range alter {
		if strings.HasPrefix(s, "PRAGMA page_size") || strings.HasPrefix(s, "PRAGMA encoding") || strings.HasPrefix(s, "PRAGMA auto_vacuum") {
			exec(s)
		}
	}
	table := protocol.ImageTable(kind)
	for _, s := range alter {
		if strings.HasPrefix(s, "CREATE TABLE server_") {
			table = s
		}
	}
	exec("PRAGMA synchronous = OFF; PRAGMA user_version = 1; BEGIN; " + table)
	columns := protocol.Columns(kind)
	insert, err := db.Prepare(fmt.Sprintf("INSERT INTO server_%s (%s, walk) VALUES (?%s, 1)", kind, strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1)))
	if err != nil {
		t.Fatal(err)
	}
	var sum protocol.Digest
	for _, row := range rows {
		if _, err := insert.Exec(row...); err != nil {
			t.Fatal(err)
		}
		var values []byte
		for _, v := range row {
			values = append(fmt.Append(values, v), 0)
		}
		sum.Add(protocol.DigestOf(values))
	}
	insert.Close()
	exec("COMMIT")
	for _, s := range alter {
		if !strings.HasPrefix(s, "CREATE TABLE server_") {
			exec(s)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return &rawImage{file: file, said: protocol.Image{
		Kind: kind, State: "s1", Rows: int64(len(rows)), Digest: sum.String(), Next: "after image", Bytes: int64(len(file)),
	}}
}

// travels returns the bytes that the server sends.
func (r *rawImage) travels(t testing.TB) []byte {
	t.Helper()
	if r.packed == nil {
		enc, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer enc.Close()
		r.packed = enc.EncodeAll(r.file, []byte{})
	}
	return r.packed
}

// contactRows are n rows of contacts.
func contactRows(n int, mark string) [][]any {
	var rows [][]any
	for i := range n {
		rows = append(rows, contact(newID(), fmt.Sprintf("%s%d", mark, i), 1))
	}
	return rows
}

// tell has the server tell of an item with rows, and returns its bucket.
func tell(t testing.TB, m *Mirror, kind protocol.Kind, of protocol.Enum, rows int) Bucket {
	t.Helper()
	ctx, id := context.Background(), newID()
	at, err := m.Position(ctx)
	if err != nil {
		t.Fatal(err)
	}
	page := &protocol.ChangePage{
		Items:   []protocol.Item{{ID: protocol.Global(kind, id), Name: "list " + id, Audience: "everyone", MyLevel: "edit", Version: 1}},
		Buckets: []protocol.Bucket{{ID: protocol.Global(kind, id), Kind: of, State: "s1", Rows: int64(rows)}}, Next: at.Cursor + "x",
	}
	if _, err := m.Apply(ctx, page, at.Cursor); err != nil {
		t.Fatal(err)
	}
	b, err := m.Bucket(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// start has the image come, but for its last bytes.
func start(t testing.TB, m *Mirror, b Bucket, r *rawImage, but int) {
	t.Helper()
	if err := r.begin(t, m, b, but); err != nil {
		t.Fatal(err)
	}
}

func (r *rawImage) begin(t testing.TB, m *Mirror, b Bucket, but int) error {
	t.Helper()
	ctx, packed := context.Background(), r.travels(t)
	if err := m.StartImage(ctx, b, Incoming{Image: r.said, ETag: `"1"`, Length: int64(len(packed))}); err != nil {
		return err
	}
	var at int64
	for some := range slices.Chunk(packed[:len(packed)-but], 10_000) {
		if err := m.AppendImage(ctx, b, at, some); err != nil {
			return err
		}
		at += int64(len(some))
	}
	return nil
}

// unpacked makes a file of what has come.
func unpacked(ctx context.Context, m *Mirror, b Bucket) (*Image, error) {
	u, err := m.Unpacking(ctx, b)
	if err != nil {
		return nil, err
	}
	return u.Run(ctx)
}

// adopt fetches an image whole and makes it the file of its bucket.
func adopt(t testing.TB, m *Mirror, b Bucket, r *rawImage) (RowsApplied, error) {
	t.Helper()
	if err := r.begin(t, m, b, 0); err != nil {
		return RowsApplied{}, err
	}
	image, err := unpacked(context.Background(), m, b)
	if err != nil {
		return RowsApplied{}, err
	}
	return m.AdoptImage(context.Background(), image)
}

// inLists returns the names of what lies in the folder of lists, without the random part.
func inLists(t testing.TB, m *Mirror) []string {
	t.Helper()
	found, err := os.ReadDir(filepath.Join(m.dir, listFolder))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range found {
		names = append(names, filepath.Ext(e.Name()))
	}
	slices.Sort(names)
	return slices.Compact(names)
}
