package browse

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// compare shows what a person had written beside what is there, and has them decide.
type compare struct {
	*ui
	open *account
	a    mirror.Attention
	kind kind
	// names are those of lists, by id.
	names map[string]string
	facts
}

type compareRead struct {
	of    *compare
	found []mirror.Attention
	names map[string]string
	err   error
}

func newCompare(u *ui, open *account, a mirror.Attention) *compare {
	return &compare{ui: u, open: open, a: a, kind: kindOf(a.Kind)}
}

func (s *compare) title() string { return calledOf(s.a) }
func (s *compare) typing() bool  { return false }

func (s *compare) keys() []key {
	var all []key
	for _, d := range decisions(s.a) {
		switch {
		case s.a.What == "discarded":
			all = append(all, key{"t", "let it go"})
		case d == mirror.Mine:
			all = append(all, key{"m", "mine"})
		case d == mirror.Theirs:
			all = append(all, key{"t", "theirs"})
		default:
			all = append(all, key{"b", "both"})
		}
	}
	if s.correctable() {
		all = slices.Insert(all, 0, key{"e", "correct and send"})
	}
	return all
}

// correctable: something of what was refused may be changed in a form before it is sent once more. What a campaign goes to,
// and what was put aside, are decided as they are.
func (s *compare) correctable() bool {
	return s.a.What == "refused" && s.a.Op != "delete" && len(s.refused()) > 0
}

// refused are the inputs of what was refused, the body and what a new row alone may be given among them.
func (s *compare) refused() []formInput {
	mine := valuesOf(s.a.Mine)
	var all []formInput
	for _, in := range s.kind.inputs {
		if value, there := mine[in.column]; there {
			all = append(all, formInput{input: in, field: newField(value.text), was: value.text})
		}
	}
	for _, column := range slices.Sorted(maps.Keys(mine)) {
		if name, is := strings.CutPrefix(column, further+"."); is {
			all = append(all, furtherInput(name, mine[column].text))
		}
	}
	return all
}

func (s *compare) load() tea.Cmd {
	return func() tea.Msg {
		r := compareRead{of: s, names: map[string]string{}}
		if r.found, r.err = s.open.editor.Attention(s.ctx); r.err != nil {
			return r
		}
		space, err := readWorkspace(s.ctx, s.open.folder)
		if err == nil {
			for _, all := range space.items {
				for _, it := range all {
					r.names[it.id] = it.name
				}
			}
		}
		return r
	}
}

func (s *compare) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case compareRead:
		if msg.of != s || msg.err != nil {
			return nil
		}
		s.names = msg.names
		i := slices.IndexFunc(msg.found, func(a mirror.Attention) bool { return a.Key == s.a.Key })
		if i < 0 {
			s.pop()
			return s.say("This is settled.")
		}
		s.a = msg.found[i]
	case decided:
		if msg.key == s.a.Key {
			s.pop()
			return s.say("Decided; it is carried out in a moment.")
		}
	case tea.KeyPressMsg:
		return s.key(msg.String())
	}
	return nil
}

func (s *compare) key(name string) tea.Cmd {
	meant := map[string]mirror.Resolution{"m": mirror.Mine, "t": mirror.Theirs, "b": mirror.Both}[name]
	switch {
	case name == "e" && s.correctable():
		return s.push(s.correction())
	case slices.Contains(decisions(s.a), meant):
		return decide(s.ui, s.open, s.a, meant)
	}
	s.facts.key(name)
	return nil
}

// correction is a form with what was refused. What it saves is sent once more, changed or not.
func (s *compare) correction() *form {
	f := newForm(s.ui, s.open, s.kind, s.a.Item, s.a.ID, nil)
	f.head, f.inputs = "Correct", s.refused()
	key := s.a.Key // save runs beside the loop, which may take another s.a
	f.save = func(values map[string]any) error {
		if len(values) > 0 {
			if err := s.open.editor.Correct(s.ctx, key, values); err != nil {
				return err
			}
		}
		err := s.open.editor.Decide(s.ctx, key, mirror.Mine)
		if errors.Is(err, mirror.ErrGone) {
			return nil
		}
		return err
	}
	return f
}

func (s *compare) view(width, height int) string {
	var lines []string
	for _, l := range wrap(s.explain(), width-4, 3) {
		lines = append(lines, "  "+s.strong.Render(l))
	}
	lines = append(lines, "")
	said := len(lines)
	if s.a.Message != "" {
		for _, l := range wrap(s.a.Message, width-4, 3) {
			lines = append(lines, "  "+s.bad.Render(l))
		}
	}
	if s.a.Failure != "" {
		for _, l := range wrap(fmt.Sprintf("Your last decision could not be carried out: %s", s.a.Failure), width-4, 3) {
			lines = append(lines, "  "+s.bad.Render(l))
		}
	}
	if s.a.Resolution != "" {
		lines = append(lines, "  "+s.good.Render(clip(fmt.Sprintf("Decided: %s. Another decision takes its place until it is carried out.", string(s.a.Resolution)), width-4)))
	}
	if len(lines) > said {
		lines = append(lines, "")
	}
	lines = append(lines, s.sides(width)...)
	lines = append(lines, "")
	for _, k := range s.keys() {
		lines = append(lines, "  "+s.busy.Render(k.name)+"  "+clip(s.consequence(k), width-6))
	}
	s.begin(lines...)
	return s.facts.view(s.ui, height)
}

// consequence says what a decision does.
func (s *compare) consequence(k key) string {
	switch {
	case k.name == "e":
		return "correct what you wrote, and send it"
	case k.name == "m" && s.a.Op == "delete":
		return "mine: delete it once more"
	case k.name == "m":
		return "mine: send what you wrote once more"
	case k.name == "b" && s.a.Copy != "":
		return "both: your version becomes an item of its own"
	case k.name == "b":
		return "both: what you wrote is kept beside what is there"
	case s.a.What == "discarded":
		return "let it go"
	}
	return "theirs: leave what is there, and let go of what you wrote"
}

// explain says in a sentence what happened.
func (s *compare) explain() string {
	switch {
	case s.a.What == "discarded":
		return "This was about something that was taken away from you."
	case s.a.What == "conflict" && s.a.Copy != "":
		return "Others changed the same. What is there stays; your version lies beside it as a copy on this computer."
	case s.a.What == "conflict":
		return "Others changed the same. What is there stays until you decide."
	case s.a.Op == "delete":
		return "It could not be deleted, and is still there."
	case len(s.a.Theirs) == 0:
		return "The server did not take it. What you wrote is kept here until you decide."
	}
	return "The server did not take your change. What you wrote is kept here until you decide."
}
