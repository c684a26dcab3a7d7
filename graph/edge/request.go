package edge

import (
	"errors"

	"github.com/partage-mail/partage/graph/edge/strictjson"
	"github.com/partage-mail/partage/server/fault"
)

// request is one operation as it was asked for.
type request struct {
	query         string
	operationName string
	variables     map[string]any
}

// decode reads a value by the letter; its errors are faults.
func decode(data []byte, limits strictjson.Limits) (any, error) {
	v, err := strictjson.Decode(data, limits)
	if e := (*strictjson.Error)(nil); errors.As(err, &e) {
		if e.TooComplex {
			return nil, fault.New(fault.TooComplex, "%s.", e)
		}
		return nil, fault.New(fault.Invalid, "The JSON cannot be read: %s.", e)
	}
	return v, err
}

// newRequest reads {query, operationName, variables, extensions}. Extensions are allowed, for the clients
// that always send them, and mean nothing.
func newRequest(v any) (request, error) {
	fields, ok := v.(map[string]any)
	if !ok {
		if _, batch := v.([]any); batch {
			return request{}, fault.New(fault.Invalid, "Send one operation in a JSON object; batches are not supported.")
		}
		return request{}, fault.New(fault.Invalid, "Send a JSON object with the key \"query\".")
	}
	var r request
	for name, value := range fields {
		ok := true
		switch name {
		case "query":
			r.query, ok = value.(string)
		case "operationName":
			r.operationName, ok = value.(string)
			ok = ok || value == nil
		case "variables":
			r.variables, ok = value.(map[string]any)
			ok = ok || value == nil
		case "extensions":
			_, ok = value.(map[string]any)
			ok = ok || value == nil
		default:
			return request{}, fault.Field(name, "The key %q is not known; there are query, operationName, variables and extensions.", clip(name))
		}
		if !ok {
			return request{}, fault.Field(name, "%s", fault.Word(map[string]string{
				"query":         "\"query\" must be a string.",
				"operationName": "\"operationName\" must be a string or null.",
				"variables":     "\"variables\" must be an object or null.",
				"extensions":    "\"extensions\" must be an object or null.",
			}[name]))
		}
	}
	if r.query == "" {
		return request{}, fault.Field("query", "\"query\" is missing.")
	}
	return r, nil
}
