package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// answer is what came back, read whole and unpacked.
type answer struct {
	status int
	media  string
	header http.Header
	body   []byte
	below  string // the path in the server's address; a Partage server seldom has one
}

// do sends one request and reads its answer within the bounds.
func (s *Server) do(ctx context.Context, method, path, token string, body []byte, limit int64) (*answer, error) {
	req, err := s.request(ctx, method, path, token, body)
	if err != nil {
		return nil, err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, unreachable(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		limit = min(limit, maxRefusal)
	}
	data, err := s.unpack(resp, limit)
	if err != nil {
		return nil, err
	}
	return &answer{status: resp.StatusCode, media: mediaOf(resp.Header), header: resp.Header, body: data, below: s.base.Path}, nil
}

// request makes a request with what each one carries.
func (s *Server) request(ctx context.Context, method, path, token string, body []byte) (*http.Request, error) {
	var content io.Reader
	if body != nil {
		content = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, s.base.String()+path, content)
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", err)
	}
	req.Header.Set(protocol.AgentHeader, s.agent)
	req.Header.Set(protocol.VersionHeader, protocol.Version)
	req.Header.Set("User-Agent", s.agent)
	req.Header.Set("Accept-Encoding", "zstd, gzip")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return req, nil
}

// unreachable words a failure to get any answer, without the address that the HTTP client puts before it: it holds
// the cursor.
func unreachable(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, http.ErrSchemeMismatch) {
		return errors.New("the server answers without encryption: its address begins with http://, or has another port")
	}
	return fmt.Errorf("the server cannot be reached: %w", err)
}

// unpack reads a body of at most limit bytes, on the wire and unpacked.
func (s *Server) unpack(resp *http.Response, limit int64) ([]byte, error) {
	wire := io.LimitReader(resp.Body, limit+1)
	var r io.Reader
	switch coding := strings.ToLower(resp.Header.Get("Content-Encoding")); coding {
	case "", "identity":
		r = wire
	case "zstd":
		packed, err := io.ReadAll(wire)
		if err != nil {
			return nil, fmt.Errorf("read the answer: %w", err)
		}
		data, err := s.zstd.DecodeAll(packed, nil)
		if errors.Is(err, zstd.ErrDecoderSizeExceeded) {
			return nil, ErrTooLarge
		}
		if err != nil {
			return nil, fmt.Errorf("unpack the answer: %w", err)
		}
		if int64(len(data)) > limit {
			return nil, ErrTooLarge
		}
		return data, nil
	case "gzip":
		z, err := gzip.NewReader(wire)
		if err != nil {
			return nil, fmt.Errorf("unpack the answer: %w", err)
		}
		defer z.Close()
		r = z
	default:
		return nil, &StrangeAnswer{Status: resp.StatusCode, What: "packed in a way that was not asked for"}
	}
	var buf bytes.Buffer
	if n := resp.ContentLength; n > 0 {
		buf.Grow(int(min(n, limit)) + bytes.MinRead)
	}
	if _, err := buf.ReadFrom(io.LimitReader(r, limit+1)); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if int64(buf.Len()) > limit {
		return nil, ErrTooLarge
	}
	return buf.Bytes(), nil
}

// refusal turns an answer that is no success into the error it stands for: typed where a Partage server said it.
func (a *answer) refusal() error {
	if a.media == "application/json" {
		var said struct {
			Error *struct {
				Code    protocol.Code `json:"code"`
				Message string        `json:"message"`
				Reason  string        `json:"reason"`
			} `json:"error"`
			Errors []graphError `json:"errors"`
		}
		if json.Unmarshal(a.body, &said) == nil {
			switch {
			case said.Error != nil && said.Error.Code != "":
				return &protocol.Error{Code: said.Error.Code, Message: said.Error.Message, Reason: said.Error.Reason, RetryAfter: a.retryAfter()}
			case len(said.Errors) > 0 && said.Errors[0].Extensions.Code != "":
				return said.Errors[0].typed(a.retryAfter())
			}
		}
	}
	return a.strange()
}

// mediaOf returns the media type without its parameters; empty where there is none.
func mediaOf(h http.Header) string {
	media, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	return media
}

func (a *answer) strange() error {
	what := a.media
	if what == "" {
		what = "without a type"
	}
	if a.below != "" {
		what += "; try the address without " + a.below
	}
	return &StrangeAnswer{Status: a.status, What: what}
}

// retryAfter reads the header of that name in its form of seconds, bounded by an hour.
func (a *answer) retryAfter() time.Duration {
	seconds, err := strconv.Atoi(a.header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(seconds)*time.Second, time.Hour)
}

// Temporary reports whether the same request may succeed later: the network's and the server's bad moments, and
// answers from something between. Wrong requests, ended sessions and expired cursors are not.
func Temporary(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	switch protocol.CodeOf(err) {
	case "":
		return !errors.Is(err, ErrTooLarge)
	case protocol.RateLimited, protocol.Unavailable, protocol.Internal:
		return true
	}
	return false
}

// FromServer reports whether an error tells of the server or of the way to it, not of this computer.
func FromServer(err error) bool {
	var strange *StrangeAnswer
	var network net.Error
	if errors.As(err, &network) {
		_, local := network.(syscall.Errno) // of a file: the network's are in a *net.OpError
		return !local
	}
	return protocol.AsError(err) != nil || errors.As(err, &strange) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, ErrTooLarge)
}
