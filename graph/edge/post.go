package edge

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partage-mail/partage/server/fault"
)

// post answers everything that does not ask for a WebSocket: a POST with one JSON object is run, all else is
// refused.
func (s *Server) post(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		s.wrong(w, r, http.StatusMethodNotAllowed, fault.New(fault.Invalid, "GraphQL is spoken by POST here, and by WebSocket."))
		return
	}
	if f := contentFault(r.Header); f != nil {
		w.Header().Set("Accept-Post", contentJSON)
		s.wrong(w, r, http.StatusUnsupportedMediaType, f)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.limits.Body))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		s.wrong(w, r, http.StatusRequestEntityTooLarge, fault.New(fault.TooComplex, "A request may have at most %d bytes.", s.limits.Body))
		return
	}
	if err != nil {
		s.wrong(w, r, http.StatusBadRequest, fault.New(fault.Invalid, "The request's body did not arrive in full."))
		return
	}
	v, err := decode(body, s.limits.JSON)
	var asked request
	if err == nil {
		asked, err = newRequest(v)
	}
	if err != nil {
		s.wrong(w, r, http.StatusBadRequest, err)
		return
	}
	s.answer(w, r, asked)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, asked request) {
	contentType := acceptedType(r.Header)
	o, errs := s.prepare(r.Context(), asked, r.Header)
	if len(errs) > 0 {
		s.encoder.write(w, r, refusalStatus(contentType, errs), contentType, encodeErrors(errs...))
		return
	}
	defer o.end()
	if o.isSubscription() {
		errs := s.presentAll(o.ctx, gqlerror.List{refusal(nil, fault.New(fault.Invalid, "Subscriptions run over a WebSocket, with the subprotocol %s.", subprotocol))})
		s.encoder.write(w, r, refusalStatus(contentType, errs), contentType, encodeErrors(errs...))
		return
	}
	s.metrics.operations.WithLabelValues(o.kind(), "http").Inc()
	o.run(func(response *graphql.Response) bool {
		status := http.StatusOK
		if response.Data == nil {
			status = refusalStatus(contentType, response.Errors)
		}
		s.encoder.write(w, r, status, contentType, encode(response))
		return false
	})
}

// wrong refuses what is not a GraphQL request at all.
func (s *Server) wrong(w http.ResponseWriter, r *http.Request, status int, err error) {
	presented := s.presenter.present(withReport(r.Context()), err)
	s.encoder.write(w, r, status, contentJSON, encodeErrors(presented))
}

// contentFault says what is wrong with how a body is declared, or nil.
func contentFault(h http.Header) *fault.Fault {
	mediaType, parameters, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || mediaType != contentJSON || len(h.Values("Content-Type")) > 1 {
		return fault.New(fault.Invalid, "Send the request as application/json.")
	}
	for name, value := range parameters {
		if name != "charset" || !strings.EqualFold(value, "utf-8") {
			return fault.New(fault.Invalid, "Send the request as application/json in UTF-8.")
		}
	}
	if coding := h.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return fault.New(fault.Invalid, "Send the request without a content encoding.")
	}
	return nil
}

// acceptedType returns application/graphql-response+json for clients that name it, else application/json,
// which every client understands.
func acceptedType(h http.Header) string {
	for _, part := range strings.Split(strings.Join(h.Values("Accept"), ","), ",") {
		if mediaType, _, err := mime.ParseMediaType(part); err == nil && mediaType == contentGraphQL {
			return contentGraphQL
		}
	}
	return contentJSON
}

// refusalStatus is 200 for application/json, where the errors are in the body and not of the transport, and
// says more for the newer type (GraphQL over HTTP, section 6.4).
func refusalStatus(contentType string, errs gqlerror.List) int {
	if contentType == contentJSON || len(errs) == 0 {
		return http.StatusOK
	}
	code, _ := errs[0].Extensions["code"].(string)
	return statusOf(fault.Kind(code))
}
