package architecture

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// said are the arguments that become sentences or words for people, of the functions of package fault and of those that
// hand theirs on to them: by the function's package and name.
type said map[string]argument

type argument struct {
	at   int
	word bool
}

// spoken is a sentence or a word that is told to people.
type spoken struct {
	english, at string
	word        bool
}

// computed are the arguments that are no literals, and what they are: the strings that functions of the package return,
// or these.
func computed() map[string][]string {
	kinds := []string{"campaign", "template", "contact list", "blacklist"}
	fields := []string{"subject", "preheader", "body"}
	return map[string][]string{
		"server/address why":              {"domainKey()"},
		"server/addressbook s.state":      {"unsubscribed", "bounced", "complained"},
		"server/addressbook row.State":    {"unsubscribed", "bounced", "complained"},
		"server/addressbook row.Reason":   {"unsubscribed", "bounced", "complaint"},
		"server/identity what":            {"The first name", "The last name"},
		"server/library noun(…)":          kinds,
		"server/render p.field":           fields,
		"server/render meant":             {"contact.first_name or contact.last_name"},
		"server/render field":             fields,
		"server/team missing":             {"missing()"},
		"server/fault noun":               nil, // what Missing is told
		"server/fault word":               nil, // what Keep was told
		"server/fault k.Say":              nil,
		"graph/edge/querylimit f.Message": nil,
	}
}

func TestFrench(t *testing.T) {
	all := sources(t)
	sentences, words := catalog(all, "server/fault/french")
	told, problems := tell(all)
	if len(told) < 300 || len(sentences) < 250 {
		t.Fatalf("found %d sentences and words, and %d in French", len(told), len(sentences))
	}
	t.Run("is there for every sentence", func(t *testing.T) { expect(t, append(problems, untold(told, sentences, words)...)) })
	t.Run("takes the same arguments", func(t *testing.T) { expect(t, unfit(sentences)) })
	t.Run("is written as French is", func(t *testing.T) { expect(t, append(untidy(sentences), untidy(words)...)) })
	t.Run("is there for nothing else", func(t *testing.T) { expect(t, unused(told, sentences, words)) })
	t.Run("misses what is missing", func(t *testing.T) {
		told, problems := tell(invented(t, "server/x/x.go", `package x
			import "github.com/partage-mail/partage/server/fault"
			func invalid(n int, format string, args ...any) error { return fault.New(fault.Invalid, format, args...) }
			func a(s string) { invalid(1, "No %s.", s); fault.Missing("ox"); _ = fault.Word("cow"); fault.Field("f", more()) }
			func b() *fault.Fault { return &fault.Fault{Message: "Gone."} }`))
		expect(t, problems, "server/x/x.go:4 says more(…), which is no literal")
		expect(t, untold(told, nil, nil), `server/x/x.go:4: "No %s." has no French`, `server/x/x.go:4: "cow" has no French`,
			`server/x/x.go:4: "ox" has no French`, `server/x/x.go:5: "Gone." has no French`)
		expect(t, unfit(map[string]string{"%d of %s": "%s sur %d", "%q": "«\u202f%s\u202f»"}), `"%d of %s" takes other arguments in French`)
		expect(t, untidy(map[string]string{"a": "l'un", "b": "Quoi ?", "c": "Ah\u00a0: «\u202foui\u202f»"}),
			`"l'un" is not written as French is`, `"Quoi ?" is not written as French is`)
		expect(t, unused(told, map[string]string{"Gone.": "", "No %s.": "", "Old.": ""}, nil), `"Old." is said by nobody`)
	})
}

// catalog reads what a package says in French, sentences and words apart.
func catalog(all []source, pkg string) (sentences, words map[string]string) {
	sentences, words = make(map[string]string), make(map[string]string)
	for _, s := range all {
		if s.pkg != pkg || s.test {
			continue
		}
		into := sentences
		if path.Base(s.path) == "words.go" {
			into = words
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			c, ok := n.(*ast.CaseClause)
			if !ok {
				return true
			}
			english, _ := literal(c.List[0])
			switch st := c.Body[0].(type) {
			case *ast.ReturnStmt:
				into[english], _ = literal(st.Results[0])
			case *ast.AssignStmt:
				into[english], _ = literal(st.Rhs[0])
			}
			return true
		})
	}
	return sentences, words
}

// literal returns the value of a string, also of one in several pieces.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}

func untold(told []spoken, sentences, words map[string]string) []string {
	var found []string
	for _, s := range told {
		in := sentences
		if s.word {
			in = words
		}
		if in[s.english] == "" && strings.Trim(s.english, "%s. ") != "" {
			found = append(found, fmt.Sprintf("%s: %q has no French", s.at, s.english))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func unfit(sentences map[string]string) []string {
	verb := regexp.MustCompile(`%[^a-zA-Z%]*[a-zA-Z%]`)
	verbs := func(format string) string {
		return strings.ReplaceAll(strings.Join(verb.FindAllString(format, -1), " "), "%q", "%s")
	}
	var found []string
	for english, french := range sentences {
		if verbs(english) != verbs(french) {
			found = append(found, fmt.Sprintf("%q takes other arguments in French", english))
		}
	}
	return found
}

func untidy(sentences map[string]string) []string {
	wrong := regexp.MustCompile(`'|[^\x{202f}][;!?»]|«[^\x{202f}]| :|[^\x{a0}]:( |$)`)
	var found []string
	for _, french := range sentences {
		if wrong.MatchString(strings.ReplaceAll(french, "&lt;", "")) {
			found = append(found, fmt.Sprintf("%q is not written as French is", french))
		}
	}
	slices.Sort(found)
	return found
}

func unused(told []spoken, sentences, words map[string]string) []string {
	var found []string
	for _, in := range []map[string]string{sentences, words} {
		for english := range in {
			if !slices.ContainsFunc(told, func(s spoken) bool { return s.english == english }) {
				found = append(found, fmt.Sprintf("%q is said by nobody", english))
			}
		}
	}
	return found
}
