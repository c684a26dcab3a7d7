package address

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/partage-mail/partage/server/fault"
)

const (
	maxDomain = 253
	maxLabel  = 63
)

// Domain is a mail domain.
type Domain struct {
	// Written is what the person wrote, without surrounding space.
	Written string
	// Key is its ASCII form in lower case.
	Key string
}

// ParseDomain reads one domain, such as example.com or "Müller.de". A leading @ is accepted, because lists of
// domains are often written so. The error is an Invalid fault without a field; callers name the field.
func ParseDomain(s string) (Domain, error) {
	written := trim(s)
	if written == "" {
		return Domain{}, invalid("A domain is missing.")
	}
	if len(written) > maxDomain {
		return Domain{}, invalid("A domain has at most %d characters.", maxDomain)
	}
	key, why := domainKey(strings.TrimPrefix(written, "@"))
	if why != "" {
		return Domain{}, invalid("%q is not a domain: %s", clip(written), fault.Word(why))
	}
	return Domain{Written: written, Key: key}, nil
}

// DomainOf returns the domain of an address key, or "" where the key has no @.
func DomainOf(addressKey string) string {
	_, domain, _ := strings.Cut(addressKey, "@")
	return domain
}

// Covers reports whether a blacklisted domain takes in an address: the domain itself and every domain
// below it, because lists of disposable and blocked domains name the domain that was registered and mail
// is sent from any host below it. example.com covers a@example.com and a@mail.example.com, not a@myexample.com.
func Covers(domainKey, addressKey string) bool {
	domain := DomainOf(addressKey)
	if domainKey == "" || !strings.HasSuffix(domain, domainKey) {
		return false
	}
	rest := len(domain) - len(domainKey)
	return rest == 0 || domain[rest-1] == '.'
}

// Domains returns every domain key that covers the address, the longest first: for a@b.example.com
// b.example.com and example.com. It lets a set or an index be asked instead of every entry. A domain of one
// label is left out, as ParseDomain accepts none.
func Domains(addressKey string) []string {
	var out []string
	for domain := DomainOf(addressKey); strings.Contains(domain, "."); {
		out = append(out, domain)
		_, domain, _ = strings.Cut(domain, ".")
	}
	return out
}

// domainKey normalises a domain, or says why not: the end of a sentence.
func domainKey(s string) (key, why string) {
	switch {
	case s == "":
		return "", "the domain is missing."
	case strings.HasPrefix(s, "["):
		return "", "write a domain, not an IP address."
	}
	key, err := idna.Lookup.ToASCII(s)
	if err != nil || !utf8.ValidString(s) {
		return "", "the domain has characters that domains cannot have."
	}
	if key != s {
		// A key must be its own key, also where two IDNA tables disagree about a name.
		if again, err := idna.Lookup.ToASCII(key); err != nil || again != key {
			return "", "the domain has characters that domains cannot have."
		}
	}
	labels := strings.Split(key, ".")
	if len(labels) < 2 {
		return "", "the domain needs an ending such as .com."
	}
	for _, label := range labels {
		if label == "" {
			return "", "the domain has a dot too many."
		}
		if len(label) > maxLabel {
			return "", "a part of the domain is longer than 63 characters."
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return "", "write a domain, not an IP address."
	}
	if len(key) > maxDomain {
		return "", "the domain is longer than 253 characters."
	}
	return key, ""
}
