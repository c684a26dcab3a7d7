package httpd

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// address returns the address of the caller and whether they use https. Proxies are believed only where they
// are trusted: the address is the rightmost one that is not a trusted proxy's, since everything left of it
// is what that caller says of itself.
func (h *house) address(r *http.Request) (address netip.Addr, secure bool) {
	address, secure = remote(r), r.TLS != nil
	if !h.trusted(address) {
		return address, secure
	}
	proto := r.Header.Values("X-Forwarded-Proto")
	secure = len(proto) == 1 && strings.EqualFold(strings.TrimSpace(proto[0]), "https")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		if address = hop.Unmap().WithZone(""); !h.trusted(address) {
			break
		}
	}
	return address, secure
}

func (h *house) trusted(address netip.Addr) bool {
	for _, p := range h.TrustedProxies {
		if p.Contains(address) {
			return true
		}
	}
	return false
}

// remote returns the address of the other end of the connection; invalid where it has none.
func remote(r *http.Request) netip.Addr {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return a.Addr().Unmap().WithZone("")
}

// LoopbackOnly lets through requests from this machine alone: the connection comes from a loopback address,
// no proxy says it passed the request on, and the request names this machine by a loopback name, so that no
// page of a foreign name that resolves to it (DNS rebinding) can read the answer. All others are answered
// by otherwise, and so is HTTP/1.0, which browsers do not speak and proxies that say nothing of themselves do.
// Another proxy on this machine that hides all of this cannot be told from a person.
func LoopbackOnly(next, otherwise http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if remote(r).IsLoopback() && r.ProtoAtLeast(1, 1) && !passedOn(r.Header) && IsLoopbackHost(r.Host) {
			next.ServeHTTP(w, r)
		} else {
			otherwise.ServeHTTP(w, r)
		}
	})
}

func (h *house) loopbackOnly(next http.Handler) http.Handler {
	return LoopbackOnly(next, http.HandlerFunc(h.missing))
}

func passedOn(h http.Header) bool {
	for name := range h {
		if name == "Forwarded" || name == "Via" || name == "X-Real-Ip" || strings.HasPrefix(name, "X-Forwarded-") {
			return true
		}
	}
	return false
}

// IsLoopbackHost reports whether a host, with or without a port, names this machine by a loopback name.
func IsLoopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}
