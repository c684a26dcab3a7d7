package mirror

import (
	"fmt"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func (w *writer) putAccount(a *protocol.Account) error {
	id, err := a.ID.Of(protocol.KindAccount)
	if err != nil {
		return err
	}
	if id != w.account {
		return fmt.Errorf("the server sent the settings of another account")
	}
	return w.put("server_account",
		[]string{"id", "name", "default_audience", "locale", "time_zone", "version", "created_at", "desktop_lock_days", "desktop_erase_days"},
		id, a.Name, a.DefaultAudience, a.Locale, a.TimeZone, a.Version, a.CreatedAt, a.DesktopLockDays, a.DesktopEraseDays)
}

func (w *writer) putPerson(p *protocol.Person) error {
	id, err := p.ID.Of(protocol.KindPerson)
	if err != nil {
		return err
	}
	return w.put("server_collaborators",
		[]string{"id", "email", "first_name", "last_name", "role", "status", "can_send", "can_export", "version", "created_at", "walk"},
		id, p.Email, p.FirstName, p.LastName, p.Role, p.Status, p.CanSend, p.CanExport, p.Version, p.CreatedAt, w.walk)
}

// putItem writes an item of a known kind and passes over others: they are of newer servers, and a newer version of
// this program walks again to fetch them.
func (w *writer) putItem(i *protocol.Item) error {
	kind, id, err := i.ID.Split()
	if err != nil {
		return err
	}
	if _, err := w.exec("DELETE FROM departed WHERE id = ?", id); err != nil {
		return err
	}
	creator, err := person(i.Creator)
	if err != nil {
		return err
	}
	changedBy, err := person(i.ChangedBy)
	if err != nil {
		return err
	}
	columns := []string{"id", "name", "audience", "my_level", "creator", "changed_by", "version", "created_at", "changed_at", "archived_at", "walk"}
	values := []any{id, i.Name, i.Audience, i.MyLevel, creator, changedBy, i.Version, i.CreatedAt, i.ChangedAt, i.ArchivedAt, w.walk}
	switch kind {
	case protocol.KindCampaign:
		columns = append(columns, "subject", "preheader", "format", "body", "sender_name", "sender_email", "reply_to", "state", "lists_restricted", "blacklists_restricted")
		values = append(values, i.Subject, i.Preheader, i.Format, i.Body, i.SenderName, i.SenderEmail, i.ReplyTo, i.State, i.ListsRestricted, i.BlacklistsRestricted)
		if err := w.put("server_campaigns", columns, values...); err != nil {
			return err
		}
		if err := w.putLinks(contacts(), protocol.KindList, id, i.Lists); err != nil {
			return err
		}
		if err := w.putLinks(entries(), protocol.KindBlacklist, id, i.Blacklists); err != nil {
			return err
		}
		return w.adopt(leads(), id)
	case protocol.KindTemplate:
		columns = append(columns, "subject", "preheader", "format", "body")
		values = append(values, i.Subject, i.Preheader, i.Format, i.Body)
		return w.put("server_templates", columns, values...)
	case protocol.KindList, protocol.KindBlacklist:
		l := contacts()
		if kind == protocol.KindBlacklist {
			l = entries()
		}
		if err := w.put(l.items, append(columns, "description"), append(values, i.Description)...); err != nil {
			return err
		}
		return w.adopt(l, id)
	}
	return nil
}

// adopt gives an item that the server has told of the file that was made here for it, if there is one.
func (w *writer) adopt(l layout, id string) error {
	n, err := w.exec(fmt.Sprintf(`UPDATE %s SET file = (SELECT file FROM local_files WHERE id = ?1)
		WHERE id = ?1 AND file IS NULL AND EXISTS (SELECT 1 FROM local_files WHERE id = ?1)`, l.items), id)
	if err != nil {
		return err
	}
	if n > 0 {
		if _, err := w.exec(`DELETE FROM local_files WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return w.compare(l, id)
}

// putLinks makes a campaign's links to lists or blacklists exactly those given.
func (w *writer) putLinks(l layout, kind protocol.Kind, campaign string, refs []protocol.Ref) error {
	if _, err := w.exec(fmt.Sprintf("DELETE FROM %s WHERE campaign = ?", l.links), campaign); err != nil {
		return err
	}
	for _, ref := range refs {
		id, err := ref.ID.Of(kind)
		if err != nil {
			return err
		}
		if _, err := w.exec(fmt.Sprintf("INSERT OR IGNORE INTO %s (campaign, %s) VALUES (?, ?)", l.links, l.target), campaign, id); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putBucket(b *protocol.Bucket) error {
	_, id, err := b.ID.Split()
	if err != nil {
		return err
	}
	l, known := layoutOf(b.Kind)
	if !known {
		return nil
	}
	if b.State == "" || len(b.State) > protocol.MaxCursor || b.Rows < 0 {
		return fmt.Errorf("the server sent a bucket that makes no sense")
	}
	if err := w.put("buckets", []string{"id", "kind", "state", "row_count", "walk"}, id, b.Kind, b.State, b.Rows, w.walk); err != nil {
		return err
	}
	if err := w.stand(b, id); err != nil {
		return err
	}
	return w.compare(l, id)
}

// compare brings what an item says of its rows into line with its bucket.
func (w *writer) compare(l layout, id string) error {
	_, err := w.exec(fmt.Sprintf(`UPDATE %[1]s SET row_count = b.row_count, complete = (b.reached = b.state AND file IS NOT NULL)
		FROM buckets b WHERE b.id = %[1]s.id AND b.kind = '%[2]s' AND %[1]s.id = +?`, l.items, l.kind), id)
	return err
}

// reached notes which state a bucket's file holds, and how many rows the server says that it has, where that is known. A
// state that the workspace has not told is not noted: a server that is put back before it tells comes to another one of
// the same name. The bucket stays behind, and is asked once more when the workspace has told.
func (w *writer) reached(b Bucket, state string, rows *int64) error {
	if _, err := w.exec(`UPDATE buckets SET reached = CASE WHEN state = ?1 THEN ?1 ELSE '' END, row_count = coalesce(?2, row_count) WHERE id = ?3`,
		state, rows, b.ID); err != nil {
		return err
	}
	l, _ := layoutOf(b.Kind)
	return w.compare(l, b.ID)
}

// person returns the plain id of a person, nil where there is none.
func person(ref *protocol.Ref) (any, error) {
	if ref == nil {
		return nil, nil
	}
	return ref.ID.Of(protocol.KindPerson)
}
