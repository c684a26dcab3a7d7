package httpd

import (
	"io"
	"net/http"
	"time"
)

// pagePolicy lets pages use what comes from this server and nothing else. A handler may set its own.
const pagePolicy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// harden tells browsers what they must not do with an answer.
func (h *house) harden(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Content-Security-Policy", pagePolicy)
		next.ServeHTTP(w, r)
	})
}

// stall is how long one read, or one write of 64 kB, may take in a bulk request.
const stall = 30 * time.Second

// patient gives long transfers time as long as they make progress, in place of the server's deadlines for
// whole requests. A handler may work for as long as it likes between two writes.
func patient(stall time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		control := http.NewResponseController(w)
		r.Body = &patientBody{ReadCloser: r.Body, control: control, stall: stall}
		next.ServeHTTP(&patientWriter{w, control, stall}, r)
	})
}

type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
}

// Unwrap is for http.ResponseController.
func (p *patientWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// Write gives the client time to read each piece.
func (p *patientWriter) Write(data []byte) (n int, err error) {
	const piece = 64 << 10
	for first := true; first || len(data) > 0; first = false {
		_ = p.control.SetWriteDeadline(time.Now().Add(p.stall))
		m, err := p.ResponseWriter.Write(data[:min(piece, len(data))])
		n += m
		if err != nil {
			return n, err
		}
		data = data[m:]
	}
	return n, nil
}

type patientBody struct {
	io.ReadCloser
	control *http.ResponseController
	stall   time.Duration
	ended   bool
}

// Read gives the client time to write. After the body's end the server itself reads on, to notice when the
// client goes away; a deadline would make it believe that.
func (b *patientBody) Read(data []byte) (int, error) {
	if !b.ended {
		_ = b.control.SetReadDeadline(time.Now().Add(b.stall))
	}
	n, err := b.ReadCloser.Read(data)
	b.ended = b.ended || err != nil
	return n, err
}
