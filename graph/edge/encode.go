package edge

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/zstd"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	contentJSON    = "application/json"
	contentGraphQL = "application/graphql-response+json"
	// worthCompressing is the size below which compression saves no packet.
	worthCompressing = 1400
)

// encode returns an answer as JSON. The data is taken as the executor wrote it; an answer without data is
// one that was refused before it ran.
func encode(r *graphql.Response) []byte {
	var out bytes.Buffer
	out.Grow(len(r.Data) + 256*len(r.Errors) + 16)
	out.WriteByte('{')
	if len(r.Errors) > 0 {
		out.WriteString(`"errors":`)
		out.Write(mustMarshal(r.Errors))
	}
	if r.Data != nil {
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		out.WriteString(`"data":`)
		out.Write(r.Data)
	}
	if len(r.Extensions) > 0 {
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		out.WriteString(`"extensions":`)
		out.Write(mustMarshal(r.Extensions))
	}
	out.WriteByte('}')
	return out.Bytes()
}

// encodeErrors returns an answer of errors alone.
func encodeErrors(errs ...*gqlerror.Error) []byte {
	return encode(&graphql.Response{Errors: errs})
}

// mustMarshal panics where a value of ours has no JSON form; the caller's request then fails as internal.
func mustMarshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// encoder writes answers in the compression that the client prefers. It is safe for concurrent use.
type encoder struct {
	zstd *zstd.Encoder
	gzip sync.Pool
}

func newEncoder() *encoder {
	// The options are constant and known to be good.
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err)
	}
	e := &encoder{zstd: z}
	e.gzip.New = func() any {
		w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
		return w
	}
	return e
}

// write answers a request with a body of JSON.
func (e *encoder) write(w http.ResponseWriter, r *http.Request, status int, contentType string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept, Accept-Encoding")
	if len(body) >= worthCompressing {
		switch preferredCoding(r.Header.Values("Accept-Encoding")) {
		case "zstd":
			h.Set("Content-Encoding", "zstd")
			body = e.zstd.EncodeAll(body, make([]byte, 0, len(body)/3))
		case "gzip":
			h.Set("Content-Encoding", "gzip")
			body = e.gzipped(body)
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that is gone is no concern of ours
}

func (e *encoder) gzipped(body []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(body) / 3)
	z := e.gzip.Get().(*gzip.Writer)
	defer e.gzip.Put(z)
	z.Reset(&out)
	_, _ = z.Write(body) // a bytes.Buffer takes everything
	_ = z.Close()
	return out.Bytes()
}

// preferredCoding returns zstd or gzip if the client takes it, else nothing. Weights other than 0 make no
// difference between the two.
func preferredCoding(accept []string) string {
	found := ""
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		name, parameters, _ := strings.Cut(part, ";")
		weight := strings.ReplaceAll(strings.TrimSpace(parameters), " ", "")
		if strings.HasPrefix(weight, "q=0") && strings.Trim(weight[3:], ".0") == "" {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "zstd":
			return "zstd"
		case "gzip":
			found = "gzip"
		}
	}
	return found
}
