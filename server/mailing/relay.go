package mailing

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/partage-mail/partage/server/address"
)

// relay is the configured mail server.
type relay struct {
	host    string
	options []gomail.Option
	tls     *tls.Config
	direct  bool // the connection is encrypted from its first byte
	timeout time.Duration
	from    *netmail.Address
	domain  string
}

// envelope is one mail on its way out.
type envelope struct {
	id, recipient, subject, text, html string
}

func newRelay(c Config) (*relay, error) {
	u, err := url.Parse(c.Server)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("the mail server is not of the form smtp://user:password@host:port or smtps://…; " +
			"special characters in user and password are written as %40 and so on")
	}
	from, err := netmail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("the sender %q of mails is not of the form \"Name <name@example.com>\"", c.From)
	}
	sender, err := address.Parse(from.Address)
	if err != nil {
		return nil, fmt.Errorf("the sender of mails: %w", err)
	}
	r := &relay{host: u.Hostname(), timeout: c.Timeout, from: from, domain: address.DomainOf(sender.Key)}
	r.tls = &tls.Config{ServerName: r.host, RootCAs: c.RootCAs, MinVersion: tls.VersionTLS12}
	if r.timeout == 0 {
		r.timeout = 20 * time.Second
	}
	port := 587
	if u.Scheme == "smtps" {
		port, r.direct = 465, true
	}
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil || port < 1 || port > 65535 {
			return nil, fmt.Errorf("the mail server's port %q is not a number from 1 to 65535", p)
		}
	}
	r.options = []gomail.Option{gomail.WithPort(port), gomail.WithTimeout(r.timeout), gomail.WithTLSConfig(r.tls),
		gomail.WithTLSPolicy(r.policy(u.User))}
	if u.User != nil {
		password, _ := u.User.Password()
		r.options = append(r.options, gomail.WithUsername(u.User.Username()), gomail.WithPassword(password),
			gomail.WithSMTPAuth(r.mechanism()))
	}
	_, err = gomail.NewClient(r.host, r.options...)
	return r, err
}

// policy says whether STARTTLS must succeed: yes where a password would travel to another machine.
func (r *relay) policy(user *url.Userinfo) gomail.TLSPolicy {
	switch {
	case r.direct:
		return gomail.NoTLS // the connection is encrypted already
	case user != nil && !loopback(r.host):
		return gomail.TLSMandatory
	default:
		return gomail.TLSOpportunistic
	}
}

// mechanism is how to prove who we are. Plain goes over connections that are encrypted or stay here.
func (r *relay) mechanism() gomail.SMTPAuthType {
	if r.direct || loopback(r.host) {
		return gomail.SMTPAuthPlainNoEnc
	}
	return gomail.SMTPAuthAutoDiscover
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// connection is an open conversation with the mail server.
type connection struct {
	client *gomail.Client
	conn   net.Conn
	stop   func() bool
}

// connect opens a conversation. When ctx ends it is cut, at the latest in the middle of a message.
func (r *relay) connect(ctx context.Context) (*connection, error) {
	c := &connection{}
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		var err error
		if r.direct {
			c.conn, err = (&tls.Dialer{Config: r.tls}).DialContext(ctx, network, addr)
		} else {
			c.conn, err = (&net.Dialer{}).DialContext(ctx, network, addr)
		}
		return c.conn, err
	}
	var err error
	c.client, err = gomail.NewClient(r.host, append(r.options, gomail.WithDialContextFunc(dial))...)
	if err == nil {
		err = c.client.DialWithContext(ctx)
	}
	if err != nil {
		if c.conn != nil {
			_ = c.conn.Close() // the library leaves it open where the greeting fails
		}
		return nil, err
	}
	c.stop = context.AfterFunc(ctx, func() { _ = c.conn.Close() })
	return c, nil
}

func (c *connection) close() {
	c.stop()
	_ = c.client.Close()
	_ = c.conn.Close()
}

// errUnsendable is a mail that no server can take, such as one whose address cannot be written.
var errUnsendable = errors.New("the mail cannot be written")

// compose writes the mail as it goes over the line. Its Message-ID is the same at each try.
func (r *relay) compose(e envelope) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	if err := msg.FromFormat(r.from.Name, r.from.Address); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnsendable, err)
	}
	to, err := address.Parse(e.recipient)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnsendable, err)
	}
	local, _, _ := strings.Cut(to.Written, "@")
	if err := msg.To(local + "@" + address.DomainOf(to.Key)); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnsendable, err)
	}
	msg.Subject(e.subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(e.id + "@" + r.domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, e.text)
	if e.html != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, e.html)
	}
	return msg, nil
}

// send hands over one mail. A nil error means that the server has accepted it.
func (r *relay) send(c *connection, e envelope) error {
	msg, err := r.compose(e)
	if err != nil {
		return err
	}
	if err := c.client.Send(msg); err != nil && !msg.IsDelivered() {
		return err
	}
	return nil
}

// lasting reports whether another try would be answered alike: the server refused this recipient or this
// text for good. A sender or login that is refused is for the operator to mend, and the mail waits.
func lasting(err error) bool {
	if errors.Is(err, errUnsendable) {
		return true
	}
	e, ok := errors.AsType[*gomail.SendError](err)
	if !ok || e.ErrorCode() < 500 || e.ErrorCode() > 599 {
		return false
	}
	return e.Reason == gomail.ErrSMTPRcptTo || e.Reason == gomail.ErrSMTPData || e.Reason == gomail.ErrSMTPDataClose
}

// broken reports whether the conversation cannot go on after err.
func broken(err error) bool {
	if errors.Is(err, errUnsendable) {
		return false
	}
	e, ok := errors.AsType[*gomail.SendError](err)
	return !ok || e.ErrorCode() == 0 || e.ErrorCode() == 421
}
