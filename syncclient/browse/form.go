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
	open *account
	kind kind
	// of is the list, blacklist or campaign of a row, id the row; empty for a new one.
	of, id string
	// seen is the version that the person sees while they fill it in; nil of a new row, and of a correction.
	seen   any
	inputs []formInput
	at     int
	top    int
	wrong  string
	named  field // of a further field that is being added
	naming bool
	// save is what becomes of the values in a correction, whose title is head; nil where they are written into the copy.
	save func(values map[string]any) error
	head string
}

// formInput is a column in a form.
type formInput struct {
	input
	field field
	was   string
	// further: the column is a further field of a contact, by this name.
	further bool
}

type saved struct {
	form *form
	err  error
}

// newForm is a form for a row as it is, or without was for a new one.
func newForm(u *ui, open *account, k kind, of, id string, was record) *form {
	s := &form{ui: u, open: open, kind: k, of: of, id: id, seen: was["version"]}
	for _, in := range k.inputs {
		if in.long || in.once && id != "" {
			continue
		}
		value := was.text(in.column)
		if was == nil && len(in.choices) > 0 {
			value = in.choices[0]
		}
		s.inputs = append(s.inputs, formInput{input: in, field: newField(value), was: value})
	}
	if k.kind == protocol.KindContact {
		fields := furtherOf(was.text(further))
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			s.inputs = append(s.inputs, furtherInput(name, fields[name]))
		}
	}
	return s
}

func furtherOf(text string) map[string]string {
	var fields map[string]string
	_ = json.Unmarshal([]byte(text), &fields) // a new row has none
	return fields
}

func furtherInput(name, value string) formInput {
	return formInput{input: input{column: name, label: name}, field: newField(value), was: value, further: true}
}

func (s *form) load() tea.Cmd { return nil }
func (s *form) typing() bool  { return true }

func (s *form) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saved:
		if msg.form != s {
			return nil
		}
		if msg.err != nil {
			s.refused(plainRefusal(msg.err))
			return nil
		}
		s.pop()
		return s.say("Saved here; it is sent as soon as the server can be reached.")
	case fieldEdited:
		if msg.form == s {
			s.inputs[msg.at].field = newField(msg.text)
		}
	case tea.PasteMsg:
		if s.naming {
			s.named.insert(msg.Content)
		} else if in := s.input(); len(in.choices) == 0 && !in.long {
			in.field.insert(msg.Content)
		}
	case tea.KeyPressMsg:
		if s.naming {
			return s.nameKey(msg)
		}
		return s.key(msg)
	}
	return nil
}

// input is the one that is edited. Every form has one: rows of all kinds have a name, and a correction has what was refused.
func (s *form) input() *formInput { return &s.inputs[s.at] }

func (s *form) key(k tea.KeyPressMsg) tea.Cmd {
	in := s.input()
	switch name := k.String(); name {
	case "esc":
		if len(s.changed()) == 0 {
			return s.pop()
		}
		return s.confirm("Give up what you wrote?", func() tea.Msg { return popped{} })
	case "enter", "ctrl+s":
		return s.send()
	case "up", "shift+tab":
		s.at = (s.at + len(s.inputs) - 1) % len(s.inputs)
	case "down", "tab":
		s.at = (s.at + 1) % len(s.inputs)
	case "ctrl+n":
		if s.kind.kind == protocol.KindContact {
			s.naming, s.named = true, field{}
		}
	case "ctrl+e":
		return s.inEditor()
	default:
		switch {
		case len(in.choices) > 0:
			s.choose(in, name)
		case in.long:
			return s.say("ctrl+e opens it in your editor.")
		default:
			in.field.key(k)
		}
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

type fieldEdited struct {
	form *form
	at   int
	text string
}

// inEditor has the person's editor change a field, such as one of several lines.
func (s *form) inEditor() tea.Cmd {
	in := s.input()
	if len(in.choices) > 0 {
		return nil
	}
	at := s.at
	name := "field.txt"
	if in.long {
		name = "body.html"
	}
	return edit(s.ui, name, in.field.value(), func(changed string) tea.Msg { return fieldEdited{s, at, changed} })
}

// changed returns the columns that the person changed, as the copy takes them.
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

func (s *form) send() tea.Cmd {
	values := s.changed()
	if s.save == nil && s.id != "" && len(values) == 0 {
		return s.pop()
	}
	if s.id == "" { // what a new row begins with is said in full
		for _, in := range s.inputs {
			if value := in.field.value(); !in.further && (value != "" || in.column == s.kind.name) {
				values[in.column] = value
			}
		}
	}
	return func() tea.Msg { return saved{s, s.write(values)} }
}

func (s *form) write(values map[string]any) error {
	if s.save != nil {
		return s.save(values)
	}
	if s.id != "" {
		if s.seen != nil { // what others have changed since is a conflict, and not overwritten
			values["version"] = s.seen
		}
		return s.open.editor.Change(s.ctx, s.kind.kind, s.of, s.id, values)
	}
	_, err := s.open.editor.Create(s.ctx, s.kind.kind, s.of, values)
	return err
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

// editItem opens the form of an item.
func editItem(u *ui, open *account, k kind, id string) tea.Cmd {
	return func() tea.Msg {
		d, err := readItem(u.ctx, open.folder, k, id)
		switch {
		case err != nil:
			return fail(err)
		case d == nil:
			return nil
		case d.text("my_level") == "view":
			return said{text: "You may only look at this."}
		}
		return pushed{newForm(u, open, k, "", id, d.record)}
	}
}
