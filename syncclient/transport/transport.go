// Package transport carries the protocol between a sync client and one server: GraphQL over HTTP, dense pages of
// rows, images of them, the cheap poll, and the live connection over WebSocket.
//
// It guarantees that no answer is read beyond a bound, that each request ends within a time (that for an image, once
// nothing comes), that a token goes to no other address than the server's, and that errors are told apart: a
// *protocol.Error was said by a Partage server, a *StrangeAnswer came from something between, anything else is the
// network's. It never tries twice: whoever asks knows whether that is wanted, and Backoff says how long to wait.
package transport

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Bounds of what is read and waited for.
const (
	maxGraphQL  = 32 << 20
	maxRows     = 24 << 20
	maxRefusal  = 64 << 10
	timeGraphQL = 60 * time.Second
	timeRows    = 3 * time.Minute
	timePoll    = 20 * time.Second
	timePush    = 60 * time.Second
	timeConnect = 15 * time.Second
	timeStall   = 60 * time.Second
)

// Options of a Server. The zero value works.
type Options struct {
	// Agent is what requests say they come from; "partage-sync/dev" where empty.
	Agent string
	// AllowPlain lets tokens and contents travel unencrypted to other machines than this one.
	AllowPlain bool
}

// Server is the way to one server. It is safe for use by several goroutines.
type Server struct {
	base  *url.URL
	agent string
	http  *http.Client
	zstd  *zstd.Decoder
	// stall is how long nothing may come of an image.
	stall time.Duration
}

// New returns the way to the server at an address such as "https://mail.example.com". It does not connect.
func New(address string, opt Options) (*Server, error) {
	base, err := Address(address)
	if err != nil {
		return nil, err
	}
	if base.Scheme == "http" && !opt.AllowPlain && !loopback(base.Hostname()) {
		return nil, fmt.Errorf("the way to %s is not encrypted: passwords and contents would travel readable; use an https address", base)
	}
	if opt.Agent == "" {
		opt.Agent = "partage-sync/dev"
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxWindow(8<<20), zstd.WithDecoderMaxMemory(maxGraphQL))
	if err != nil {
		return nil, fmt.Errorf("prepare zstd: %w", err)
	}
	return &Server{
		base: base, agent: opt.Agent, zstd: decoder, stall: timeStall,
		http: &http.Client{
			Transport: &http.Transport{
				Proxy:                  http.ProxyFromEnvironment,
				DialContext:            (&net.Dialer{Timeout: timeConnect, KeepAlive: 30 * time.Second}).DialContext,
				TLSHandshakeTimeout:    timeConnect,
				ResponseHeaderTimeout:  timeGraphQL,
				IdleConnTimeout:        90 * time.Second,
				MaxIdleConnsPerHost:    4,
				DisableCompression:     true,
				ForceAttemptHTTP2:      true,
				MaxResponseHeaderBytes: 64 << 10,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// Address brings a server's address to its one form: scheme and host in lower case, no default port, no slash at
// the end. The same server written in two ways gives the same address.
func Address(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("%q is not the address of a server; write it like https://mail.example.com or http://127.0.0.1:8080", address)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%q is not the address of a server: it must begin with https:// or http://", address)
	}
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if port == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		port = ""
	}
	switch {
	case port != "":
		u.Host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		u.Host = "[" + host + "]"
	default:
		u.Host = host
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), ""
	return u, nil
}

// Address returns the server's address in its one form.
func (s *Server) Address() string { return s.base.String() }

// Close lets go of idle connections.
func (s *Server) Close() {
	s.http.CloseIdleConnections()
	s.zstd.Close()
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// StrangeAnswer is an answer that no Partage server gives: from a proxy, a login page of a network, another
// program at that address. It says nothing about rights and ends nothing.
type StrangeAnswer struct {
	// Status is the HTTP status.
	Status int
	// What describes the answer in a few words.
	What string
}

// Error says what came.
func (e *StrangeAnswer) Error() string {
	return fmt.Sprintf("The answer is not one of a Partage server (HTTP %d, %s).", e.Status, e.What)
}

// ErrTooLarge says that an answer was larger than what is read at once; asking for less may help.
var ErrTooLarge = errors.New("the answer is larger than what is read at once")
