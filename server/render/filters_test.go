package render_test

import (
	"regexp"
	"testing"

	"github.com/partage-mail/partage/server/render"
)

func TestFilters(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{{ "a" | append: "b" | prepend: "c" }}`:                                                                     "cab",
		`{{ "élodie" | capitalize }}{{ nil | capitalize }}`:                                                          "Élodie",
		`{{ "É" | downcase }}{{ "é" | upcase }}`:                                                                     "éÉ",
		`[{{ " a " | strip }}][{{ " a " | lstrip }}][{{ " a " | rstrip }}]`:                                          "[a][a ][ a]",
		"{{ 'a\r\nb' | strip_newlines }}":                                                                            "ab",
		`{{ "<p>a<br>b" | strip_html }}{{ "c<d" | strip_html }}`:                                                     "abc",
		`{{ "aaa" | replace: "a", "b" }} {{ "aaa" | replace_first: "a", "b" }}`:                                      "bbb baa",
		`{{ "aaa" | remove: "a" }}{{ "aba" | remove_first: "a" }}{{ "a" | replace: "", "x" }}`:                       "baa",
		`{{ "Straße 12" | truncate: 8 }} {{ "abc" | truncate: 3 }} {{ "abcd" | truncate: 2, "" }}`:                   "Straß... abc ab",
		`{{ "abc" | truncate: 1, "..." }} {{ "abc" | truncate: -5 }}`:                                                "... ...",
		`{{ "one two three" | truncatewords: 2 }} {{ "one" | truncatewords: 0 }}`:                                    "one two... one",
		`{{ "Zoé" | slice: 2 }}{{ "abcdef" | slice: -3, 2 }}{{ "a" | slice: 9 }}{{ "a" | slice: -9 }}`:               "éde",
		`{{ "a b&c" | url_encode }} {{ "a+b%26" | url_decode }} {{ "%zz" | url_decode }}`:                            "a+b%26c a b&amp; %zz",
		`{{ "a,b" | split: "," | join: "-" }} {{ " a  b " | split: " " | join }} {{ "ab" | split: "" | join: "." }}`: "a-b a b a.b",
		`{{ "b,a,b" | split: "," | sort | join }} {{ "b,a,b" | split: "," | uniq | reverse | join }}`:                "a b b a b",
		`{{ "a,,b" | split: "," | compact | size }}{{ "Zoé" | size }}{{ nil | size }}`:                               "230",
		`{{ "a,b" | split: "," | first }}{{ "a,b" | split: "," | last }}{{ nil | first }}`:                           "ab",
		`{{ nil | default: 1 }}{{ "" | default: 2 }}{{ false | default: 3 }}{{ 0 | default: 4 }}`:                    "1230",
		`{{ "4" | plus: 2 }} {{ 4 | minus: 5 }} {{ 1.5 | times: 3 }} {{ "x" | plus: 1 }}`:                            "6 -1 4.5 1",
		`{{ 7 | divided_by: 2 }} {{ 7 | divided_by: 2.0 }} {{ -7 | divided_by: 2 }} {{ 7 | modulo: 3 }}`:             "3 3.5 -4 1",
		`{{ -3 | abs }} {{ 1.2 | ceil }} {{ 1.8 | floor }} {{ 1.5 | round }} {{ 1.256 | round: 2 }}`:                 "3 2 1 2 1.26",
		`{{ 3 | at_least: 5 }} {{ 3 | at_most: 2 }} {{ 3 | at_least }}`:                                              "5 2 3",
		`{{ 1e400 | plus: 1 }}`: "{{ 1e400 | plus: 1 }}",
		`{{ "1e400" | plus: 1 }} {{ "NaN" | plus: 1 }} {{ 999999999999999 | times: 999999999999999 }}`: "1 1 999999999999998000000000000000",
		`{{ "2024-09-04" | date: "%d/%m/%Y %-d %e %j" }}`:                                              "04/09/2024 4  4 248",
		`{{ "2024-08-04" | date: "%A %-d %B %Y", "fr" }} {{ "2024-08-04" | date: "%a %b" }}`:           "dimanche 4 août 2024 Sun Aug",
		`{{ "2024-09-04T10:05:00+02:00" | date: "%H:%M:%S %Z %s" }}`:                                   "08:05:00 UTC 1725437100",
		`{{ "soon" | date: "%Y" }} {{ "2024-09-04" | date }} {{ "2024-09-04" | date: "%Q %% %" }}`:     "soon 2024-09-04 %Q % %",
		`{{ contact.fields | upcase }}{{ contact.fields | join }}{{ contact.fields | first | size }}`:  "0",
	} {
		if got := fill(t, render.HTML, body); got != want {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
	t.Run("knows today", func(t *testing.T) {
		t.Parallel()
		if got := fill(t, render.HTML, `{{ "now" | date: "%F %T" }}`); !regexp.MustCompile(`^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$`).MatchString(got) {
			t.Errorf("got %s", got)
		}
	})
	t.Run("say what is wrong and not with what", func(t *testing.T) {
		t.Parallel()
		for body, part := range map[string]string{
			`{{ 1 | divided_by: 0 }}`:                       "Line 1: divided_by: there is no dividing by 0.",
			"\n" + `{{ 1 | modulo: "x" }}`:                  "Line 2: modulo: there is no dividing by 0.",
			`{{ 1 | upcase: 2 }}`:                           "Line 1: The filter upcase has values that it cannot work with.",
			`{% for i in (1..contact.email) %}{% endfor %}`: "Line 1: This is computed from values of the wrong kind.",
			`{% for i in (contact.city..3) %}{% endfor %}`:  "Line 1: This is computed from values of the wrong kind.",
		} {
			_, err := compile(t, render.HTML, body).Render(t.Context(), ann())
			wantFault(t, err, "body", part)
		}
	})
}
