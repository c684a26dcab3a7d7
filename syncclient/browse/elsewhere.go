package browse

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// page is a page of the rows of a list that is not kept on this computer.
type page struct {
	rows []record
	next string
	all  int64
}

// fetchRows asks the server for a page of rows. They have the columns of the mirror, and are kept nowhere.
func fetchRows(ctx context.Context, open *account, id, after, search string) (page, error) {
	found, err := open.client.Rows(ctx, open.login, open.account, id, after, pageSize, search)
	if err != nil {
		return page{}, err
	}
	p := page{next: found.Next, all: found.Total}
	for _, r := range found.Rows {
		p.rows = append(p.rows, record(r))
	}
	return p, nil
}

// choose asks whether a list is to be kept on this computer or not, with what it takes on the disk.
func (u *ui) choose(ctx context.Context, open *account, id string) tea.Cmd {
	return func() tea.Msg {
		all, err := open.client.Lists(ctx, open.login, open.account)
		if err != nil {
			return fail(err)
		}
		for _, l := range all {
			if l.ID == id {
				return u.chooseOne(ctx, open, l)
			}
		}
		return said{text: u.t("There are no rows to keep yet.")}
	}
}

func (u *ui) chooseOne(ctx context.Context, open *account, l syncclient.List) asked {
	if l.Kept {
		return asked{
			text: u.f("Remove the rows of “%s” from this computer? That frees %s.", l.Name, u.size(l.BytesHere)),
			yes: func() tea.Msg {
				err := open.client.Drop(ctx, open.login, open.account, l.ID)
				switch {
				case errors.Is(err, mirror.ErrUnsent):
					return said{u.t("Not yet: what you wrote there is still to be sent."), true}
				case errors.Is(err, mirror.ErrUndecided):
					return said{u.t("Not yet: something there needs your eye first."), true}
				case err != nil:
					return fail(err)
				}
				return moved{}
			},
		}
	}
	size := ""
	if l.Bytes > 0 {
		size = " " + u.f("It takes about %s.", u.size(l.Bytes))
	}
	return asked{
		text: u.f("Keep the rows of “%s” on this computer?", l.Name) + size,
		yes: func() tea.Msg {
			if err := open.client.Keep(ctx, open.login, open.account, l.ID); err != nil {
				return fail(err)
			}
			return moved{}
		},
	}
}

// size words a number of bytes.
func (u *ui) size(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return u.f("%.1f GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return u.f("%.1f MB", float64(bytes)/1e6)
	}
	return u.f("%d kB", (bytes+999)/1000)
}

// fetch reads a page of rows that are not kept here: the next one, or the first.
func (s *list) fetch(ctx context.Context, r listRead, next, text string) listRead {
	after := next
	if r.how != onward {
		r.how, after = fromStart, ""
	}
	p, err := fetchRows(ctx, s.open, s.id, after, text)
	r.rows, r.next, r.err = p.rows, p.next, err
	if err == nil {
		r.info.rows = p.all
	}
	return r
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
