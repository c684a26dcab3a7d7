package browse

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// choose asks whether a list is to be kept on this computer or not, with what it takes on the disk.
func (u *ui) choose(from screen, open *account, id string) tea.Cmd {
	return func() tea.Msg {
		all, err := open.client.Lists(u.ctx, open.login, open.account)
		if err != nil {
			return fail(err)
		}
		for _, l := range all {
			if l.ID == id {
				return u.chooseOne(from, open, l)
			}
		}
		return said{text: "There are no rows to keep yet."}
	}
}

func (u *ui) chooseOne(from screen, open *account, l syncclient.List) asked {
	if l.Kept {
		return asked{
			from: from,
			text: fmt.Sprintf("Remove the rows of %s from here? That frees %s.", quoted(l.Name), size(l.BytesHere)),
			yes: func() tea.Msg {
				_, err := open.client.Drop(u.ctx, open.login, open.account, l.ID)
				switch {
				case errors.Is(err, mirror.ErrUnsent):
					return said{"Not yet: what you wrote there is still to be sent.", true}
				case errors.Is(err, mirror.ErrUndecided):
					return said{"Not yet: something there needs your eye first.", true}
				case err != nil:
					return fail(err)
				}
				return moved{}
			},
		}
	}
	question := fmt.Sprintf("Keep the rows of %s here?", quoted(l.Name))
	if l.Bytes > 0 {
		question += fmt.Sprintf(" It takes about %s.", size(l.Bytes))
	}
	return asked{
		from: from,
		text: question,
		yes: func() tea.Msg {
			if err := open.client.Keep(u.ctx, open.login, open.account, l.ID); err != nil {
				return fail(err)
			}
			return moved{}
		},
	}
}

// size words a number of bytes.
func size(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%d kB", (bytes+999)/1000)
}

// fetch asks the server for a page of rows that are not kept here: the next one, or the first. They have the columns of the
// mirror, and are kept nowhere.
func (s *list) fetch(ctx context.Context, r *listRead, next, text string) {
	if r.how != onward {
		r.how, next = fromStart, ""
	}
	found, err := s.open.client.Rows(ctx, s.open.login, s.open.account, s.id, next, pageSize, text)
	if r.err = err; err != nil {
		return
	}
	r.next, r.info.rows = found.Next, found.Total
	for _, row := range found.Rows {
		r.rows = append(r.rows, record(row))
	}
}

// takeFetched shows a page from the server. Pages gather while the person goes down.
func (s *list) takeFetched(r listRead) {
	text := s.search.value()
	s.next, s.fetched = r.next, &text
	if r.how == onward {
		s.rows = append(s.rows, r.rows...)
		s.at = min(s.at+1, len(s.rows)-1)
	} else {
		s.put(r.rows, 0, true, false)
	}
	s.start, s.end = true, r.next == ""
}
