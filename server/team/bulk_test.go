package team_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/team"
)

// said returns lines as text, for comparing.
func said(lines []team.InviteLine) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%d %s %s %s\n", l.Line, l.Email, l.Outcome, fault.Say(l.Why, "en"))
	}
	return b.String()
}

func TestInviteAll(t *testing.T) {
	t.Run("says what happens to each line, tries it first, and then does just that", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			out := h.add(t, "out", collaborator.RoleMember)
			must(t, deactivate(h, out))
			_, err := h.Invite(h.owner, guest("asked@example.com"))
			must(t, err)
			before, _ := h.told(t, 0)
			file := "\ufeffAdresse e-mail;Prénom;Nom;Service;Rôle;Peut envoyer;Export\r\n" +
				"zoe@example.com;Zoé;\"Durand; épouse Petit\";Ventes;Gestionnaire;oui;\r\n" +
				"max@example.com;Max;Mann;;;;x\r\n" +
				"ANN@example.com;Ann;Example;;;;\r\n" +
				"out@example.com;Out;Example;;;;\r\n" +
				"asked@example.com;New;Person;;;;\r\n" +
				"Zoe@Example.com;Zoé;Durand;;;;\r\n" +
				";;;;;;\r\n" +
				"nowhere;No;Where;;;;\r\n" +
				"b@example.com;;B;;;;\r\n" +
				"c@example.com;C;C;;chef;peut-être;\r\n" +
				"d@example.com;D\r\n" +
				"\"e@example.com;E;E\r\n"
			want := `2 zoe@example.com invited ` + `
3 max@example.com invited ` + `
4 ANN@example.com already_in ` + `
5 out@example.com already_in ` + `
6 asked@example.com already_invited ` + `
7 Zoe@Example.com refused The address is in line 2 already.
9 nowhere refused "nowhere" is not an email address: it needs exactly one @, as in name@example.com.
10 b@example.com refused The first name is missing.
11 c@example.com refused The role is owner, manager or member. The column Can send takes yes or no.
12 d@example.com refused The last name is missing.
13  refused This row cannot be read: a quotation mark lacks its partner or is followed by text.
`
			dry, err := h.InviteAll(h.owner, file, true)
			must(t, err)
			if said(dry) != want {
				t.Errorf("tried:\n%s", said(dry))
			}
			after, _ := h.told(t, 0)
			if h.mails(t) != 1 || len(after) != len(before) || h.pending(t) != 1 {
				t.Errorf("trying left %d mails, %d lines of history and %d invitations", h.mails(t), len(after), h.pending(t))
			}
			done, err := h.InviteAll(h.owner, file, false)
			must(t, err)
			if said(done) != want || h.mails(t) != 3 || h.pending(t) != 3 {
				t.Errorf("done, with %d mails:\n%s", h.mails(t), said(done))
			}
			zoe, err := h.store.Client().Invitation.Query().Where(invitation.EmailKey("zoe@example.com")).Only(h.system)
			must(t, err)
			if zoe.LastName != "Durand; épouse Petit" || zoe.Role != "manager" || !zoe.CanSend || zoe.CanExport {
				t.Errorf("stored %v", zoe)
			}
			if p := h.person(t, out); p.Status != collaborator.StatusDeactivated || p.Version != 2 {
				t.Errorf("somebody in the file became %v", p)
			}
			again, err := h.InviteAll(h.owner, file, false)
			must(t, err)
			if strings.Contains(said(again), " invited") || h.mails(t) != 3 {
				t.Errorf("again:\n%s", said(again))
			}
		})
	})
	t.Run("refuses what is no such file", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			for file, words := range map[string]string{
				"": "empty", "email,first name,last name\n": "No people follow", "email,first name\na@b.example,A\n": "named Last name",
				"first name,last name\nA,A\n": "named Email", "PK\x03\x04": "workbook",
				"email,first name,last name\n" + strings.Repeat("x,x,x\n", team.MostPeople+1): "from line 1002 on",
			} {
				_, err := h.InviteAll(h.owner, file, true)
				if f := refused(t, err, fault.Invalid, "csv"); !strings.Contains(f.Message, words) {
					t.Errorf("%.40q is answered %q", file, f.Message)
				}
			}
		})
	})
	t.Run("takes a full file, and then no more that day", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			var file strings.Builder
			file.WriteString("email,first name,last name\n")
			for i := range team.MostPeople {
				fmt.Fprintf(&file, "p%d@example.com,P,Q\n", i)
			}
			begun := time.Now()
			lines, err := h.InviteAll(h.owner, file.String(), false)
			must(t, err)
			t.Logf("a full file took %v", time.Since(begun))
			if len(lines) != team.MostPeople || h.mails(t) != team.MostPeople {
				t.Errorf("%d lines, %d mails", len(lines), h.mails(t))
			}
			more := "email,first name,last name\nmore@example.com,M,M\n"
			for _, dry := range []bool{true, false} {
				_, err = h.InviteAll(h.owner, more, dry)
				if f := refused(t, err, fault.Exhausted, ""); f.RetryAfter < 23*time.Hour || !strings.Contains(f.Message, "0 are left") {
					t.Errorf("answered %q, come back after %v", f.Message, f.RetryAfter)
				}
			}
			_, err = h.Invite(h.owner, guest("more@example.com"))
			refused(t, err, fault.Exhausted, "")
			h.advance(25 * time.Hour)
			_, err = h.Invite(h.owner, guest("more@example.com"))
			must(t, err)
		})
	})
}

// TestColumns holds that a file says the same in English and in French.
func TestColumns(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var read []string
		for _, file := range []string{
			"Email,First name,Last name,Role,Can send,Can export\na@example.com,A,B,Manager,yes,no\n",
			"email;prénom;nom de famille;rôle;envoyer;exporter\na@example.com;A;B;gestionnaire;oui;non\n",
			"sep=;\nNom;Courriel;PRENOM;Peut exporter;Peut envoyer;Role\nB;a@example.com;A;0;1;MANAGER\n",
		} {
			lines, err := h.InviteAll(h.owner, file, false)
			must(t, err)
			inv, err := h.store.Client().Invitation.Query().Where(invitation.StateEQ(invitation.StatePending)).Only(h.system)
			must(t, err)
			read = append(read, fmt.Sprint(lines[0].Outcome, inv.FirstName, inv.LastName, inv.Role, inv.CanSend, inv.CanExport))
			must(t, h.Withdraw(h.owner, inv.ID))
		}
		if !reflect.DeepEqual(read, []string{read[0], read[0], read[0]}) || read[0] != "invitedABmanagertrue false" {
			t.Errorf("read %q", read)
		}
	})
}

func (h *house) pending(t testing.TB) int {
	t.Helper()
	n, err := h.store.Client().Invitation.Query().Where(invitation.StateEQ(invitation.StatePending)).Count(h.system)
	must(t, err)
	return n
}
