package graph_test

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// story is one file of testdata: what a capability of the API does, for whom, and for whom not.
type story struct {
	// Stage is what there is at the start of each scene (package scenario says how to read it).
	Stage  string
	Scenes []scene
}

// scene is a row of steps on a stage of its own.
type scene struct {
	Name string
	// Stage is added to that of the story.
	Stage string
	// Query is what the steps run, unless they have their own.
	Query string
	Steps []step
}

// step is something that happens, with what comes of it.
type step struct {
	// Then is a change of the stage, and all there is to the step.
	Then string
	// As is who asks: a person of the stage, nobody, or a saved token.
	As string
	// Denied says why this is refused, or what it does not show.
	Denied string
	Query  string
	// With are the variables, those of the step before where there are none. In them, in Data and in
	// Errors "@name" stands for the id of a person, item or account, for a value that was saved, and
	// "@name.title" and the like for what else is known of it.
	With map[string]any
	// Data is what the answer must hold: of objects the fields named, of lists every element.
	Data any
	// Errors are the answer's errors, each as its code and sentence.
	Errors []string
	// Save keeps values of the data by their paths, under names.
	Save map[string]string
	// Mail keeps what a mail to a person says, found by a regular expression with one group.
	Mail *mailed
	// Events are what a subscription tells, each after something that happens.
	Events []event
	// Closed is how the server ends the WebSocket of a subscription instead.
	Closed string
}

type mailed struct{ To, Find, Save string }

// event is what comes after steps.
type event struct {
	After []step
	Data  any
	// Error is how the server refuses the subscription instead.
	Error string
}

// TestScenarios plays the files of testdata over HTTP on both databases.
func TestScenarios(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		for file, st := range stories(t) {
			for _, sc := range st.Scenes {
				t.Run(file+"/"+sc.Name, func(t *testing.T) {
					t.Parallel()
					p := &play{T: t, server: s, world: scenario.New(t, s), saved: make(map[string]any)}
					p.world.Set(st.Stage + "\n" + sc.Stage)
					for _, step := range sc.steps() {
						p.step(step)
					}
				})
			}
		}
	})
}

func stories(t *testing.T) map[string]*story {
	t.Helper()
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	all := make(map[string]*story)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var st story
		if err := yaml.UnmarshalWithOptions(text, &st, yaml.Strict()); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".yaml")] = &st
	}
	return all
}

// steps returns the steps with what they take from the scene and from those before them.
func (sc scene) steps() []step {
	all := make([]step, len(sc.Steps))
	var with map[string]any
	for i, st := range sc.Steps {
		st.Query = cmp.Or(st.Query, sc.Query)
		if st.With == nil {
			st.With = with
		}
		with = st.With
		all[i] = st
	}
	return all
}

// play is one scene being played.
type play struct {
	*testing.T
	server *servertest.Server
	world  *scenario.World
	saved  map[string]any
}

func (p *play) step(st step) {
	p.Helper()
	switch {
	case st.Then != "":
		p.world.Do(scenario.Words("then " + st.Then))
		return
	case st.Mail != nil:
		p.readMail(*st.Mail)
		return
	case st.Events != nil || st.Closed != "":
		p.follow(st)
		return
	}
	variables, _ := p.resolve(st.With).(map[string]any)
	got := p.client(st.As).Ask(p, st.Query, variables)
	var errs []string
	for _, e := range got.Errors {
		errs = append(errs, e.String())
	}
	if want := p.resolve(st.Errors); !equal(want, errs) {
		p.Fatalf("as %s:\n%s\nwas answered the errors %q\ninstead of %q\n%s", st.As, st.Query, errs, want, got.Body)
	}
	if where := differs(p.resolve(st.Data), got.Data); st.Data != nil && where != "" {
		p.Fatalf("as %s:\n%s\n%s\nof the answer %s", st.As, st.Query, where, got.Body)
	}
	if st.Data == nil && len(st.Errors) == 0 {
		p.Fatalf("a step as %s says nothing of what comes of it", st.As)
	}
	for name, path := range st.Save {
		if p.saved[name] = got.At(path); p.saved[name] == nil {
			p.Fatalf("there is no %s in %s", path, got.Body)
		}
	}
}

// client returns who asks.
func (p *play) client(as string) servertest.Client {
	p.Helper()
	switch {
	case as == "nobody":
		return p.server.As("")
	case strings.HasPrefix(as, "@"):
		token, _ := p.resolve(as).(string)
		return p.server.As(token)
	}
	return p.world.As(p.world.Person(as))
}
