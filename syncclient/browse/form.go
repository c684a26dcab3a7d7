package browse

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// form edits an item or a row, or makes one. What it saves goes through mirror.Editor into the copy, at once and with
// or without contact; what the copy refuses stays in the form, with the reason.
type form struct {
	*ui
	head   string // its title
	inputs []formInput
	at     int
	top    int
	wrong  string
	// save is what becomes of the values of the columns that were changed, or of all in a form of that kind. It is busy
	// meanwhile, and takes nothing, but that one that asks can be left.
	save       func(values map[string]any) error
	busy, left bool
	// always: what stands in the form is saved, changed or not.
	always bool
	// done is said when it was saved.
	done string
	// ask asks for one thing after the other, none of which is missed when it is left: the form for signing in.
	ask bool
	// more: the row may have further fields; naming: one is being added, named so.
	more, naming bool
	named        field
}

// formInput is a column in a form.
type formInput struct {
	input
	field field
	// was is what the row has, began what the form began with: a new row has nothing yet.
	was, began string
	// further: the column is a further field of a contact, by this name.
	further bool
}

func newInput(in input, was, began string) formInput {
	return formInput{input: in, field: newField(began), was: was, began: began}
}

func furtherInput(name, value string) formInput {
	in := newInput(input{column: name, label: name}, value, value)
	in.further = true
	return in
}

func furtherOf(text string) map[string]string {
	var fields map[string]string
	_ = json.Unmarshal([]byte(text), &fields) // a new row has none
	return fields
}

// newForm is a form for a row as it is, or without was for a new one; of is the list, blacklist or campaign of a row.
func newForm(u *ui, open *account, k kind, of, id string, was record) *form {
	s := &form{ui: u, head: "Edit", more: k.kind == protocol.KindContact, done: "Saved here; it is sent as soon as the server can be reached."}
	for _, in := range k.inputs {
		if in.long || in.once && id != "" {
			continue
		}
		value := was.text(in.column)
		began := value
		if was == nil && len(in.choices) > 0 {
			began = in.choices[0]
		}
		s.inputs = append(s.inputs, newInput(in, value, began))
	}
	fields := furtherOf(was.text(further))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		s.inputs = append(s.inputs, furtherInput(name, fields[name]))
	}
	s.save = func(values map[string]any) error {
		if seen := was["version"]; seen != nil { // what others have changed since is a conflict, and not overwritten
			values["version"] = seen
		}
		return open.editor.Change(u.ctx, k.kind, of, id, values)
	}
	if id == "" {
		s.head, s.always = "New "+k.one, true
		s.save = func(values map[string]any) error {
			_, err := open.editor.Create(u.ctx, k.kind, of, values)
			return err
		}
	}
	return s
}

func (s *form) title() string { return s.head }
func (s *form) typing() bool  { return true }

// holds: something would be missed if the form were left.
func (s *form) holds() bool {
	return !s.ask && slices.ContainsFunc(s.inputs, func(in formInput) bool { return in.field.value() != in.began })
}

func (s *form) paste(text string) tea.Cmd {
	if s.busy {
		return nil
	}
	if s.ask { // what ends a copied line belongs to no password
		text = strings.TrimSpace(text)
	}
	if in := s.input(); s.naming {
		s.named.insert(text)
	} else if len(in.choices) == 0 && !in.long {
		in.field.insert(text)
	}
	return nil
}

// input is the one that is edited. Every form has one: rows of all kinds have a name, and a correction has what was refused.
func (s *form) input() *formInput { return &s.inputs[s.at] }

func (s *form) key(k tea.KeyPressMsg) tea.Cmd {
	if s.naming {
		return s.nameKey(k)
	}
	in, name := s.input(), k.String()
	switch {
	case s.busy && !(s.ask && name == "esc"):
		return nil
	case name == "esc" && s.holds():
		return s.confirm("Give up what you wrote?", func() tea.Msg { return popped{s} })
	case name == "esc":
		s.left = true
		return s.pop(s)
	case name == "up", name == "shift+tab":
		s.at = (s.at + len(s.inputs) - 1) % len(s.inputs)
	case name == "down", name == "tab", name == "enter" && s.ask && s.at < len(s.inputs)-1:
		s.at = (s.at + 1) % len(s.inputs)
	case name == "enter", name == "ctrl+s":
		return s.send()
	case name == "ctrl+n" && s.more:
		s.naming, s.named = true, field{}
	case name == "ctrl+e" && !s.ask:
		return s.inEditor()
	case len(in.choices) > 0:
		s.choose(in, name)
	case in.long:
		return s.say("ctrl+e opens it in your editor.")
	default:
		in.field.key(k)
	}
	return nil
}

// choose turns to the next or the last of a few values.
func (s *form) choose(in *formInput, name string) {
	by := map[string]int{"left": len(in.choices) - 1, "right": 1, "space": 1}[name]
	at := max(0, slices.Index(in.choices, in.field.value()))
	in.field = newField(in.choices[(at+by)%len(in.choices)])
}

func (s *form) nameKey(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		s.naming = false
	case "enter":
		if name := strings.TrimSpace(s.named.value()); name != "" {
			s.inputs = append(s.inputs, furtherInput(name, ""))
			s.at = len(s.inputs) - 1
		}
		s.naming = false
	default:
		s.named.key(k)
	}
	return nil
}

// inEditor has the person's editor change a field, such as one of several lines.
func (s *form) inEditor() tea.Cmd {
	in := s.input()
	if len(in.choices) > 0 {
		return nil
	}
	name := "field.txt"
	if in.long {
		name = "body.html"
	}
	at := s.at
	return edit(s.ui, name, in.field.value(), func(changed string) tea.Msg {
		return then(func() tea.Cmd { s.inputs[at].field = newField(changed); return nil })
	})
}

// changed returns the columns that differ from the row, as the copy takes them.
func (s *form) changed() map[string]any {
	values, fields, touched := map[string]any{}, map[string]string{}, false
	for _, in := range s.inputs {
		value := in.field.value()
		switch {
		case in.further:
			touched = touched || value != in.was
			if value != "" {
				fields[in.column] = value
			}
		case value != in.was:
			values[in.column] = value
		}
	}
	if touched {
		text, _ := json.Marshal(fields) // texts always can be
		values[further] = string(text)
	}
	return values
}

// send saves.
func (s *form) send() tea.Cmd {
	values := s.changed()
	if !s.always && len(values) == 0 {
		return s.pop(s)
	}
	s.busy, s.wrong = true, ""
	for i := range s.inputs {
		if f := &s.inputs[i].field; f.secret {
			*f = field{secret: true}
		}
	}
	return func() tea.Msg {
		err := s.save(values)
		return then(func() tea.Cmd {
			if s.busy = false; err != nil {
				err = plainRefusal(err)
				if s.left {
					return s.next(fail(err))
				}
				s.refused(err)
				return nil
			}
			s.pop(s)
			return s.say(s.done)
		})
	}
}

// refused says why the copy did not take it, and goes to the field that the reason names.
func (s *form) refused(err error) {
	s.wrong = control.Sentence(err)
	var why refusal
	if !errors.As(err, &why) {
		return
	}
	words := strings.Fields(strings.NewReplacer(",", " ", "_", " ").Replace(strings.ToLower(string(why))))
	for i, in := range s.inputs {
		if slices.Contains(words, strings.Fields(strings.ReplaceAll(in.column, "_", " "))[0]) {
			s.at = i
			return
		}
	}
}
