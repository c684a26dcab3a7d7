package browse

import (
	"errors"
	"fmt"
	"strings"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

func (s *list) view(width, height int) string {
	line := s.infoLine(width)
	if s.typed || s.search.value() != "" {
		line = "  " + s.palette.busy.Render("/") + " " + s.search.view(s.ui, max(8, width-34), s.typed) + "  " + s.faint.Render(s.foundText())
	}
	if s.err != nil {
		text := line + "\n"
		for _, l := range wrap(s.trouble(), width-4, 3) {
			text += "\n  " + s.bad.Render(l)
		}
		return text
	}
	if len(s.rows) == 0 {
		return line + "\n\n  " + s.faint.Render(clip(s.nothing(), width-4))
	}
	t := table{at: s.at, top: s.top}
	text := t.view(s.ui, s.columns(width), width, height-2, len(s.rows), func(i int) []cell { return s.cells(s.rows[i], width) })
	s.top = t.top
	return line + "\n\n" + text
}

// infoLine says how many rows there are, where they are, and where the person is among them.
func (s *list) infoLine(width int) string {
	if !s.info.known {
		return ""
	}
	what := map[protocol.Kind][2]string{
		protocol.KindContact: {"contact", "contacts"}, protocol.KindEntry: {"entry", "entries"}, protocol.KindLead: {"lead", "leads"},
	}[s.row.kind]
	words := what[1]
	if s.info.rows == 1 {
		words = what[0]
	}
	text := "  " + s.strong.Render(number(s.info.rows)+" "+words)
	switch {
	case s.info.elsewhere():
		text += "  " + s.faint.Render("○ "+"not kept here, read from the server")
	case !s.info.kept:
		text += "  " + s.faint.Render("○ "+"being removed from this computer")
	case !s.info.complete:
		text += "  " + s.palette.busy.Render("↓ "+"still arriving")
	}
	if s.info.level == "view" {
		text += "  " + s.faint.Render("you may only look at this")
	}
	if s.first >= 0 && len(s.rows) > 0 {
		at := fmt.Sprintf("row %s", number(s.first+int64(s.at)+1))
		if gap := width - lineWidth(text) - lineWidth(at) - 2; gap > 1 {
			text += strings.Repeat(" ", gap) + s.faint.Render(at)
		}
	}
	return text
}

// foundText says what a search found.
func (s *list) foundText() string {
	switch {
	case s.search.value() == "":
		return "type to search"
	case s.info.elsewhere():
		return fmt.Sprintf("%s found on the server", number(s.info.rows))
	case s.hits.more:
		return fmt.Sprintf("the first %d", len(s.hits.rows))
	case s.hits.indexing:
		return fmt.Sprintf("%d found so far", len(s.hits.rows))
	}
	return fmt.Sprintf("%d found", len(s.hits.rows))
}

// nothing says why there are no rows to see.
func (s *list) nothing() string {
	switch {
	case !s.info.known:
		return ""
	case s.search.value() != "" && s.hits.indexing:
		return "Nothing found so far; the index of all words is still being made."
	case s.search.value() != "":
		return "Nothing found."
	case s.row.kind == protocol.KindLead:
		return "No leads yet."
	}
	return "Nothing here. Press n to add one."
}

func (s *list) trouble() string {
	switch {
	case errors.Is(s.err, errNotHere) && s.row.kind == protocol.KindLead && s.info.rows == 0:
		return "No leads yet."
	case errors.Is(s.err, errNotHere):
		return "The rows have not arrived on this computer yet."
	case errors.Is(s.err, mirror.ErrLocked):
		return "Locked until the server answers"
	}
	if s.info.elsewhere() {
		return "These rows are on the server alone. " + control.Sentence(s.err)
	}
	return control.Sentence(s.err)
}

// wideMarks is from which width on the state of a row is said by a word beside its sign.
const wideMarks = 70

func (s *list) columns(width int) []column {
	mark := column{title: "", least: 1}
	if width >= wideMarks {
		mark.least = 11
	}
	switch s.row.kind {
	case protocol.KindContact:
		return []column{
			{title: "Email", least: 20, most: 40}, {title: "Name", least: 12, most: 28, from: 50}, {title: "Company", least: 10, most: 26, from: 74},
			{title: "City", least: 8, most: 20, from: 96}, {title: "State", least: 10, most: 12, from: 62}, mark,
		}
	case protocol.KindEntry:
		return []column{
			{title: "Address or domain", least: 22, most: 48}, {title: "Reason", least: 10, most: 14, from: 50}, {title: "Note", least: 10, most: 50, from: 80},
			{title: "Changed", least: 10, most: 15, from: 66}, mark,
		}
	}
	return []column{
		{title: "Name", least: 16, most: 30}, {title: "Email", least: 14, most: 34, from: 70}, {title: "Phone", least: 10, most: 18, from: 110},
		{title: "State", least: 11, most: 12, from: 40}, {title: "Followed up by", least: 12, most: 22, from: 90}, {title: "Came", least: 10, most: 15, from: 56}, mark,
	}
}

func (s *list) cells(r record, width int) []cell {
	state := s.mark(r.text("mark"))
	if s.info.elsewhere() {
		state = cell{"○", s.faint}
	}
	if width < wideMarks || r.text("mark") == synced { // what is simply as on the server needs no word
		state.text, _, _ = strings.Cut(state.text, " ")
	}
	as := s.palette.strong
	switch s.row.kind {
	case protocol.KindContact:
		name := strings.TrimSpace(r.text("first_name") + " " + r.text("last_name"))
		return []cell{{r.text("email"), as}, text(name), text(r.text("company")), text(r.text("city")), text(plain(r.text("state"))), state}
	case protocol.KindEntry:
		return []cell{{r.text("value"), as}, text(r.text("reason")), text(r.text("note")), {s.when(r.number("changed_at")), s.faint}, state}
	}
	return []cell{
		{calledRow(s.row, r), as}, text(r.text("email")), text(r.text("phone")), text(plain(r.text("state"))),
		text(s.info.people[r.text("assignee")]), {s.when(r.number("created_at")), s.faint}, state,
	}
}
