package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

type conflictsCommand struct {
	Account string `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	JSON    bool   `help:"Print JSON." name:"json"`
}

// Run lists what needs a person's eye.
func (c *conflictsCommand) Run(s *session) error {
	editor, err := s.editor(c.Account)
	if err != nil {
		return err
	}
	found, err := editor.Attention(s.ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, control.ConflictsOf(found))
	}
	if len(found) == 0 {
		fmt.Fprintln(s.out, "Nothing needs your eye.")
	}
	for _, a := range found {
		printAttention(s.out, a, c.Account)
	}
	if len(found) > 0 {
		fmt.Fprintln(s.out, "mine sends what you wrote once more, theirs leaves what is there, both keeps the two.")
	}
	return nil
}

// printAttention prints what was tried, what became of it and of what the person wrote, and the command to type.
func printAttention(w io.Writer, a mirror.Attention, account string) {
	outcome := map[string]string{"conflict": "others changed the same", "refused": "refused", "discarded": "discarded"}[a.What]
	fmt.Fprintf(w, "%s %s %s: %s, %s\n", a.Op, a.Kind, called(a), outcome, time.UnixMicro(a.At).Local().Format("2006-01-02 15:04"))
	if a.Message != "" {
		fmt.Fprintf(w, "  %s\n", printable(a.Message))
	}
	mine, theirs := valuesOf(a.Mine), valuesOf(a.Theirs)
	for _, field := range slices.Sorted(maps.Keys(mine)) {
		fmt.Fprintf(w, "  %s: you wrote %s", field, mine[field])
		if there, ok := theirs[field]; ok {
			fmt.Fprintf(w, ", there is %s", there)
		}
		fmt.Fprintln(w)
	}
	if kept := kept(a); kept != "" {
		fmt.Fprintf(w, "  %s\n", kept)
	}
	if a.Failure != "" {
		fmt.Fprintf(w, "  Your last decision could not be carried out: %s\n", printable(a.Failure))
	}
	if a.Resolution != "" {
		fmt.Fprintf(w, "  decided: %s, with the next sync; to change that:\n", a.Resolution)
	}
	fmt.Fprint(w, "  partage-sync resolve ")
	if account != "" {
		fmt.Fprintf(w, "--account %q ", account)
	}
	fmt.Fprintf(w, "%s %s\n", a.Key, decisions(a))
	switch {
	case a.Code == mirror.OnlineOnly:
		fmt.Fprintln(w, "  That is for a person who looks at it on the server: from here it is refused each time. theirs gives it up.")
	case mine[a.Field] != "" && a.What == "refused":
		fmt.Fprintf(w, "  With mine, --set %s=VALUE corrects it.\n", a.Field)
	}
	fmt.Fprintln(w)
}

// called is the row's name in quotes, or its id.
func called(a mirror.Attention) string {
	if a.Name == "" {
		return a.ID
	}
	return `"` + printable(a.Name) + `"`
}

// kept says what is there now, and where the person's words are.
func kept(a mirror.Attention) string {
	switch {
	case a.What == "discarded", a.Op == "delete" && a.Code == string(protocol.NotFound):
		return ""
	case a.Op == "delete":
		return "It is still there."
	case a.Copy != "":
		return "What is there stays; your version lies beside it as a copy on this computer."
	case len(a.Theirs) == 0:
		return "It is not on the server; what you wrote is kept here until you decide."
	}
	return "What is there stays; what you wrote is kept here until you decide."
}

// decisions are those that can be carried out, several in parentheses so that no shell takes a choice for a command.
func decisions(a mirror.Attention) string {
	text := control.Words(a.Decisions())
	if strings.Contains(text, " ") {
		text = "(" + text + ")"
	}
	return text
}

// printable leaves out of a foreign text what could make a terminal do something, or put words in another order.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
}

// valuesOf prints the values of a JSON object, shortened.
func valuesOf(object json.RawMessage) map[string]string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(object, &fields) != nil {
		return nil
	}
	values := map[string]string{}
	for name, value := range fields {
		name = printable(name)
		var b bytes.Buffer
		if json.Compact(&b, value) != nil {
			continue
		}
		values[name] = printable(b.String())
		if runes := []rune(values[name]); len(runes) > 60 {
			values[name] = string(runes[:60]) + "…"
		}
	}
	return values
}
