package browse

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

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

func newCompare(u *ui, open *account, a mirror.Attention) *compare {
	return &compare{ui: u, open: open, a: a, kind: kindOf(a.Kind)}
}

func (s *compare) title() string { return calledOf(s.a) }

// decision is a key by which the person decides, and what it does.
type decision struct {
	key
	consequence string
	resolution  mirror.Resolution
}

// decisions are those that help.
func (s *compare) decisions() []decision {
	var all []decision
	for _, r := range s.a.Decisions() {
		d := decision{key{"b", "both"}, "both: what you wrote is kept beside what is there", r}
		switch {
		case r == mirror.Mine && s.a.Code == mirror.OnlineOnly:
			continue
		case r == mirror.Mine && s.a.Op == "delete":
			d = decision{key{"m", "mine"}, "mine: delete it once more", r}
		case r == mirror.Mine:
			d = decision{key{"m", "mine"}, "mine: send what you wrote once more", r}
		case r == mirror.Theirs && (s.a.What == "discarded" || s.a.Code == mirror.OnlineOnly):
			d = decision{key{"t", "let it go"}, "let it go", r}
		case r == mirror.Theirs:
			d = decision{key{"t", "theirs"}, "theirs: leave what is there, and let go of what you wrote", r}
		case s.a.Copy != "":
			d.consequence = "both: your version becomes an item of its own"
		}
		all = append(all, d)
	}
	return all
}

func (s *compare) keys() []key {
	var all []key
	if s.correctable() {
		all = append(all, key{"e", "correct and send"})
	}
	for _, d := range s.decisions() {
		all = append(all, d.key)
	}
	return all
}

// correctable: something of what was refused may be changed in a form before it is sent once more. What a campaign goes to,
// and what was put aside, are decided as they are.
func (s *compare) correctable() bool {
	least := 1
	if s.a.Code == mirror.OnlineOnly { // the column that is refused can only be taken back
		least = 2
	}
	return s.a.What == "refused" && s.a.Op != "delete" && len(s.refused()) >= least
}

// refused are the inputs of what was refused, the body and what a new row alone may be given among them.
func (s *compare) refused() []formInput {
	mine := valuesOf(s.a.Mine)
	var all []formInput
	for _, in := range s.kind.inputs {
		if value, there := mine[in.column]; there {
			all = append(all, newInput(in, value.text, value.text))
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
	key := s.a.Key
	return func() tea.Msg {
		found, err := s.open.editor.Attention(s.ctx)
		if err != nil {
			return nil // what was read stays
		}
		names := map[string]string{}
		if space, err := readWorkspace(s.ctx, s.open.folder); err == nil {
			for _, it := range slices.Concat(slices.Collect(maps.Values(space.items))...) {
				names[it.id] = it.name
			}
		}
		return then(func() tea.Cmd {
			i := slices.IndexFunc(found, func(a mirror.Attention) bool { return a.Key == key })
			if i < 0 {
				s.pop(s)
				return s.say("This is settled.")
			}
			s.a, s.names = found[i], names
			return nil
		})
	}
}

func (s *compare) key(k tea.KeyPressMsg) tea.Cmd {
	name := k.String()
	if name == "e" && s.correctable() {
		return s.push(s.correction())
	}
	for _, d := range s.decisions() {
		if d.name == name {
			return s.decide(d.resolution)
		}
	}
	s.facts.key(name)
	return nil
}

// decide writes a decision down. Whoever keeps the copy carries it out within a second; where that fails, the line says so.
func (s *compare) decide(r mirror.Resolution) tea.Cmd {
	key := s.a.Key
	return func() tea.Msg {
		err := s.open.editor.Decide(s.ctx, key, r)
		if err != nil && !errors.Is(err, mirror.ErrGone) {
			return fail(err)
		}
		return then(func() tea.Cmd {
			s.pop(s)
			if err != nil {
				return s.say("This was settled already.")
			}
			return s.say("Decided; it is carried out in a moment.")
		})
	}
}

// correction is a form with what was refused. What it saves is sent once more, changed or not.
func (s *compare) correction() *form {
	f := newForm(s.ui, s.open, s.kind, s.a.Item, s.a.ID, nil)
	f.head, f.inputs, f.always = "Correct", s.refused(), true
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
	say := func(as lipgloss.Style, text string) {
		for _, l := range wrap(text, width-4, 3) {
			lines = append(lines, "  "+as.Render(l))
		}
	}
	say(s.strong, s.explain())
	lines = append(lines, "")
	said := len(lines)
	say(s.bad, s.a.Message)
	if s.a.Failure != "" {
		say(s.bad, "Your last decision could not be carried out: "+s.a.Failure)
	}
	if s.a.Resolution != "" {
		say(s.good, fmt.Sprintf("Decided: %s. Another decision takes its place until it is carried out.", s.a.Resolution))
	}
	if len(lines) > said {
		lines = append(lines, "")
	}
	lines = append(append(lines, s.sides(width)...), "")
	if s.correctable() {
		lines = append(lines, "  "+s.busy.Render("e")+"  correct what you wrote, and send it")
	}
	for _, d := range s.decisions() {
		for i, l := range wrap(d.consequence, width-6, 2) {
			lines = append(lines, "  "+s.busy.Render(pad(first(d.name, i), 1))+"  "+l)
		}
	}
	s.begin(lines...)
	return s.facts.view(s.ui, height)
}

// explain says in a sentence what happened.
func (s *compare) explain() string {
	switch {
	case s.a.What == "discarded":
		return "This was about something that was taken away from you."
	case s.a.Code == mirror.OnlineOnly:
		return "It could let somebody be mailed who must not be, so no copy does it. It is done online, at " + s.open.login.Server + "."
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
