// Package door takes leads over HTTP, from web forms and integrations.
//
//	POST /leads/{key}
//
// The key is a campaign's (intake.RotateKey). The body is a JSON object or a form (application/x-www-form-urlencoded)
// of at most 64 KB. The fields email, name or first_name and last_name, phone and source are the lead's own, all
// others are kept with it. An idempotency key comes as the header Idempotency-Key or the field idempotency_key.
//
// The answers, with {"id": …} of the lead or {"errors": [{"message", "extensions": {"code", "field"}}]}:
//
//	201 the lead is stored        200 it was, with the same idempotency key and content
//	403 pages of this origin may not post            404 there is no such form, or its key was changed
//	405 not a POST    409 the idempotency key was used for another lead
//	413 over 64 KB    415 neither JSON nor a form     422 a field is not good, or no lead is left
//	429, 503 too many at once; Retry-After has seconds
//
// A browser that posts a form without script is shown a page in the account's language. Nothing tells who was given
// the lead, and the key is in no log of this server.
package door

import (
	"encoding/json"
	"errors"
	"html/template"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
)

// Config says how much comes in on this node. Its zero value is good.
type Config struct {
	// PerForm limits one form, PerAddress one client's address; zero is 100 a second with bursts of 1,000.
	PerForm, PerAddress Rate
	// Log receives what went wrong on our side; nil discards it.
	Log *slog.Logger
}

type door struct {
	intake    *intake.Intake
	forms     *limiter[uuid.UUID]
	addresses *limiter[string]
	layout    *template.Template
	log       *slog.Logger
}

// New returns the handler.
func New(in *intake.Intake, c Config) http.Handler {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	d := &door{in, newLimiter[uuid.UUID](c.PerForm), newLimiter[string](c.PerAddress), template.Must(template.New("page").Parse(layout)), c.Log}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /leads/{key}", d.post)
	mux.HandleFunc("OPTIONS /leads/{key}", d.preflight)
	mux.HandleFunc("/leads/{key}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", "OPTIONS, POST")
		d.refuse(w, r, nil, &refusal{http.StatusMethodNotAllowed, fault.New(fault.Invalid, "Leads are sent by POST.")})
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		d.refuse(w, r, nil, fault.New(fault.NotFound, "There is no such form. Its address may have changed."))
	})
	return mux
}

// refusal is a fault with a status of its own.
type refusal struct {
	status int
	*fault.Fault
}

// Unwrap is for errors.As.
func (r *refusal) Unwrap() error { return r.Fault }

func (d *door) post(w http.ResponseWriter, r *http.Request) {
	form, err := d.open(w, r)
	if err != nil {
		d.refuse(w, r, form, err)
		return
	}
	l, err := leadOf(w, r)
	var got intake.Received
	if err == nil {
		got, err = d.intake.Post(r.Context(), *form, l)
	}
	if err != nil {
		d.refuse(w, r, form, err)
		return
	}
	status := http.StatusCreated
	if got.Repeated {
		status = http.StatusOK
	}
	if wantsPage(r) {
		d.page(w, form, status, nil)
		return
	}
	d.answer(w, status, map[string]any{"id": "lead_" + got.ID.String()})
}

// open finds the form that a request is for, and lets it through or not. The form is nil where there is none.
func (d *door) open(w http.ResponseWriter, r *http.Request) (*intake.Form, error) {
	now := time.Now()
	if err := tooMany(d.addresses.take(client(r), now)); err != nil {
		return nil, err
	}
	f, err := d.intake.Form(r.Context(), r.PathValue("key"))
	if err != nil {
		return nil, err
	}
	if err := admit(w, r, f); err != nil {
		return &f, err
	}
	return &f, tooMany(d.forms.take(f.Campaign(), now))
}

// client is whom a limit is for: an IPv4 address, or the network of an IPv6 address, of which one person has many.
func client(r *http.Request) string {
	a := caller.From(r.Context()).Address
	if a.Is6() {
		if network, err := a.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return a.String()
}

func tooMany(wait time.Duration) error {
	if wait == 0 {
		return nil
	}
	f := fault.New(fault.Exhausted, "Too many leads at once. Come back in a moment.")
	f.RetryAfter = wait
	return f
}

// statusOf is the status of a fault.
func statusOf(err error) int {
	var own *refusal
	if errors.As(err, &own) {
		return own.status
	}
	switch f := fault.As(err); {
	case f == nil:
		return http.StatusInternalServerError
	case f.Kind == fault.NotFound:
		return http.StatusNotFound
	case f.Kind == fault.Denied:
		return http.StatusForbidden
	case f.Kind == fault.Invalid:
		return http.StatusUnprocessableEntity
	case f.Kind == fault.Conflict:
		return http.StatusConflict
	case f.Kind == fault.Exhausted:
		return http.StatusTooManyRequests
	case f.Kind == fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// refuse answers with an error. Where there is no form, all that is missing looks the same.
func (d *door) refuse(w http.ResponseWriter, r *http.Request, form *intake.Form, err error) {
	status, f := statusOf(err), fault.As(err)
	switch {
	case status == http.StatusInternalServerError:
		d.log.ErrorContext(r.Context(), "leads: a lead was not stored", "request", caller.From(r.Context()).RequestID, "error", err)
		f = fault.New("INTERNAL", "Something went wrong on our side, and the lead was not stored.")
	case status == http.StatusNotFound:
		f = fault.New(fault.NotFound, "There is no such form. Its address may have changed.")
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(f.RetryAfter.Seconds()))))
	}
	if form != nil && wantsPage(r) {
		d.page(w, form, status, f)
		return
	}
	type extensions struct {
		Code  fault.Kind `json:"code"`
		Field string     `json:"field,omitempty"`
	}
	type problem struct {
		Message    string     `json:"message"`
		Extensions extensions `json:"extensions"`
	}
	d.answer(w, status, map[string]any{"errors": []problem{{f.Message, extensions{f.Kind, outside(f.Field)}}}})
}

func (d *door) answer(w http.ResponseWriter, status int, body any) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // whoever has gone away does not read it
}
