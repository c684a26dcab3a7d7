package addressbook

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/partage-mail/partage/server/fault"
)

const (
	maxRow      = 1 << 20 // bytes of one row, quotation marks included
	maxProblems = 100
)

// Row is one contact of a file.
type Row struct {
	// Line is where the row begins, from 1.
	Line int
	Contact
}

// Problem is why a row was left out.
type Problem struct {
	Line    int
	Message string
}

// CSV reads contacts from a CSV file as it streams, in memory that does not grow with the file. It reads comma,
// semicolon and tab, quoted values over several lines, CR LF, UTF-8 with and without a byte order mark,
// UTF-16 with one, and Windows-1252. It is for one goroutine.
type CSV struct {
	reader   *csv.Reader
	limit    *rowLimit
	shape    shape
	skipped  int // lines before the header
	last     int // line of the last row read
	problems []Problem
	refused  int
}

// ReadCSV reads the header line of a file. It fails with an Invalid fault on "file" where the file is not
// CSV or no column holds the email address.
func ReadCSV(r io.Reader) (*CSV, error) {
	decoded, err := newText(r)
	if err != nil {
		return nil, err
	}
	source := bufio.NewReaderSize(decoded, window)
	comma, skipped, err := delimiter(source)
	if err != nil {
		return nil, err
	}
	limit := &rowLimit{src: source, left: maxRow}
	c := &CSV{reader: csv.NewReader(limit), limit: limit, skipped: skipped, last: skipped + 1}
	c.reader.Comma, c.reader.FieldsPerRecord, c.reader.ReuseRecord = comma, -1, true
	header, err := c.reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fault.Field("file", "The file is empty.")
	case errors.As(err, new(*csv.ParseError)):
		return nil, fault.Field("file", "The first line cannot be read: %s.", quoteProblem(err))
	case err != nil:
		return nil, c.fatal(err)
	}
	columns, err := columnsOf(header)
	if err != nil {
		return nil, err
	}
	c.shape = shapeOf(columns)
	return c, nil
}

// Columns returns what each column becomes, in the order of the file.
func (c *CSV) Columns() []Column { return slices.Clone(c.shape.columns) }

// Problems returns why rows were left out, the first hundred, and how many were.
func (c *CSV) Problems() (first []Problem, total int) { return slices.Clone(c.problems), c.refused }

// Rows goes through the rows, once. A row that cannot be taken is left out and counted in Problems; a row of
// nothing is passed over. An error ends the iteration: the file could not be read on, or a row is longer
// than a row can be (an Invalid fault).
func (c *CSV) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			c.limit.left = maxRow
			record, err := c.reader.Read()
			var unreadable *csv.ParseError
			switch {
			case errors.Is(err, io.EOF):
				return
			case errors.As(err, &unreadable):
				c.last = unreadable.StartLine + c.skipped
				c.refuse("This row cannot be read: " + quoteProblem(err) + ".")
				continue
			case err != nil:
				yield(Row{}, c.fatal(err))
				return
			}
			line, _ := c.reader.FieldPos(0)
			c.last = line + c.skipped
			if blank(record) {
				continue
			}
			contact, err := c.shape.contact(record)
			if err != nil {
				c.refuse(err.Error())
				continue
			}
			if !yield(Row{Line: c.last, Contact: contact}, nil) {
				return
			}
		}
	}
}

func (c *CSV) refuse(message string) {
	if c.refused++; len(c.problems) < maxProblems {
		c.problems = append(c.problems, Problem{Line: c.last, Message: message})
	}
}

// fatal words the one failure to read that a person can mend.
func (c *CSV) fatal(err error) error {
	if errors.Is(err, errRowTooLong) {
		return fault.Field("file", "A row from line %d on is longer than %d bytes; a quotation mark may lack its partner.", c.last, maxRow)
	}
	return err
}

func quoteProblem(err error) string {
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
