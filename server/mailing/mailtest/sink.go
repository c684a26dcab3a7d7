// Package mailtest gives tests a mail server: a real one on loopback that keeps what it accepts.
package mailtest

import (
	"crypto/tls"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Received is a mail as a server got it.
type Received struct {
	From, To string
	// User is who signed in; empty for nobody.
	User string
	// TLS is whether the connection was encrypted.
	TLS bool
	*netmail.Message
	// Text is the message's body, which Message does not have any more.
	Text string
}

// Sink is a mail server that keeps what it accepts.
type Sink struct {
	// Addr is its host and port.
	Addr string
	// Answer decides about the nth message, from 1, at a stage ("mail", "rcpt", "data"); nil accepts.
	Answer func(stage string, n int, to string) error

	mu      sync.Mutex
	n       int
	mails   []Received
	dropped []Received
	came    chan struct{}
}

// ErrDrop, answered to "data", drops the connection after the message and before the answer.
var ErrDrop = errors.New("mailtest: drop the connection")

// Received returns the mails it has accepted.
func (s *Sink) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Dropped returns the mails whose connection it dropped.
func (s *Sink) Dropped() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dropped
}

// Wait waits for the nth mail to an address, from 1, and returns it.
func (s *Sink) Wait(tb testing.TB, to string, n int) Received {
	tb.Helper()
	for {
		found := 0
		for _, m := range s.Received() {
			if m.To == to {
				found++
			}
			if found == n {
				return m
			}
		}
		select {
		case <-s.came:
		case <-tb.Context().Done():
			tb.Fatalf("mail %d did not come to %s", n, to)
		}
	}
}

// Part returns the decoded part of a mail that has the content type, such as text/plain.
func (m Received) Part(tb testing.TB, kind string) string {
	tb.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		tb.Fatal(err)
	}
	parts := multipart.NewReader(strings.NewReader(m.Text), params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			tb.Fatalf("no part %s: %v", kind, err)
		}
		if !strings.HasPrefix(p.Header.Get("Content-Type"), kind) {
			continue
		}
		text, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			tb.Fatal(err)
		}
		return strings.ReplaceAll(string(text), "\r\n", "\n")
	}
}

// NewSession implements smtp.Backend.

func (s *Sink) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &conversation{sink: s, conn: c}, nil
}

type conversation struct {
	sink *Sink
	conn *smtp.Conn
	n    int
	mail Received
}

func (c *conversation) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *conversation) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "partage" || password != "p@ss:word" {
			return errors.New("wrong login")
		}
		c.mail.User = user
		return nil
	}), nil
}

func (c *conversation) Mail(from string, _ *smtp.MailOptions) error {
	c.sink.mu.Lock()
	c.sink.n++
	c.n = c.sink.n
	c.sink.mu.Unlock()
	c.mail.From = from
	return c.answer("mail", "")
}

func (c *conversation) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mail.To = to
	return c.answer("rcpt", to)
}

func (c *conversation) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m := c.mail
	_, m.TLS = c.conn.TLSConnectionState()
	if m.Message, err = netmail.ReadMessage(strings.NewReader(string(raw))); err != nil {
		return err
	}
	body, err := io.ReadAll(m.Message.Body)
	m.Text = string(body)
	if err != nil {
		return err
	}
	err = c.answer("data", c.mail.To)
	c.sink.mu.Lock()
	defer c.sink.mu.Unlock()
	if errors.Is(err, ErrDrop) {
		c.sink.dropped = append(c.sink.dropped, m)
		return c.conn.Conn().Close()
	}
	if err == nil {
		c.sink.mails = append(c.sink.mails, m)
		select {
		case c.sink.came <- struct{}{}:
		default: // whoever waits looks at all that is there
		}
	}
	return err
}

func (c *conversation) answer(stage, to string) error {
	if c.sink.Answer == nil {
		return nil
	}
	return c.sink.Answer(stage, c.n, to)
}

func (c *conversation) Reset()        {}
func (c *conversation) Logout() error { return nil }

// Start starts a mail server that ends with the test. With a certificate it offers STARTTLS, and with
// direct it speaks TLS from the first byte.
func Start(tb testing.TB, certificate *tls.Certificate, direct bool) *Sink {
	tb.Helper()
	s := &Sink{came: make(chan struct{}, 1)}
	server := smtp.NewServer(s)
	server.Domain = "sink.example.com"
	server.AllowInsecureAuth = true
	server.EnableSMTPUTF8 = true
	server.ErrorLog = quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	s.Addr = l.Addr().String()
	if certificate != nil {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*certificate}}
		if direct {
			l = tls.NewListener(l, server.TLSConfig)
		}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l)
	}()
	tb.Cleanup(func() {
		_ = l.Close() // a server that is closed before it has begun to serve would not close it
		_ = server.Close()
		<-done
	})
	return s
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}
