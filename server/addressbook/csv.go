package addressbook

import (
	"io"
	"iter"
	"slices"

	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/server/csvfile"
)

const maxProblems = 100

// Row is one contact of a file.
type Row struct {
	// Line is where the row begins, from 1.
	Line int
	Contact
	// State is whether the contact may be mailed; empty where the file does not say.
	State contact.State
}

// Problem is why a row was left out.
type Problem struct {
	Line int
	// Why is said to people; see fault.Say.
	Why error
}

// CSV reads contacts from a CSV file as it streams ([csvfile.File]). It is for one goroutine.
type CSV struct {
	file     *csvfile.File
	shape    shape
	problems []Problem
	refused  int
}

// ReadCSV reads the header line of a file. It fails with an Invalid fault on "file" where the file is not
// CSV or no column holds the email address.
func ReadCSV(r io.Reader) (*CSV, error) {
	file, err := csvfile.Open(r, "file")
	if err != nil {
		return nil, err
	}
	columns, err := columnsOf(file.Header)
	if err != nil {
		return nil, err
	}
	return &CSV{file: file, shape: shapeOf(columns)}, nil
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
		for row, err := range c.file.Rows() {
			if err != nil {
				yield(Row{}, err)
				return
			}
			if row.Problem != nil {
				c.refuse(row.Line, row.Problem)
				continue
			}
			read, err := c.shape.row(row.Values)
			if err != nil {
				c.refuse(row.Line, err)
				continue
			}
			read.Line = row.Line
			if !yield(read, nil) {
				return
			}
		}
	}
}

func (c *CSV) refuse(line int, why error) {
	if c.refused++; len(c.problems) < maxProblems {
		c.problems = append(c.problems, Problem{line, why})
	}
}
