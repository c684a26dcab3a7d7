package mailing_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// received is a mail as a server got it.
type received struct {
	from, to string
	user     string
	tls      bool
	*netmail.Message
	body string
}

// sink is a mail server on loopback that keeps what it accepts.
type sink struct {
	addr string
	// answer decides about the nth message, from 1, at a stage ("mail", "rcpt", "data"); nil accepts.
	answer func(stage string, n int, to string) error

	mu      sync.Mutex
	n       int
	mails   []received
	dropped []received
}

func (s *sink) received() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &conversation{sink: s, conn: c}, nil
}

type conversation struct {
	sink *sink
	conn *smtp.Conn
	n    int
	mail received
}

func (c *conversation) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *conversation) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "partage" || password != "p@ss:word" {
			return errors.New("wrong login")
		}
		c.mail.user = user
		return nil
	}), nil
}

func (c *conversation) Mail(from string, _ *smtp.MailOptions) error {
	c.sink.mu.Lock()
	c.sink.n++
	c.n = c.sink.n
	c.sink.mu.Unlock()
	c.mail.from = from
	return c.answer("mail", "")
}

func (c *conversation) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mail.to = to
	return c.answer("rcpt", to)
}

var errDrop = errors.New("drop the connection after the message and before the answer")

func (c *conversation) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m := c.mail
	_, m.tls = c.conn.TLSConnectionState()
	if m.Message, err = netmail.ReadMessage(strings.NewReader(string(raw))); err != nil {
		return err
	}
	body, err := io.ReadAll(m.Message.Body)
	m.body = string(body)
	if err != nil {
		return err
	}
	err = c.answer("data", c.mail.to)
	c.sink.mu.Lock()
	defer c.sink.mu.Unlock()
	if errors.Is(err, errDrop) {
		c.sink.dropped = append(c.sink.dropped, m)
		return c.conn.Conn().Close()
	}
	if err == nil {
		c.sink.mails = append(c.sink.mails, m)
	}
	return err
}

func (c *conversation) answer(stage, to string) error {
	if c.sink.answer == nil {
		return nil
	}
	return c.sink.answer(stage, c.n, to)
}

func (c *conversation) Reset()        {}
func (c *conversation) Logout() error { return nil }

// newSink starts a mail server that ends with the test. With a certificate it offers STARTTLS, and with
// direct it speaks TLS from the first byte.
func newSink(t *testing.T, certificate *tls.Certificate, direct bool) *sink {
	t.Helper()
	s := &sink{}
	server := smtp.NewServer(s)
	server.Domain = "sink.example.com"
	server.AllowInsecureAuth = true
	server.EnableSMTPUTF8 = true
	server.ErrorLog = quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
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
	t.Cleanup(func() {
		_ = l.Close() // a server that is closed before it has begun to serve would not close it
		_ = server.Close()
		<-done
	})
	return s
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// newCertificate returns a certificate for 127.0.0.1 and the pool that trusts it.
func newCertificate(t *testing.T) (*tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, pool
}

// silent is a server that accepts connections and never says a word; it counts them.
func silent(t *testing.T) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var open []net.Conn
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		defer mu.Unlock()
		for _, c := range open {
			_ = c.Close()
		}
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, c)
			mu.Unlock()
		}
	}()
	return l.Addr().String()
}
