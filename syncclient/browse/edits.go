package browse

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// What several screens do with an item, or with a row of the item of; the item itself has no of.

// onlyLook says that a person has no right to edit an item.
const onlyLook = "You may only look at this."

// edit opens a form for what was read.
func (u *ui) edit(open *account, k kind, of string, row record) tea.Cmd {
	if row.text("my_level") == "view" {
		return u.say(onlyLook)
	}
	return u.push(newForm(u, open, k, of, row.text("id"), row))
}

// delete deletes after a question.
func (u *ui) delete(open *account, k kind, of, id, name string) tea.Cmd {
	return u.confirm(fmt.Sprintf("Delete %s?", quoted(name)), func() tea.Msg { return ok(open.editor.Delete(u.ctx, k.kind, of, id)) })
}

// archive puts an item aside, or back.
func (u *ui) archive(open *account, k kind, id string, aside bool) tea.Cmd {
	values := map[string]any{"archived_at": nil}
	if aside {
		values["archived_at"] = time.Now().UnixMicro()
	}
	return func() tea.Msg { return ok(open.editor.Change(u.ctx, k.kind, "", id, values)) }
}

// ok has the screen show what was edited, or says why the copy did not take it.
func ok(err error) tea.Msg {
	if err != nil {
		return fail(plainRefusal(err))
	}
	return moved{}
}

// plainRefusal says an edit's refusal without the words around it.
func plainRefusal(err error) error {
	_, why, found := strings.Cut(err.Error(), mirror.ErrRefused.Error()+": ")
	if !found {
		return err
	}
	if _, after, named := strings.Cut(why, ": "); named { // the view's name comes first
		why = after
	}
	return refusal(why)
}

// refusal is why an edit was not taken.
type refusal string

func (r refusal) Error() string { return string(r) }
