package protocol

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ImageHeader is the header in which the server says what an image of a bucket's rows holds.
const ImageHeader = "Partage-Image"

// ImageMedia is the media type of an image: one zstd stream of a SQLite file.
const ImageMedia = "application/vnd.sqlite3+zstd"

// ImagePage is the size of the pages of an image's SQLite file.
const ImagePage = 4096

// largestImage bounds what an image may be said to have, in bytes.
const largestImage = 1 << 40

// ErrImage says that an image is not what it is said to be, or not what an image is.
var ErrImage = errors.New("the image of the list is not what it should be")

// Image is what the server says of an image: all rows of a bucket in one ready SQLite file.
type Image struct {
	// Kind is "contacts", "entries" or "leads".
	Kind Enum `json:"kind"`
	// State is the bucket's as of the image. The workspace may have told a newer one.
	State string `json:"state"`
	// Rows is how many there are.
	Rows int64 `json:"rows"`
	// Digest is that of all of them, as in the header of a last page of rows.
	Digest string `json:"digest"`
	// Next is the cursor from which rows follow.
	Next string `json:"next"`
	// Bytes is the size of the SQLite file, unpacked.
	Bytes int64 `json:"bytes"`
}

// ParseImage reads the header. ErrImage where it makes no sense.
func ParseImage(header string) (Image, error) {
	var i Image
	if err := json.Unmarshal([]byte(header), &i); err != nil {
		return i, fmt.Errorf("%w: its header is not readable: %v", ErrImage, err)
	}
	digest, err := ParseDigest(i.Digest)
	if err == nil {
		err = checkNext(i.Next, "", false)
	}
	if err != nil {
		return i, fmt.Errorf("%w: %v", ErrImage, err)
	}
	if Columns(i.Kind) == nil || i.State == "" || len(i.State) > MaxCursor || i.Rows < 0 || digest.Count != i.Rows ||
		i.Bytes < ImagePage || i.Bytes%ImagePage != 0 || i.Bytes > largestImage || i.Rows > i.Bytes {
		return i, fmt.Errorf("%w: its header makes no sense", ErrImage)
	}
	return i, nil
}

// ImageTable returns the statement that makes the only table of an image, byte for byte as the file keeps it; empty for
// an unknown kind. It is also the table that a mirror keeps such rows in.
func ImageTable(kind Enum) string {
	columns := Columns(kind)
	if columns == nil {
		return ""
	}
	for i, c := range columns {
		switch c {
		case "id":
			columns[i] += " TEXT NOT NULL PRIMARY KEY"
		case "assignee":
			columns[i] += " TEXT"
		case "assigned_at":
			columns[i] += " INTEGER"
		case "version", "created_at", "changed_at":
			columns[i] += " INTEGER NOT NULL"
		default:
			columns[i] += " TEXT NOT NULL"
		}
	}
	return fmt.Sprintf("CREATE TABLE server_%s (%s, walk INTEGER NOT NULL) STRICT", kind, strings.Join(columns, ", "))
}
