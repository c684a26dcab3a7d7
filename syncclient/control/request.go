package control

import (
	"bytes"
	"encoding/json"
	"strings"
)

// request is one line of a client.
type request struct {
	id   json.RawMessage // a number or a string, which the answer repeats
	do   string
	with fields
}

// fields are what a request has beside id and do.
type fields interface {
	// sound says what is wrong with them, as what follows the name of the request; nothing where they are well.
	sound() string
}

type none struct{}

func (*none) sound() string { return "" }

// requests returns what each request takes.
func requests() map[string]fields {
	return map[string]fields{
		"status": &none{}, "sync": &none{}, "pause": &none{}, "resume": &none{}, "watch": &none{}, "stop": &none{},
		"conflicts": &none{}, "resolve": &Decision{}, "edit": &Edit{},
		"lists": &none{}, "keep": &Which{}, "drop": &Which{}, "rows": &RowsOf{},
	}
}

// parse reads a request. Where it is wrong, the request has the id as far as it could be read.
func parse(line []byte) (request, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(line, &all); err != nil {
		return request{}, refuse(BadRequest, "The line is no request: %v.", err)
	}
	r := request{id: all["id"]}
	wrong := func(format string, args ...any) (request, error) { return r, refuse(BadRequest, format, args...) }
	if !plain(r.id) {
		r.id = nil
		return wrong("A request needs an id: a number, or a string of 100 characters at most.")
	}
	if err := json.Unmarshal(all["do"], &r.do); err != nil || r.do == "" {
		return wrong("A request needs do: what is to be done.")
	}
	with, known := requests()[r.do]
	if !known {
		return wrong("There is no request %.50q.", r.do)
	}
	delete(all, "id")
	delete(all, "do")
	rest, err := json.Marshal(all)
	if err != nil {
		return wrong("The line is no request: %v.", err)
	}
	d := json.NewDecoder(bytes.NewReader(rest))
	d.DisallowUnknownFields()
	if err := d.Decode(with); err != nil {
		return wrong("%s: %s.", r.do, strings.TrimPrefix(err.Error(), "json: "))
	}
	if why := with.sound(); why != "" {
		return wrong("%s %s", r.do, why)
	}
	r.with = with
	return r, nil
}

// plain reports whether an id is a number or a short string.
func plain(id json.RawMessage) bool {
	return len(id) > 0 && len(id) <= 102 && (id[0] == '"' || id[0] == '-' || id[0] >= '0' && id[0] <= '9')
}
