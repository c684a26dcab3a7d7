// Package export gives lists as CSV files over HTTP, to browsers and programs.
//
//	GET /export/contacts/{list}.csv        the contacts of a list
//	GET /export/blacklist/{blacklist}.csv  the entries of a blacklist
//
// A file is UTF-8 with a byte order mark, separated by commas, and reads back by upload as the same rows; in a
// list with more than 200 different further fields, which is more columns than a file may have there, it does
// not. Values that a spreadsheet would run as a formula have an apostrophe before them, which upload takes away
// again (package csvfile). Getting one is a line of the account's history, and changes nothing else.
//
// The request's context carries the viewer; package httpd puts it there, keeps pages of other origins from
// starting a download, and cuts off who does not read. What an export is, and who may have one, is package
// addressbook's.
package export

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
)

type exports struct {
	refuse func(http.ResponseWriter, *http.Request, error)
}

// New returns the handler. refuse answers a request with an error as all of the server's HTTP does.
func New(from *addressbook.Exports, refuse func(http.ResponseWriter, *http.Request, error)) http.Handler {
	e := &exports{refuse}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /export/contacts/{file}", func(w http.ResponseWriter, r *http.Request) {
		e.give(w, r, "contact list", read.ContactListID, from.Contacts)
	})
	mux.HandleFunc("GET /export/blacklist/{file}", func(w http.ResponseWriter, r *http.Request) {
		e.give(w, r, "blacklist", read.BlacklistID, from.Entries)
	})
	mux.HandleFunc("/", e.nothing)
	return mux
}

func (e *exports) nothing(w http.ResponseWriter, r *http.Request) {
	e.refuse(w, r, fault.New(fault.NotFound, "There is nothing at this address; a list is fetched by GET, as its id and .csv."))
}

func (e *exports) give(w http.ResponseWriter, r *http.Request, noun, prefix string, export func(context.Context, uuid.UUID) (*addressbook.File, error)) {
	name, csv := strings.CutSuffix(r.PathValue("file"), ".csv")
	if !csv || r.Method != http.MethodGet { // the mux takes HEAD for GET, which would be an export that nobody gets
		e.nothing(w, r)
		return
	}
	id, err := read.ParseIDAs(name, noun, prefix)
	if err != nil {
		e.refuse(w, r, err)
		return
	}
	file, err := export(r.Context(), id)
	if err != nil {
		e.refuse(w, r, err)
		return
	}
	defer file.Close()
	header := w.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Length", strconv.FormatInt(file.Size, 10))
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(file.Name)}))
	header.Set("Cache-Control", "no-store")
	// An error of writing is the client's, who is gone.
	_, _ = io.Copy(w, file)
}

// fileName returns a name for the file of a list that every system takes, and nothing runs.
func fileName(list string) string {
	const most = 80
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || strings.ContainsRune(`/\:*?"<>|%`, r) {
			return ' '
		}
		return r
	}, list)
	runes := []rune(strings.Join(strings.Fields(name), " "))
	name = strings.Trim(string(runes[:min(len(runes), most)]), ". ")
	if name == "" {
		name = "list"
	}
	return name + ".csv"
}
