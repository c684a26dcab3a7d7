package browse

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// attention is the list of what needs a person's eye: conflicts, refused edits, discarded ones.
type attention struct {
	table table
	all   []mirror.Attention
}

// take shows other lines, with the same one chosen.
func (s *attention) take(all []mirror.Attention) {
	key := ""
	if s.table.at < len(s.all) {
		key = s.all[s.table.at].Key
	}
	s.all = all
	if i := slices.IndexFunc(all, func(a mirror.Attention) bool { return a.Key == key }); i >= 0 {
		s.table.at = i
	}
}

func (s *attention) key(t *tabs, name string) tea.Cmd {
	if name == "enter" && s.table.at < len(s.all) {
		return t.push(newCompare(t.ui, t.open, s.all[s.table.at]))
	}
	s.table.move(name, len(s.all), 10)
	return nil
}

func (s *attention) view(u *ui, width, height int) string {
	if len(s.all) == 0 {
		return "  " + u.good.Render("✓") + " " + clip("Nothing needs your eye.", width-6)
	}
	columns := []column{
		{title: "What", least: 16, most: 40}, {title: "Kind", least: 9, most: 10, from: 50}, {title: "Outcome", least: 22, most: 40},
		{title: "When", least: 10, most: 15, from: 70}, {title: "Decided", least: 8, most: 12, from: 84},
	}
	return s.table.view(u, columns, width, height, len(s.all), func(i int) []cell {
		a := s.all[i]
		decided := cell{string(a.Resolution), u.good}
		if a.Failure != "" {
			decided = cell{"it failed", u.bad}
		}
		return []cell{{calledOf(a), u.strong}, text(string(a.Kind)), u.outcome(a), {u.when(a.At), u.faint}, decided}
	})
}

// outcome says in a few words what became of an edit.
func (u *ui) outcome(a mirror.Attention) cell {
	switch a.What {
	case "conflict":
		return cell{"× " + "changed by others, too", u.bad}
	case "discarded":
		return cell{"− " + "taken away", u.wait}
	}
	words := map[string]string{"create": "not added", "change": "change refused", "delete": "not deleted"}
	return cell{"! " + words[a.Op], u.bad}
}

func calledOf(a mirror.Attention) string {
	if a.Name != "" {
		return a.Name
	}
	return a.ID
}
