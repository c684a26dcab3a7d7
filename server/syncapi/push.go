package syncapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/edge/strictjson"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/push"
)

// maxPush is the greatest size of a push, and of what it may hold.
const maxPush = 8 << 20

func pushLimits() strictjson.Limits { return strictjson.Limits{Depth: 6, Values: 200_000} }

// push settles what a replica has written without contact. What is wrong with one mutation is told in its result; only
// what cannot be told so is an error.
func (a *api) push(w http.ResponseWriter, r *http.Request) {
	request, err := pushed(w, r)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	answer, err := a.pushes.Push(r.Context(), request)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	// An error of writing is the client's, who is gone and will ask again.
	_ = json.NewEncoder(w).Encode(answer)
}

// pushed reads the request.
func pushed(w http.ResponseWriter, r *http.Request) (push.Request, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return push.Request{}, fault.New(fault.Invalid, "Send the mutations as application/json.")
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return push.Request{}, fault.New(fault.Invalid, "Send the mutations as they are, not compressed.")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPush))
	if errors.As(err, new(*http.MaxBytesError)) {
		return push.Request{}, fault.New(fault.TooComplex, "A push has at most %d MB. Send fewer mutations at once.", maxPush>>20)
	}
	if err != nil {
		return push.Request{}, fault.New(fault.Unavailable, "The request's body did not arrive in full.")
	}
	return parsePush(body)
}

func parsePush(body []byte) (request push.Request, err error) {
	v, err := strictjson.Decode(body, pushLimits())
	if e := (*strictjson.Error)(nil); errors.As(err, &e) {
		if e.TooComplex {
			return request, fault.New(fault.TooComplex, "%s.", e)
		}
		return request, fault.New(fault.Invalid, "The JSON cannot be read: %s.", e)
	}
	if err != nil {
		return request, err
	}
	top, ok := v.(map[string]any)
	if !ok {
		return request, fault.New(fault.Invalid, "A push is a JSON object.")
	}
	for name, v := range top {
		switch name {
		case "replica":
			request.Replica, err = idOf(name, v)
		case "acknowledged":
			request.Acknowledged, err = numberOf(name, v)
		case "mutations":
			request.Mutations, err = mutationsOf(v)
		default:
			err = fault.New(fault.Invalid, "A push has a replica, a number that is acknowledged, and mutations, and nothing else.")
		}
		if err != nil {
			return push.Request{}, err
		}
	}
	if request.Replica == uuid.Nil {
		return push.Request{}, fault.Field("replica", "The id of the replica is missing.")
	}
	return request, nil
}

func mutationsOf(v any) ([]push.Mutation, error) {
	list, ok := v.([]any)
	if !ok || len(list) > push.MostMutations {
		return nil, fault.Field("mutations", "A push has a list of at most %d mutations.", push.MostMutations)
	}
	mutations := make([]push.Mutation, len(list))
	for i, v := range list {
		at := fmt.Sprintf("mutations.%d", i)
		content, ok := v.(map[string]any)
		if !ok {
			return nil, fault.Field(at, "A mutation is a JSON object.")
		}
		m := push.Mutation{Content: content}
		var err error
		if m.Number, err = numberOf(at+".number", content["number"]); err != nil {
			return nil, err
		}
		if m.Key, err = idOf(at+".key", content["key"]); err != nil {
			return nil, err
		}
		if m.Number < 1 || m.Number == math.MaxInt64 {
			return nil, fault.Field(at+".number", "Mutations are numbered from 1.")
		}
		delete(content, "number")
		delete(content, "key")
		mutations[i] = m
	}
	return mutations, nil
}

func numberOf(field string, v any) (int64, error) {
	text, _ := v.(json.Number)
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || n < 0 {
		return 0, fault.Field(field, "This is a whole number that is not negative.")
	}
	return n, nil
}

func idOf(field string, v any) (uuid.UUID, error) {
	text, _ := v.(string)
	id, err := uuid.Parse(text)
	if err != nil || id.String() != text || id == uuid.Nil {
		return uuid.Nil, fault.Field(field, "This is a UUID, in lower case.")
	}
	return id, nil
}
