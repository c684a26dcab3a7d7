package graph_test

import (
	"encoding/json"
	"testing"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// TestErrorsAreSaidInTheViewersLanguage holds that what goes wrong is told in the language of whoever is signed in, or else in the
// one the request asks for; and that codes are the same in each.
func TestErrorsAreSaidInTheViewersLanguage(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := scenario.New(t, s)
		w.Set(`owner anna
			member bruno
			campaign spring by anna restricted`)
		anna, bruno := w.As(w.Person("anna")), w.As(w.Person("bruno"))
		const preview = "query($body: String!) { previewDraft(input: {format: HTML, subject: \"Hi\", body: $body}) { remarks { message } } }"
		ask := func(token, languages, query string, with vars) (said, code string) {
			t.Helper()
			body, err := json.Marshal(vars{"query": query, "variables": with})
			if err != nil {
				t.Fatal(err)
			}
			got := servertest.Client{URL: s.URL, Token: token}.Post(t, body, "Accept-Language", languages)
			for _, e := range got.Errors {
				return e.Message, e.Code()
			}
			data, _ := got.Data.(map[string]any)
			for field := range data {
				return got.Text(field + ".errors.0.message"), got.Text(field + ".errors.0.code")
			}
			return "", ""
		}
		remark := func(c servertest.Client, body string) string {
			t.Helper()
			return c.Ask(t, preview, vars{"body": body}).Text("previewDraft.remarks.0.message")
		}
		const properties = "query($id: ID!) { properties(item: $id) { mayChange } }"
		const rename = "mutation { changeMe(input: {firstName: \" \"}) { errors { code message } } }"
		const enter = "mutation { logIn(input: {email: \"nobody@example.com\", password: \"not the password\"}) { errors { code message } } }"
		spring := vars{"id": w.Item("spring").ID}
		bruno.Must(t, "mutation { changeMe(input: {locale: FR}) { errors { message } } }", nil)
		for _, c := range []struct {
			who, token, languages, query string
			with                         vars
			said, code                   string
		}{
			{"bruno", bruno.Token, "en", properties, spring, "Nous ne trouvons pas cet élément parmi ce qui est partagé avec vous.", "NOT_FOUND"},
			{"bruno", bruno.Token, "", rename, nil, "Le prénom manque.", "INVALID"},
			{"bruno", bruno.Token, "en", "{ nothing }", nil, `Cannot query field "nothing" on type "Query".`, "BAD_USER_INPUT"},
			{"anna", anna.Token, "fr", rename, nil, "The first name is missing.", "INVALID"},
			{"nobody", "", "fr-FR,fr;q=0.9,en;q=0.8", properties, spring, "Connectez-vous d’abord.", "UNAUTHENTICATED"},
			{"nobody", "", "fr", enter, nil, "L’adresse ou le mot de passe est incorrect.", "INVALID"},
			{"nobody", "", "de", enter, nil, "The address or the password is wrong.", "INVALID"},
			{"a lost session", "pts_0000000000000000000000000000000000000000000", "fr", properties, spring, "La session est terminée. Reconnectez-vous.", "UNAUTHENTICATED"},
		} {
			if said, code := ask(c.token, c.languages, c.query, c.with); said != c.said || code != c.code {
				t.Errorf("%s, who asks for %q, is told %s %q instead of %s %q", c.who, c.languages, code, said, c.code, c.said)
			}
		}
		if said := remark(anna, "{{Nobody}}"); said != "{{Nobody}} names no variable; it is kept as it is written." {
			t.Errorf("she is told of a text: %q", said)
		}
		if said := remark(bruno, "{{Nobody}}"); said != "{{Nobody}} ne désigne aucune variable\u202f; le texte reste tel quel." {
			t.Errorf("he is told of a text: %q", said)
		}
		const file = "email,first name,last name\nno address,A,B\n"
		said := anna.Ask(t, "mutation($csv: String!) { invitePeople(input: {csv: $csv, dryRun: true}) { lines { message } } }", vars{"csv": file}).Text("invitePeople.lines.0.message")
		if said != `"no address" is not an email address: it needs exactly one @, as in name@example.com.` {
			t.Errorf("of a line she is told %q", said)
		}
		anna.Must(t, "mutation { changeMe(input: {locale: FR}) { errors { message } } }", nil)
		said = anna.Ask(t, "mutation($csv: String!) { invitePeople(input: {csv: $csv, dryRun: true}) { lines { message } } }", vars{"csv": file}).Text("invitePeople.lines.0.message")
		if said != "«\u202fno address\u202f» n’est pas une adresse e-mail\u00a0: il faut un seul @, comme dans nom@exemple.fr." {
			t.Errorf("of a line she is told %q", said)
		}
	})
}
