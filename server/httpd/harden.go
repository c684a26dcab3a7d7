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

// stall is how long a bulk request may make no progress in either direction.
const stall = 30 * time.Second

// patient gives long transfers time as long as they make progress, in place of the server's deadlines for
// whole requests.
func patient(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := &patientWriter{w, http.NewResponseController(w)}
		p.more()
		r.Body = patientBody{r.Body, p.control}
		next.ServeHTTP(p, r)
	})
}

type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (p *patientWriter) more() {
	deadline := time.Now().Add(stall)
	// A connection without deadlines is a test's.
	_ = p.control.SetReadDeadline(deadline)
	_ = p.control.SetWriteDeadline(deadline)
}

// Unwrap is for http.ResponseController.
func (p *patientWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// Write gives the client time to read.
func (p *patientWriter) Write(data []byte) (int, error) {
	p.more()
	return p.ResponseWriter.Write(data)
}

type patientBody struct {
	io.ReadCloser
	control *http.ResponseController
}

// Read gives the client time to write.
func (b patientBody) Read(data []byte) (int, error) {
	deadline := time.Now().Add(stall)
	_ = b.control.SetReadDeadline(deadline)
	_ = b.control.SetWriteDeadline(deadline)
	return b.ReadCloser.Read(data)
}
