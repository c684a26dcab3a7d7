package browse

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// compare shows what a person had written beside what is there, and has them decide.
type compare struct {
	*ui
	ctx  context.Context
	open *account
	a    mirror.Attention
	kind kind
	// names are those of lists, by id.
	names map[string]string
	top   int
}

type compareRead struct {
	of    *compare
	found []mirror.Attention
	names map[string]string
	err   error
}

func newCompare(u *ui, ctx context.Context, open *account, a mirror.Attention) *compare {
	return &compare{ui: u, ctx: ctx, open: open, a: a, kind: kindOf(a.Kind)}
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

// correctable: what was refused may be changed before it is sent once more.
func (s *compare) correctable() bool { return s.a.What == "refused" && s.a.Op != "delete" }

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
			return s.say(s.t("This is settled."))
		}
		s.a = msg.found[i]
	case decided:
		if msg.key == s.a.Key {
			s.pop()
			return s.say(s.t("Decided; it is carried out in a moment."))
		}
	case tea.KeyPressMsg:
		return s.key(msg.String())
	}
	return nil
}

func (s *compare) key(name string) tea.Cmd {
	meant := map[string]mirror.Resolution{"m": mirror.Mine, "t": mirror.Theirs, "b": mirror.Both}[name]
	switch {
	case name == "up" || name == "k":
		s.top = max(0, s.top-1)
	case name == "down" || name == "j":
		s.top++
	case name == "e" && s.correctable():
		return s.push(s.correction())
	case slices.Contains(decisions(s.a), meant):
		return decide(s.ctx, s.ui, s.open, s.a, meant)
	}
	return nil
}

// correction is a form with what was refused. What it saves is sent once more.
func (s *compare) correction() *form {
	was := record{}
	f := newForm(s.ui, s.ctx, s.open, s.kind, s.a.Item, s.a.ID, was)
	mine := valuesOf(s.a.Mine)
	f.inputs = slices.DeleteFunc(f.inputs, func(in formInput) bool {
		_, there := mine[in.column]
		return !there
	})
	for _, in := range s.kind.inputs { // a row that was not added takes all its columns
		if value, there := mine[in.column]; there && in.once {
			f.inputs = append(f.inputs, formInput{input: in, field: newField(value.text), was: value.text})
		}
	}
	for i := range f.inputs {
		f.inputs[i].was = mine[f.inputs[i].column].text
		f.inputs[i].field = newField(f.inputs[i].was)
	}
	f.head = s.t("Correct")
	key := s.a.Key
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
	for _, l := range wrap(s.t(s.explain()), width-4, 3) {
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
		for _, l := range wrap(s.f("Your last decision could not be carried out: %s", s.a.Failure), width-4, 3) {
			lines = append(lines, "  "+s.bad.Render(l))
		}
	}
	if s.a.Resolution != "" {
		lines = append(lines, "  "+s.good.Render(clip(s.f("Decided: %s. Another decision takes its place until it is carried out.", s.t(string(s.a.Resolution))), width-4)))
	}
	if len(lines) > said {
		lines = append(lines, "")
	}
	lines = append(lines, s.sides(width)...)
	lines = append(lines, "")
	for _, k := range s.keys() {
		lines = append(lines, "  "+s.busy.Render(k.name)+"  "+clip(s.consequence(k), width-6))
	}
	s.top = max(0, min(s.top, len(lines)-height))
	return strings.Join(lines[s.top:], "\n")
}

// consequence says what a decision does.
func (s *compare) consequence(k key) string {
	switch {
	case k.name == "e":
		return s.t("correct what you wrote, and send it")
	case k.name == "m" && s.a.Op == "delete":
		return s.t("mine: delete it once more")
	case k.name == "m":
		return s.t("mine: send what you wrote once more")
	case k.name == "b" && s.a.Copy != "":
		return s.t("both: your version becomes an item of its own")
	case k.name == "b":
		return s.t("both: what you wrote is kept beside what is there")
	case s.a.What == "discarded":
		return s.t("let it go")
	}
	return s.t("theirs: leave what is there, and let go of what you wrote")
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
