package addressbook

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

const (
	chunkRows = 4_000     // rows a transaction
	maxRows   = 1_000_000 // rows a file
)

// Import adds the contacts of a CSV file to a list that the viewer in the context may change, or updates
// those whose address the list has: a value in the file takes the place of the one that is there, an empty
// one leaves it, and the spelling of the address stays. Where an address stands in several rows of the file,
// the first counts and the others are refused. So importing the same file again changes nothing.
//
// Of whether contacts may be mailed only our own exports say anything (File). A contact that may becomes one
// that may not; no file makes anybody mailable who was not.
//
// Rows are stored some thousand at a time, each time in a transaction that asks again for the right to.
// What is stored stays where a later part fails. progress, if not nil, is called after each with the number
// of rows done. Faults: NotFound, Denied, and Invalid on "file"; errors of r come back as they are.
func (b *Book) Import(ctx context.Context, list uuid.UUID, r io.Reader, progress func(done int)) (Report, error) {
	if err := b.mayFill(ctx, item.KindContactList, list, "contact list"); err != nil {
		return Report{}, err
	}
	l := &loading{book: b, list: list, progress: progress, seen: newLines()}
	var err error
	if l.csv, err = ReadCSV(watched{r, func() error { return l.mayReadOn(ctx) }}); err != nil {
		return Report{}, err
	}
	err = l.run(ctx)
	l.report.join(l.csv.Problems())
	return l.report, err
}

// mayFill refuses a file before it is read.
func (b *Book) mayFill(ctx context.Context, kind item.Kind, id uuid.UUID, noun string) error {
	return b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		_, err := open(ctx, tx, kind, id, noun)
		return err
	})
}

// loading is an import of contacts under way.
type loading struct {
	book     *Book
	list     uuid.UUID
	progress func(done int)
	csv      *CSV
	seen     *lines
	chunk    []Row
	report   Report
}

func (l *loading) run(ctx context.Context) error {
	for row, err := range l.csv.Rows() {
		if err != nil {
			return err
		}
		if len(l.seen.first) == maxRows {
			return cmp.Or[error](l.store(ctx),
				fault.Field("file", "A file can have %d contacts; import the rest, from line %d on, from another one.", maxRows, row.Line))
		}
		if first := l.seen.see(row.Email.Key, row.Line); first > 0 {
			l.report.refuse(row.Line, invalid("The address %s stands in line %d already.", row.Email.Written, first))
			continue
		}
		if l.chunk = append(l.chunk, row); len(l.chunk) == chunkRows {
			if err := l.store(ctx); err != nil {
				return err
			}
		}
	}
	return l.store(ctx)
}

// store stores the rows that have come together.
func (l *loading) store(ctx context.Context) error {
	if len(l.chunk) == 0 {
		return nil
	}
	if err := l.book.importContacts(ctx, l.list, l.chunk, &l.report); err != nil {
		return err
	}
	l.chunk = l.chunk[:0]
	if l.progress != nil {
		_, refused := l.csv.Problems()
		l.progress(l.report.Rows + refused)
	}
	return nil
}

// mayReadOn ends the reading of a file in which nothing is a contact, and of one that nobody waits for.
func (l *loading) mayReadOn(ctx context.Context) error {
	if l.csv != nil {
		if _, refused := l.csv.Problems(); refused > maxRows {
			return fault.Field("file", "More than %d rows of this file are no contacts; it was not read on.", maxRows)
		}
	}
	return ctx.Err()
}

// watched asks before each read whether to read on.
type watched struct {
	io.Reader
	check func() error
}

// Read returns the next bytes, or the reason to stop.
func (w watched) Read(p []byte) (int, error) {
	if err := w.check(); err != nil {
		return 0, err
	}
	return w.Reader.Read(p)
}

// importContacts stores rows with different addresses in one transaction and counts them.
func (b *Book) importContacts(ctx context.Context, list uuid.UUID, chunk []Row, report *Report) error {
	ids, err := newIDs(len(chunk))
	if err != nil {
		return err
	}
	var part Report
	err = b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		part = Report{}
		it, err := open(ctx, tx, item.KindContactList, list, "contact list")
		if err != nil {
			return err
		}
		var known map[string]*stored
		if it.RowsCount > 0 {
			if known, err = findContacts(ctx, tx, list, keysOf(chunk)); err != nil {
				return err
			}
		}
		var fresh, updated []*stored
		for _, row := range chunk {
			s := known[row.Email.Key]
			if s == nil {
				fresh = append(fresh, &stored{Contact: row.Contact, state: cmp.Or(row.State, contact.StateSubscribed)})
				continue
			}
			changed, err := s.absorb(row)
			switch f := fault.As(err); {
			case f != nil:
				part.refuse(row.Line, f)
			case err != nil:
				return err
			case changed:
				updated = append(updated, s)
			default:
				part.Unchanged++
			}
		}
		part.Added, part.Updated = len(fresh), len(updated)
		if len(fresh)+len(updated) == 0 {
			return nil
		}
		rows, err := tx.Rows(ctx, list)
		if err != nil {
			return err
		}
		rows.Added(len(fresh))
		// In the order of the index, so that rows which go to one of its pages go there one after the other.
		slices.SortFunc(fresh, func(a, b *stored) int { return strings.Compare(a.Email.Key, b.Email.Key) })
		for i, s := range fresh {
			s.id = ids[i]
		}
		if err := insertContacts(ctx, tx, list, rows, fresh); err != nil {
			return err
		}
		return updateContacts(ctx, tx, rows, updated)
	})
	if err != nil {
		return err
	}
	report.Rows += len(chunk)
	report.Added += part.Added
	report.Updated += part.Updated
	report.Unchanged += part.Unchanged
	report.Refused += part.Refused
	report.Problems = append(report.Problems, part.Problems...)
	return nil
}

// absorb takes over what a row of a file says, as somebody who looks at the contact as it is would.
func (s *stored) absorb(row Row) (changed bool, err error) {
	c := row.Contact
	p := patch{texts: make(map[string]string)}
	now := s.texts()
	for field, text := range c.texts() {
		if *text != "" && *text != *now[field] {
			p.texts[field] = *text
		}
	}
	if c.Fields != s.Fields {
		if p.fields, err = DecodeFields(c.Fields); err != nil {
			return false, err
		}
	}
	if row.State != "" && s.state == contact.StateSubscribed && row.State != s.state {
		p.state = &row.State
	}
	if len(p.texts)+len(p.fields) == 0 && p.state == nil {
		return false, nil
	}
	_, changed, err = s.apply(p, s.version)
	return changed, err
}

// keysOf returns the address keys of rows in the order of the index.
func keysOf(chunk []Row) []string {
	keys := make([]string, len(chunk))
	for i, row := range chunk {
		keys[i] = row.Email.Key
	}
	slices.Sort(keys)
	return keys
}
