package httpd

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/partage-mail/partage/server/fault"
)

// Origins are those whose pages may call the server besides its own. The zero value has none.
type Origins struct{ allowed map[string]bool }

// ParseOrigins reads origins of the form https://mail.example.com or http://localhost:5173, without a path.
func ParseOrigins(origins []string) (*Origins, error) {
	o := &Origins{allowed: map[string]bool{}}
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Scheme+"://"+u.Host != origin || strings.ToLower(origin) != origin {
			return nil, fmt.Errorf("%q is not an origin like https://mail.example.com", origin)
		}
		o.allowed[origin] = true
	}
	return o, nil
}

// Allow reports whether the page that makes a request may open a WebSocket: it is of the server's own
// origin, or one of these, or no browser says there is a page.
func (o *Origins) Allow(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	if len(origins) > 1 {
		return false
	}
	if o != nil && o.allowed[origins[0]] {
		return true
	}
	u, err := url.Parse(origins[0])
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

func (o *Origins) protection() (*http.CrossOriginProtection, error) {
	p := http.NewCrossOriginProtection()
	for origin := range o.allowed {
		if err := p.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("httpd: origin %q: %w", origin, err)
		}
	}
	return p, nil
}

// cors lets pages of these origins read the answers and send what they need to.
func (o *Origins) cors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Add("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if !o.allowed[origin] {
			next.ServeHTTP(w, r)
			return
		}
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", "X-Request-Id, Retry-After")
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			h.Set("Access-Control-Allow-Methods", "GET, POST, PUT")
			h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, "+PreflightHeader+", "+VersionHeader)
			h.Set("Access-Control-Max-Age", "600")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ownPages refuses what a page of another origin has a browser fetch, also by GET: the session's cookie goes
// along when a link is followed. Without a header that says where a request comes from there is no such page.
func (h *house) ownPages(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch site := r.Header.Get("Sec-Fetch-Site"); {
		case site == "", site == "same-origin", site == "none", h.Origins.allowed[r.Header.Get("Origin")]:
			next.ServeHTTP(w, r)
		default:
			h.denyOrigin(w, r)
		}
	})
}

// denyOrigin answers what http.CrossOriginProtection refuses.
func (h *house) denyOrigin(w http.ResponseWriter, r *http.Request) {
	h.Refuse(w, r, fault.New(fault.Denied, "Pages of another origin may not do this."))
}
