package browse

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

func sortNewest(all []item) {
	slices.SortStableFunc(all, func(a, b item) int { return cmp.Compare(b.changedAt, a.changedAt) })
}

// heads are the tabs' names with how many there are, as far as there is room for it.
func (s *tabs) heads(width int) string {
	line := s.headsWith(func(int) bool { return true })
	if lineWidth(line) > width {
		line = s.headsWith(func(tab int) bool { return tab == s.tab || tab == eyeTab })
	}
	return line
}

func (s *tabs) headsWith(counted func(tab int) bool) string {
	var all []string
	for i, name := range []string{"Campaigns", "Templates", "Lists", "Blacklists", "Needs you"} {
		n := 0
		if s.space != nil && i < eyeTab {
			n = len(s.space.items[items()[i].kind])
		} else if s.space != nil {
			n = s.space.attention
		}
		count := ""
		if counted(i) {
			count = " " + number(int64(n))
		}
		switch {
		case i == s.tab:
			name = s.palette.tab.Render(name)
		case i == eyeTab && n > 0:
			name, count = s.bad.Render(name+count), ""
		}
		all = append(all, name+s.faint.Render(count))
	}
	return "  " + strings.Join(all, "  ")
}

func (s *tabs) view(width, height int) string {
	top := s.heads(width) + "\n"
	height--
	if s.filtering || s.filter.value() != "" {
		top += "  " + s.busy.Render("/") + " " + s.filter.view(s.ui, width-6, s.filtering)
	}
	height--
	if s.err != nil || s.space == nil {
		return top + "\n" + s.empty(width)
	}
	if s.tab == eyeTab {
		return top + "\n" + s.eye.view(s.ui, width, height)
	}
	all := s.shown()
	if len(all) == 0 {
		return top + "\n" + s.empty(width)
	}
	return top + "\n" + s.tables[s.tab].view(s.ui, s.columns(), width, height, len(all), func(i int) []cell { return s.cells(all[i]) })
}

// empty says why there is nothing to see.
func (s *tabs) empty(width int) string {
	switch {
	case errors.Is(s.err, mirror.ErrLocked):
		return "  " + s.bad.Render(clip("The server has not answered for so long that this copy is locked. It opens when the server answers.", width-4))
	case s.err != nil:
		return "  " + s.bad.Render(clip(control.Sentence(s.err), width-4))
	case s.space == nil:
		return ""
	case s.filter.value() != "":
		return "  " + s.faint.Render(clip("Nothing found.", width-4))
	}
	return "  " + s.faint.Render(clip("Nothing here. Press n to make one.", width-4))
}

func (s *tabs) columns() []column {
	name := column{title: "Name", least: 18, most: 60}
	state := column{title: "State", least: 11, most: 15}
	changed := column{title: "Changed", least: 10, most: 15, from: 56}
	by := column{title: "By", least: 10, most: 24, from: 76}
	switch s.kind().kind {
	case protocol.KindCampaign:
		return []column{name, state, changed, by, {title: "Progress", least: 9, from: 66}, {title: "Leads", least: 7, from: 88, right: true}}
	case protocol.KindTemplate:
		return []column{name, state, changed, by}
	}
	return []column{name, state, changed, by, {title: "Rows", least: 9, right: true}}
}

func (s *tabs) cells(it item) []cell {
	name, as := it.name, s.strong
	if it.archived {
		name, as = "(put aside)"+" "+name, s.faint
	}
	cells := []cell{{name, as}, s.mark(stateOf(it)), {s.when(it.changedAt), s.faint}, {it.changedBy, s.faint}}
	switch s.kind().kind {
	case protocol.KindCampaign:
		leads := ""
		if it.rows > 0 {
			leads = number(it.rows)
		}
		return append(cells, text(it.phase), text(leads))
	case protocol.KindTemplate:
		return cells
	}
	return append(cells, text(number(it.rows)))
}

// stateOf is what is to be seen of an item: what became of edits first, then whether its rows are here.
func stateOf(it item) string {
	if it.state == synced && !it.kept {
		return "elsewhere"
	}
	if it.state == synced && !it.complete && (it.rows > 0 || it.file == "") && it.phase == "" {
		return "arriving"
	}
	return it.state
}
