package browse

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// about is all that the copy tells of one item.
type about struct {
	*ui
	ctx  context.Context
	open *account
	of   kind
	id   string
	name string
	d    *detail
	err  error
	top  int
}

type itemRead struct {
	id  string
	d   *detail
	err error
}

func newItem(u *ui, ctx context.Context, open *account, of kind, id, name string) *about {
	return &about{ui: u, ctx: ctx, open: open, of: of, id: id, name: name}
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
			return s.say(s.f("“%s” is not there any more.", s.name))
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
	switch name {
	case "up", "k":
		s.top = max(0, s.top-1)
	case "down", "j":
		s.top++
	case "pgup":
		s.top = max(0, s.top-10)
	case "pgdown", "space":
		s.top += 10
	}
	if s.d == nil {
		return nil
	}
	switch name {
	case "enter", "l":
		if s.of.rows != "" {
			return s.push(newList(s.ui, s.ctx, s.open, s.of, s.id, s.name))
		}
	case "e":
		return editItem(s.ui, s.ctx, s.open, s.of, s.id)
	case "b":
		if _, has := s.d.record["body"]; has {
			return s.editBody()
		}
	case "t":
		if s.of.kind == protocol.KindCampaign {
			return s.push(newTargets(s.ui, s.ctx, s.open, s.id, s.name))
		}
	case "a":
		return archive(s.ctx, s.open, s.of, s.id, s.d.record["archived_at"] == nil)
	case "d":
		return s.confirm(s.f("Delete “%s”?", s.name), remove(s.ctx, s.open, s.of, "", s.id))
	}
	return nil
}

// editBody has the person's editor change the body. A file for it exists only meanwhile.
func (s *about) editBody() tea.Cmd {
	if s.d.text("my_level") == "view" {
		return s.say(s.t("You may only look at this."))
	}
	return edit(s.ui, "body."+s.d.text("format"), s.d.text("body"), func(changed string) tea.Msg {
		err := s.open.editor.Change(s.ctx, s.of.kind, "", s.id, map[string]any{"body": changed})
		if err != nil {
			return fail(plainRefusal(err))
		}
		return moved{}
	})
}

func (s *about) view(width, height int) string {
	if s.err != nil {
		return "\n  " + s.bad.Render(clip(sentence(s.err), width-4))
	}
	if s.d == nil {
		return ""
	}
	lines := s.lines(width)
	s.top = max(0, min(s.top, len(lines)-height))
	return strings.Join(lines[s.top:], "\n")
}

// lines are all lines of the screen.
func (s *about) lines(width int) []string {
	d, wide := s.d, min(20, width/3)
	state := s.mark(d.state)
	lines := []string{"", "  " + state.as.Render(state.text)}
	if d.text("my_level") == "view" {
		lines[1] += s.faint.Render("  " + s.t("you may only look at this"))
	}
	if d.record["archived_at"] != nil {
		lines[1] += s.faint.Render("  " + s.f("put aside %s", s.when(d.number("archived_at"))))
	}
	lines = append(lines, "")
	add := func(label, value string) {
		for i, l := range wrap(value, width-wide-5, 3) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, "  "+s.faint.Render(pad(label, wide))+" "+l)
		}
	}
	for _, in := range s.of.inputs {
		switch value := d.text(in.column); {
		case in.column == "audience":
			add(s.t(in.label), s.t(map[string]string{"everyone": "everyone in the account", "restricted": "only those who are named"}[value]))
		case !in.long:
			add(s.t(in.label), value)
		}
	}
	if s.of.kind == protocol.KindCampaign {
		add(s.t("Goes to"), strings.Join(d.lists, ", "))
		add(s.t("Never to"), strings.Join(d.blacklists, ", "))
	}
	add(s.t("Made"), s.when(d.number("created_at"))+"  "+d.creator)
	add(s.t("Changed"), s.when(d.number("changed_at"))+"  "+d.changer)
	if body := d.text("body"); body != "" {
		lines = append(lines, "", "  "+s.faint.Render(s.t("Body")))
		for _, l := range wrap(body, width-6, 40) {
			lines = append(lines, "    "+l)
		}
	}
	return lines
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
