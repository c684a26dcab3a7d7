// Package csvfile reads CSV files as other programs write them: separated by comma, semicolon or tab, with quoted
// values over several lines, CR LF, UTF-8 with and without a byte order mark, UTF-16 with one, and Windows-1252.
//
// It streams, in memory that does not grow with the file, and no row can make it grow. What columns mean is
// known to those who read them; for headers that name a person there is [Person]. What it writes ([AppendRow])
// it reads back, and no spreadsheet runs. It is a leaf.
package csvfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/partage-mail/partage/server/fault"
)

const maxRow = 1 << 20 // bytes of one row, quotation marks included

// File is a CSV file being read. It is for one goroutine.
type File struct {
	// Header is the values of the first line.
	Header []string

	reader  *csv.Reader
	limit   *rowLimit
	field   string
	skipped int // lines before the header
	last    int // line of the last row read
}

// Row is one row after the header.
type Row struct {
	// Line is where the row begins, from 1.
	Line int
	// Values are its values, until the next row is read; nil where Problem is set.
	Values []string
	// Problem is why the row cannot be read, an Invalid fault; nil where it can.
	Problem error
}

// Open reads the header line of a file. It fails with an Invalid fault on the field where the file is not CSV.
func Open(r io.Reader, field string) (*File, error) {
	decoded, err := Decode(r, field)
	if err != nil {
		return nil, err
	}
	source := bufio.NewReaderSize(decoded, window)
	comma, skipped, err := delimiter(source)
	if err != nil {
		return nil, err
	}
	limit := &rowLimit{src: source, left: maxRow}
	f := &File{reader: csv.NewReader(limit), limit: limit, field: field, skipped: skipped, last: skipped + 1}
	f.reader.Comma, f.reader.FieldsPerRecord, f.reader.ReuseRecord = comma, -1, true
	header, err := f.reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fault.Field(field, "The file is empty.")
	case errors.As(err, new(*csv.ParseError)):
		return nil, fault.Field(field, "The first line cannot be read: %s.", quoteProblem(err))
	case err != nil:
		return nil, f.fatal(err)
	}
	f.Header = slices.Clone(header)
	return f, nil
}

// Rows goes through the rows, once; a row of nothing is passed over. An error ends the iteration: the file could
// not be read on, or a row is longer than a row can be (an Invalid fault).
func (f *File) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			f.limit.left = maxRow
			record, err := f.reader.Read()
			var unreadable *csv.ParseError
			switch {
			case errors.Is(err, io.EOF):
				return
			case errors.As(err, &unreadable):
				f.last = unreadable.StartLine + f.skipped
				if !yield(Row{Line: f.last, Problem: fault.New(fault.Invalid, "This row cannot be read: %s.", quoteProblem(err))}, nil) {
					return
				}
				continue
			case err != nil:
				yield(Row{}, f.fatal(err))
				return
			}
			line, _ := f.reader.FieldPos(0)
			f.last = line + f.skipped
			if !blank(record) && !yield(Row{Line: f.last, Values: record}, nil) {
				return
			}
		}
	}
}

// fatal words the one failure to read that a person can mend.
func (f *File) fatal(err error) error {
	if errors.Is(err, errRowTooLong) {
		return fault.Field(f.field, "A row from line %d on is longer than %d bytes; a quotation mark may lack its partner.", f.last, maxRow)
	}
	return err
}

func quoteProblem(err error) fault.Word {
	if errors.Is(err, csv.ErrBareQuote) {
		return "a quotation mark stands inside a value that does not begin with one"
	}
	return "a quotation mark lacks its partner or is followed by text"
}

var errRowTooLong = errors.New("row too long")

// rowLimit fails when more is read than one row may have; left is set anew before each row. The CSV reader reads
// up to 4 kB ahead, so a row may be that much longer.
type rowLimit struct {
	src  io.Reader
	left int
}

// Read reads at most what is left.
func (l *rowLimit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errRowTooLong
	}
	n, err := l.src.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

func blank(record []string) bool {
	return !slices.ContainsFunc(record, func(value string) bool { return strings.TrimSpace(value) != "" })
}
