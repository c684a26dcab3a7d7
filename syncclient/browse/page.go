package browse

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// page is all that is known of one item, or of one row of a list.
type page struct {
	*ui
	open *account
	kind kind
	// of is the list, blacklist or campaign of a row; empty of an item.
	of, id string
	name   string
	// row is what was read; nil before.
	row  record
	info listInfo
	err  error
	// fixed: the row is not on this computer, and is only looked at.
	fixed bool
	facts
}

func (s *page) title() string { return s.name }
func (s *page) file() string  { return s.info.file }

func (s *page) keys() []key {
	switch {
	case s.fixed:
		return []key{{"esc", "back"}}
	case s.of != "":
		return []key{{"e", "edit"}, {"d", "delete"}, {"esc", "back"}}
	}
	all := map[protocol.Kind][]key{
		protocol.KindCampaign: {{"enter", "leads"}, {"e", "edit"}, {"b", "body in an editor"}, {"t", "lists it goes to"}},
		protocol.KindTemplate: {{"e", "edit"}, {"b", "body in an editor"}},
	}[s.kind.kind]
	if all == nil {
		all = []key{{"enter", "rows"}, {"e", "edit"}}
	}
	return append(all, key{"a", "put aside or back"}, key{"d", "delete"})
}

func (s *page) load() tea.Cmd {
	if s.fixed {
		return nil
	}
	return func() tea.Msg {
		row, info, err := s.read()
		return then(func() tea.Cmd {
			if s.err = err; row == nil && err == nil {
				return s.gone(s)
			}
			if row != nil {
				s.row, s.info, s.name = row, info, calledRow(s.kind, row)
			}
			return nil
		})
	}
}

func (s *page) read() (row record, info listInfo, err error) {
	if s.of == "" {
		row, err = readItem(s.ctx, s.open.folder, s.kind, s.id)
		return row, info, err
	}
	if info, err = readListInfo(s.ctx, s.open.folder, kindOf(itemOf(s.kind.kind)), s.of); err != nil {
		return nil, info, err
	}
	if row, err = readRow(s.ctx, s.open.folder, info.file, s.kind, s.id); row != nil {
		info.mark([]record{row})
	}
	return row, info, err
}

func (s *page) key(k tea.KeyPressMsg) tea.Cmd {
	name := k.String()
	if s.facts.key(name) || s.row == nil || s.fixed {
		return nil
	}
	switch name {
	case "e":
		return s.edit(s.open, s.kind, s.of, s.row)
	case "d":
		return s.delete(s.open, s.kind, s.of, s.id, s.name)
	case "enter", "l":
		switch {
		case s.kind.rows != "":
			return s.push(newList(s.ui, s.open, s.kind, s.id, s.name))
		case s.of != "":
			return s.edit(s.open, s.kind, s.of, s.row)
		}
	}
	if s.of != "" {
		return nil
	}
	switch name {
	case "b":
		return s.editBody()
	case "t":
		if s.kind.kind == protocol.KindCampaign {
			return s.push(newTargets(s.ui, s.open, s.id))
		}
	case "a":
		return s.archive(s.open, s.kind, s.id, s.row["archived_at"] == nil)
	}
	return nil
}

// editBody has the person's editor change the body. A file for it exists only meanwhile.
func (s *page) editBody() tea.Cmd {
	text, has := s.row["body"]
	switch {
	case !has || text == nil:
		return nil
	case s.row.text("my_level") == "view":
		return s.say(onlyLook)
	}
	seen := s.row["version"] // others may change it while the editor is open
	return edit(s.ui, "body."+s.row.text("format"), s.row.text("body"), func(changed string) tea.Msg {
		return ok(s.open.editor.Change(s.ctx, s.kind.kind, "", s.id, map[string]any{"body": changed, "version": seen}))
	})
}

func (s *page) view(width, height int) string {
	if s.err != nil {
		return "\n  " + s.bad.Render(clip(control.Sentence(s.err), width-4))
	}
	if s.row == nil {
		return ""
	}
	state := s.mark(s.row.text("mark"))
	if s.fixed {
		state = s.mark("elsewhere")
	}
	head := "  " + state.as.Render(state.text)
	if s.row.text("my_level") == "view" {
		head += s.faint.Render("  you may only look at this")
	}
	if s.row["archived_at"] != nil {
		head += s.faint.Render("  put aside " + s.when(s.row.number("archived_at")))
	}
	s.begin("", head, "")
	add := func(label, value string) { s.add(s.ui, label, value, width, 12) }
	for _, in := range s.kind.inputs {
		if !in.long {
			add(in.label, in.worded(s.row.text(in.column)))
		}
	}
	fields := furtherOf(s.row.text(further))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		add(name, fields[name])
	}
	add("Goes to", s.row.text("goes_to"))
	add("Never to", s.row.text("never_to"))
	add("Came from", s.row.text("source"))
	add("Made", s.when(s.row.number("created_at"))+"  "+s.row.text("creator_name"))
	add("Changed", s.when(s.row.number("changed_at"))+"  "+s.row.text("changer_name"))
	if body := s.row.text("body"); body != "" {
		s.lines = append(s.lines, "", "  "+s.faint.Render("Body"))
		for _, l := range wrap(body, width-6, 40) {
			s.lines = append(s.lines, "    "+l)
		}
	}
	return s.facts.view(s.ui, height)
}
