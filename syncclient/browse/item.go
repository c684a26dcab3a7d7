package browse

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// about is all that the copy tells of one item.
type about struct {
	*ui
	open *account
	of   kind
	id   string
	name string
	d    *detail
	err  error
	facts
}

type itemRead struct {
	id  string
	d   *detail
	err error
}

func newItem(u *ui, open *account, of kind, id, name string) *about {
	return &about{ui: u, open: open, of: of, id: id, name: name}
}

func (s *about) title() string { return s.name }
func (s *about) typing() bool  { return false }

func (s *about) keys() []key {
	var all []key
	switch s.of.kind {
	case protocol.KindCampaign:
		all = []key{{"enter", "leads"}, {"e", "edit"}, {"b", "body in an editor"}, {"t", "lists it goes to"}}
	case protocol.KindTemplate:
		all = []key{{"e", "edit"}, {"b", "body in an editor"}}
	default:
		all = []key{{"enter", "rows"}, {"e", "edit"}}
	}
	return append(all, key{"a", "put aside or back"}, key{"d", "delete"})
}

func (s *about) load() tea.Cmd {
	return func() tea.Msg {
		d, err := readItem(s.ctx, s.open.folder, s.of, s.id)
		return itemRead{s.id, d, err}
	}
}

func (s *about) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case itemRead:
		if msg.id != s.id {
			return nil
		}
		if s.d, s.err = msg.d, msg.err; s.d == nil && s.err == nil {
			s.pop()
			return s.say(fmt.Sprintf("%s is not there any more.", quoted(s.name)))
		}
		if s.d != nil {
			s.name = s.d.text("name")
		}
	case tea.KeyPressMsg:
		return s.key(msg.String())
	}
	return nil
}

func (s *about) key(name string) tea.Cmd {
	if s.facts.key(name); s.d == nil {
		return nil
	}
	switch name {
	case "enter", "l":
		if s.of.rows != "" {
			return s.push(newList(s.ui, s.open, s.of, s.id, s.name))
		}
	case "e":
		return editItem(s.ui, s.open, s.of, s.id)
	case "b":
		if _, has := s.d.record["body"]; has {
			return s.editBody()
		}
	case "t":
		if s.of.kind == protocol.KindCampaign {
			return s.push(newTargets(s.ui, s.open, s.id, s.name))
		}
	case "a":
		return archive(s.ui, s.open, s.of, s.id, s.d.record["archived_at"] == nil)
	case "d":
		return s.confirm(fmt.Sprintf("Delete %s?", quoted(s.name)), remove(s.ui, s.open, s.of, "", s.id))
	}
	return nil
}

// editBody has the person's editor change the body. A file for it exists only meanwhile.
func (s *about) editBody() tea.Cmd {
	if s.d.text("my_level") == "view" {
		return s.say("You may only look at this.")
	}
	seen := s.d.record["version"] // others may change it while the editor is open
	return edit(s.ui, "body."+s.d.text("format"), s.d.text("body"), func(changed string) tea.Msg {
		err := s.open.editor.Change(s.ctx, s.of.kind, "", s.id, map[string]any{"body": changed, "version": seen})
		if err != nil {
			return fail(plainRefusal(err))
		}
		return moved{}
	})
}

func (s *about) view(width, height int) string {
	if s.err != nil {
		return "\n  " + s.bad.Render(clip(control.Sentence(s.err), width-4))
	}
	if s.d == nil {
		return ""
	}
	d := s.d
	state := s.mark(d.state)
	head := "  " + state.as.Render(state.text)
	if d.text("my_level") == "view" {
		head += s.faint.Render("  you may only look at this")
	}
	if d.record["archived_at"] != nil {
		head += s.faint.Render("  put aside " + s.when(d.number("archived_at")))
	}
	s.begin("", head, "")
	add := func(label, value string) { s.add(s.ui, label, value, width, 3) }
	for _, in := range s.of.inputs {
		if !in.long {
			add(in.label, in.worded(d.text(in.column)))
		}
	}
	if s.of.kind == protocol.KindCampaign {
		add("Goes to", strings.Join(d.lists, ", "))
		add("Never to", strings.Join(d.blacklists, ", "))
	}
	add("Made", s.when(d.number("created_at"))+"  "+d.creator)
	add("Changed", s.when(d.number("changed_at"))+"  "+d.changer)
	if body := d.text("body"); body != "" {
		s.lines = append(s.lines, "", "  "+s.faint.Render("Body"))
		for _, l := range wrap(body, width-6, 40) {
			s.lines = append(s.lines, "    "+l)
		}
	}
	return s.facts.view(s.ui, height)
}

// plainRefusal says an edit's refusal without the words around it.
func plainRefusal(err error) error {
	_, why, found := strings.Cut(err.Error(), mirror.ErrRefused.Error()+": ")
	if !found {
		return err
	}
	if _, after, named := strings.Cut(why, ": "); named { // the view's name comes first
		why = after
	}
	return refusal(why)
}

// refusal is why an edit was not taken.
type refusal string

func (r refusal) Error() string { return string(r) }
