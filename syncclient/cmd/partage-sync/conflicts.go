package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/partage-mail/partage/syncclient/mirror"
)

type conflictsCommand struct {
	Account string `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	JSON    bool   `help:"Print JSON." name:"json"`
}

// conflictReport is something that needs a person's eye, as --json prints it. Its names are a contract with other programs.
type conflictReport struct {
	Key     string          `json:"key"`
	What    string          `json:"what"` // conflict, refused, discarded
	Op      string          `json:"op"`   // create, change, delete
	Kind    string          `json:"kind"`
	ID      string          `json:"id"`
	Item    string          `json:"item"`
	Name    string          `json:"name"`
	Mine    json.RawMessage `json:"mine"`
	Theirs  json.RawMessage `json:"theirs"` // null where it is not there
	Code    string          `json:"code"`
	Message string          `json:"message"`
	Field   string          `json:"field"`
	Copy    string          `json:"copy"`
	At      time.Time       `json:"at"`
	Failure string          `json:"failure"`
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
		reports := []conflictReport{}
		for _, a := range found {
			if a.Theirs == nil {
				a.Theirs = json.RawMessage("null")
			}
			reports = append(reports, conflictReport{
				a.Key, a.What, a.Op, string(a.Kind), a.ID, a.Item, a.Name, a.Mine, a.Theirs, a.Code, a.Message, a.Field, a.Copy, time.UnixMicro(a.At).UTC(), a.Failure,
			})
		}
		return printJSON(s.out, reports)
	}
	if len(found) == 0 {
		fmt.Fprintln(s.out, "Nothing needs your eye.")
	}
	for _, a := range found {
		s.printAttention(a)
	}
	return nil
}

func (s *session) printAttention(a mirror.Attention) {
	name := printable(a.Name)
	if name == "" {
		name = a.ID
	}
	fmt.Fprintf(s.out, "%s\n  %s of %s %s, %s\n", a.Key, a.What, a.Kind, name, time.UnixMicro(a.At).Local().Format("2006-01-02 15:04"))
	if a.Message != "" {
		fmt.Fprintf(s.out, "  %s\n", printable(a.Message))
	}
	mine, theirs := valuesOf(a.Mine), valuesOf(a.Theirs)
	for _, field := range slices.Sorted(maps.Keys(mine)) {
		fmt.Fprintf(s.out, "  %s: you wrote %s", field, mine[field])
		if there, ok := theirs[field]; ok {
			fmt.Fprintf(s.out, ", there is %s", there)
		}
		fmt.Fprintln(s.out)
	}
	if a.Copy != "" {
		fmt.Fprintln(s.out, "  Your version lies beside it as a copy on this computer.")
	}
	if a.Failure != "" {
		fmt.Fprintf(s.out, "  Your last decision could not be carried out: %s\n", a.Failure)
	}
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

type resolveCommand struct {
	Account  string            `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Key      string            `arg:"" help:"Which, as partage-sync conflicts prints it; the first characters do, or all."`
	Set      map[string]string `help:"Correct what was refused before it is sent once more, such as --set name=Spring." placeholder:"COLUMN=VALUE"`
	Decision string            `arg:"" enum:"mine,theirs,both" help:"mine: send what you wrote once more; theirs: leave what is there; both: keep the two."`
}

// Run writes a decision down.
func (c *resolveCommand) Run(s *session) error {
	editor, err := s.editor(c.Account)
	if err != nil {
		return err
	}
	found, err := editor.Attention(s.ctx)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(a mirror.Attention) bool { return c.Key != "all" && !strings.HasPrefix(a.Key, c.Key) })
	if len(found) > 1 && c.Key != "all" {
		return usageError(fmt.Sprintf("several begin with %q; write more of it", c.Key))
	}
	for _, a := range found {
		if len(c.Set) > 0 {
			values := map[string]any{}
			for column, value := range c.Set {
				values[column] = value
			}
			if err := editor.Correct(s.ctx, a.Key, values); err != nil {
				return err
			}
		}
		if err := editor.Decide(s.ctx, a.Key, mirror.Resolution(c.Decision)); err != nil {
			return err
		}
	}
	switch {
	case len(found) == 0:
		return usageError(fmt.Sprintf("there is nothing that begins with %q; partage-sync conflicts lists what there is", c.Key))
	case mirror.InUse(editor.Folder()):
		fmt.Fprintln(s.out, "The partage-sync that is running carries it out.")
	default:
		fmt.Fprintln(s.out, "It is carried out with the next partage-sync sync.")
	}
	return nil
}

// editor returns the way to edit the local copy of an account.
func (s *session) editor(account string) (*mirror.Editor, error) {
	login, err := s.login()
	if err != nil {
		return nil, err
	}
	a, err := s.account(login, account)
	if err != nil {
		return nil, err
	}
	return s.client.Editor(login, a), nil
}

// editsLine says how many edits wait and how many need an eye; nothing where there are none.
func editsLine(waiting, attention int) string {
	var parts []string
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf("%d to be sent", waiting))
	}
	if attention > 0 {
		parts = append(parts, fmt.Sprintf("in need of your eye: %d (partage-sync conflicts)", attention))
	}
	return strings.Join(parts, ", ")
}
