// Package upload takes files of contacts and of blacklists over HTTP.
//
//	POST /upload/contacts/{list}         a CSV file into a contact list
//	POST /upload/blacklist/{blacklist}   a text file, one address or domain a line, into a blacklist,
//	                                     or a blacklist as package export gives it
//	POST /upload/leads/{campaign}        a CSV file of leads into a campaign (leads.go)
//
// The body is the file itself, as text/csv or text/plain, of at most 64 MB, and is imported as it arrives.
// The answer is a JSON object that counts what became of the rows; see Report. Rows are stored some thousand
// at a time: after an error those before it stay, the error says how many there were, and sending the same
// file again goes on where it stopped. Leads are different: a job brings them in, all or, after an error, none, and the
// same file sent again is more leads.
//
// The request's context carries the viewer; package httpd puts it there, and refuses what other pages make
// a browser send.
package upload

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
)

// maxBytes is the greatest size of a file.
const maxBytes = 64 << 20

// Report is the answer: every row of the file is counted once.
type Report struct {
	// Rows is how many rows the file has, without empty ones: the four below together.
	Rows int `json:"rows"`
	// Added is how many are new.
	Added int `json:"added"`
	// Updated is how many were there and have changed.
	Updated int `json:"updated"`
	// Unchanged is how many were there just so.
	Unchanged int `json:"unchanged"`
	// Refused is how many were left out.
	Refused int `json:"refused"`
	// Problems says why rows were left out: the first hundred, by line.
	Problems []Problem `json:"problems"`
}

// Problem is why a row was left out.
type Problem struct {
	// Line is where the row begins, from 1.
	Line    int    `json:"line"`
	Message string `json:"message"`
}

type uploads struct {
	book   *addressbook.Book
	intake *intake.Intake
	refuse func(http.ResponseWriter, *http.Request, error)
}

// New returns the handler. refuse answers a request with an error as all of the server's HTTP does.
func New(book *addressbook.Book, in *intake.Intake, refuse func(http.ResponseWriter, *http.Request, error)) http.Handler {
	u := &uploads{book, in, refuse}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /upload/contacts/{id}", func(w http.ResponseWriter, r *http.Request) {
		u.take(w, r, "contact list", read.ContactListID, book.Import)
	})
	mux.HandleFunc("POST /upload/blacklist/{id}", func(w http.ResponseWriter, r *http.Request) {
		u.take(w, r, "blacklist", read.BlacklistID, book.ImportEntries)
	})
	mux.HandleFunc("POST /upload/leads/{id}", u.leads)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, r, fault.New(fault.NotFound, "There is nothing at this address; a file is sent by POST."))
	})
	return mux
}

type importer func(context.Context, uuid.UUID, io.Reader, func(int)) (addressbook.Report, error)

func (u *uploads) take(w http.ResponseWriter, r *http.Request, noun, prefix string, load importer) {
	id, err := read.ParseIDAs(r.PathValue("id"), noun, prefix)
	if err == nil {
		err = acceptable(r, maxBytes)
	}
	if err != nil {
		u.refuse(w, r, err)
		return
	}
	file := newBody(w, r, maxBytes)
	report, err := load(r.Context(), id, file, nil)
	if err != nil {
		u.refuse(w, r, told(file.explain(err), report))
		return
	}
	answer(w, report, caller.Locale(r.Context()))
}

// acceptable refuses what is seen to be no file to import before any of it is read.
func acceptable(r *http.Request, most int64) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "text/csv" && kind != "text/plain" {
		return fault.Field("file", "Send the file itself, as text/csv or text/plain.")
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return fault.Field("file", "Send the file as it is, not compressed.")
	}
	if r.ContentLength > most {
		return tooLarge(most)
	}
	return nil
}

func tooLarge(most int64) error {
	return fault.Field("file", "A file has at most %d MB. Send it in parts.", most>>20)
}

// body is a file on its way. It remembers why it did not arrive.
type body struct {
	io.Reader
	most   int64
	broken error
}

func newBody(w http.ResponseWriter, r *http.Request, most int64) *body {
	return &body{Reader: http.MaxBytesReader(w, r.Body, most), most: most}
}

// Read returns the next bytes of the file.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && err != io.EOF {
		b.broken = err
	}
	return n, err
}

// explain makes what happened on the way a fault, and leaves other errors as they are.
func (b *body) explain(err error) error {
	switch {
	case b.broken == nil:
		return err
	case errors.As(b.broken, new(*http.MaxBytesError)):
		return tooLarge(b.most)
	}
	return fault.Field("file", "The file did not arrive as a whole. Send it again.")
}

// told adds to a fault what had been stored before it.
func told(err error, report addressbook.Report) error {
	f := fault.As(err)
	if f == nil || report.Added+report.Updated == 0 {
		return err
	}
	more := fault.New(f.Kind, "%s Before that, %d rows were added and %d updated.", f, report.Added, report.Updated)
	more.Field, more.Reason, more.RetryAfter = f.Field, f.Reason, f.RetryAfter
	return more
}

func answer(w http.ResponseWriter, r addressbook.Report, locale string) {
	problems := make([]Problem, len(r.Problems))
	for i, p := range r.Problems {
		problems[i] = Problem{p.Line, fault.Say(p.Why, locale)}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	// An error of writing is the client's, who is gone.
	_ = json.NewEncoder(w).Encode(Report{r.Rows, r.Added, r.Updated, r.Unchanged, r.Refused, problems})
}
