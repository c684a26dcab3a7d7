package door

import (
	"net/http"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
)

// admit lets pages of the form's origins post and read the answer. A request without an origin is from no page.
func admit(w http.ResponseWriter, r *http.Request, f intake.Form) error {
	h := w.Header()
	h.Add("Vary", "Origin")
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return nil
	}
	if len(origins) > 1 || !f.Allows(origins[0]) {
		return fault.New(fault.Denied, "Pages of this origin may not send leads here.")
	}
	h.Set("Access-Control-Allow-Origin", origins[0])
	h.Set("Access-Control-Expose-Headers", "Retry-After, X-Request-Id")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return nil
}

// preflight answers a browser that asks whether a page may post.
func (d *door) preflight(w http.ResponseWriter, r *http.Request) {
	form, err := d.open(w, r)
	if err != nil {
		d.refuse(w, r, form, err)
		return
	}
	h := w.Header()
	h.Set("Allow", "OPTIONS, POST")
	if h.Get("Access-Control-Allow-Origin") != "" {
		h.Set("Access-Control-Allow-Methods", "POST")
		h.Set("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key")
		h.Set("Access-Control-Max-Age", "600")
	}
	w.WriteHeader(http.StatusNoContent)
}
