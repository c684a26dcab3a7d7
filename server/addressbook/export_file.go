package addressbook

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/csvfile"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
)

// File is an exported list. It is for one goroutine.
type File struct {
	// Name is that of the list.
	Name string
	// Rows is how many it has, without the header.
	Rows int
	// Size is how many bytes it has.
	Size int64

	file  *os.File
	out   *bufio.Writer
	row   []byte // the memory of the last row
	leave func()
}

// newFile returns an empty file that nobody else can open. It is gone when it is closed, or the process ends.
func newFile(leave func()) (*File, error) {
	file, err := os.CreateTemp("", "partage-export-")
	if err != nil {
		leave()
		return nil, fmt.Errorf("exporting: %w", err)
	}
	_ = os.Remove(file.Name()) // some systems keep a file that is open: Close tries again
	f := &File{file: file, out: bufio.NewWriterSize(file, 64<<10), leave: leave}
	_, err = f.out.WriteString(csvfile.Mark)
	return f, err
}

// Read returns the next bytes of the file.
func (f *File) Read(p []byte) (int, error) { return f.file.Read(p) }

// Close throws the file away.
func (f *File) Close() error {
	f.leave()
	err := f.file.Close()
	if rerr := os.Remove(f.file.Name()); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
		err = errors.Join(err, rerr)
	}
	return err
}

// add writes a row.
func (f *File) add(values ...string) error {
	f.row = csvfile.AppendRow(f.row[:0], values...)
	_, err := f.out.Write(f.row)
	return err
}

// finish prepares the file to be read from its start.
func (f *File) finish() (err error) {
	if err = f.out.Flush(); err == nil {
		if f.Size, err = f.file.Seek(0, io.SeekCurrent); err == nil {
			_, err = f.file.Seek(0, io.SeekStart)
		}
	}
	if err != nil {
		return fmt.Errorf("exporting: %w", err)
	}
	f.out, f.row = nil, nil
	return nil
}

// maxExported is how many further fields the contacts of an exported list have among them.
const maxExported = 1000

// writeContacts writes the contacts of a list by address: the attributes and, in the order of their names, the
// further fields that any of them has.
func writeContacts(ctx context.Context, tx *ent.Tx, dialectName string, list uuid.UUID, f *File) error {
	names, err := fieldNames(ctx, tx, dialectName, list)
	if err != nil {
		return err
	}
	fixed := len(attributes())
	place := make(map[string]int, len(names))
	for i, name := range names {
		place[name] = fixed + i
	}
	if err := f.add(append(attributes(), names...)...); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, store.Rebind(dialectName, `SELECT email, first_name, last_name, company, city, state, fields
		FROM contacts WHERE list_id = ? ORDER BY email_key`), list)
	if err != nil {
		return fmt.Errorf("exporting contacts: %w", err)
	}
	defer rows.Close()
	values := make([]string, fixed+len(names))
	var further string
	for ; rows.Next(); f.Rows++ {
		clear(values)
		if err := rows.Scan(&values[0], &values[1], &values[2], &values[3], &values[4], &values[5], &further); err != nil {
			return fmt.Errorf("exporting contacts: %w", err)
		}
		fields, err := DecodeFields(further)
		if err != nil {
			return fmt.Errorf("exporting contacts: %w", err)
		}
		for name, value := range fields {
			values[place[name]] = value
		}
		if err := f.add(values...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// fieldNames returns the names of the further fields that the contacts of a list have, in order.
func fieldNames(ctx context.Context, tx *ent.Tx, dialectName string, list uuid.UUID) (names []string, err error) {
	query := `SELECT DISTINCT f.key FROM contacts AS c, json_each(c.fields) AS f WHERE c.list_id = ? AND c.fields <> '{}' LIMIT ?`
	if dialectName == dialect.Postgres {
		query = `SELECT DISTINCT json_object_keys(fields::json) FROM contacts WHERE list_id = ? AND fields <> '{}' LIMIT ?`
	}
	rows, err := tx.QueryContext(ctx, store.Rebind(dialectName, query), list, maxExported+1)
	if err != nil {
		return nil, fmt.Errorf("exporting contacts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("exporting contacts: %w", err)
		}
		names = append(names, name)
	}
	if len(names) > maxExported {
		return nil, fault.New(fault.Conflict, "The contacts of this list have more than %d different further fields; that is no table any more.", maxExported)
	}
	slices.Sort(names)
	return names, rows.Err()
}

// writeEntries writes the entries of a blacklist by address or domain.
func writeEntries(ctx context.Context, tx *ent.Tx, dialectName string, blacklist uuid.UUID, f *File) error {
	if _, err := f.out.WriteString(entryHeader + "\r\n"); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, store.Rebind(dialectName,
		`SELECT value, reason, note FROM blacklist_entries WHERE blacklist_id = ? ORDER BY value_key`), blacklist)
	if err != nil {
		return fmt.Errorf("exporting entries: %w", err)
	}
	defer rows.Close()
	for ; rows.Next(); f.Rows++ {
		var value, reason, note string
		if err := rows.Scan(&value, &reason, &note); err != nil {
			return fmt.Errorf("exporting entries: %w", err)
		}
		if err := f.add(value, reason, note); err != nil {
			return err
		}
	}
	return rows.Err()
}
