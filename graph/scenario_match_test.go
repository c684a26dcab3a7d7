package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/partage-mail/partage/server/servertest/scenario"
)

// resolve replaces "@name" in whatever a file holds.
func (p *play) resolve(v any) any {
	p.Helper()
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[key] = p.resolve(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, value := range v {
			out[i] = p.resolve(value)
		}
		return out
	case []string:
		out := make([]string, len(v))
		for i, value := range v {
			out[i] = fmt.Sprint(p.resolve(value))
		}
		return out
	case string:
		return p.text(v)
	}
	return v
}

var reference = regexp.MustCompile(`@[a-z][a-z-]*(\.[a-z]+)?`)

// text replaces references in a string. One that is all of it keeps its type, and @any, @moment and what
// looks like an address stay.
func (p *play) text(s string) any {
	p.Helper()
	if reference.FindString(s) == s {
		if value, ok := p.known(s); ok {
			return value
		}
		return s
	}
	return reference.ReplaceAllStringFunc(s, func(ref string) string {
		if value, ok := p.known(ref); ok {
			return fmt.Sprint(value)
		}
		return ref
	})
}

func (p *play) known(ref string) (any, bool) {
	p.Helper()
	name, part, _ := strings.Cut(strings.TrimPrefix(ref, "@"), ".")
	if value, ok := p.saved[name]; ok && part == "" {
		return value, true
	}
	if !p.world.Has(name) {
		return nil, false
	}
	for _, person := range p.world.People {
		if person.Name == name {
			return p.part(ref, map[string]string{
				"": person.ID, "email": person.Email, "account": person.Account.ID, "password": scenario.Password,
			}, part), true
		}
	}
	it := p.world.Item(name)
	return p.part(ref, map[string]string{"": it.ID, "title": it.Title, "row": it.Row, "value": it.RowText}, part), true
}

func (p *play) part(ref string, parts map[string]string, part string) string {
	p.Helper()
	value, ok := parts[part]
	if !ok {
		p.Fatalf("what is %s?", ref)
	}
	return value
}

// differs says where an answer does not hold what it should, or nothing.
func differs(want, got any) string { return differsAt("data", want, got) }

func differsAt(path string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		in, ok := got.(map[string]any)
		if !ok {
			return fmt.Sprintf("%s is %v instead of an object", path, got)
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			value, there := in[key]
			if !there {
				return path + "." + key + " is not there"
			}
			if where := differsAt(path+"."+key, want[key], value); where != "" {
				return where
			}
		}
		return ""
	case []any:
		in, ok := got.([]any)
		if !ok || len(in) != len(want) {
			return fmt.Sprintf("%s is %v instead of a list of %d", path, got, len(want))
		}
		for i := range want {
			if where := differsAt(fmt.Sprint(path, ".", i), want[i], in[i]); where != "" {
				return where
			}
		}
		return ""
	case string:
		switch want {
		case "@any":
			if got == nil || got == "" {
				return path + " is empty"
			}
			return ""
		case "@moment":
			text, _ := got.(string)
			if at, err := time.Parse(time.RFC3339Nano, text); err != nil || !strings.HasSuffix(text, "Z") || time.Since(at).Abs() > 24*time.Hour {
				return fmt.Sprintf("%s is %v instead of a moment of today", path, got)
			}
			return ""
		}
	case nil, bool:
	default:
		if number, ok := got.(json.Number); ok {
			got = number.String()
		}
		if fmt.Sprint(want) != got {
			return fmt.Sprintf("%s is %v instead of %v", path, got, want)
		}
		return ""
	}
	if want != got {
		return fmt.Sprintf("%s is %v instead of %v", path, got, want)
	}
	return ""
}

func equal(want any, got []string) bool {
	texts, _ := want.([]string)
	return slices.Equal(texts, got)
}

// readMail finds something in the newest mail to a person.
func (p *play) readMail(m mailed) {
	p.Helper()
	kept, err := p.server.Mailing.Outbox(p.Context(), 100)
	if err != nil {
		p.Fatal(err)
	}
	to := fmt.Sprint(p.resolve(m.To))
	for _, mail := range kept {
		if mail.Recipient != to {
			continue
		}
		found := regexp.MustCompile(m.Find).FindStringSubmatch(mail.Text)
		if len(found) != 2 {
			p.Fatalf("%q is not in the mail %s", m.Find, mail.Text)
		}
		p.saved[m.Save] = found[1]
		return
	}
	p.Fatalf("there is no mail to %s", to)
}
