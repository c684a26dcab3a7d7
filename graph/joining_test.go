package graph_test

import (
	"mime"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/mailing/mailtest"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

const joinPassword = "a long secret of one's own"

// joining is a server that sends its mails to a real mail server, and an account on it whose mails are French.
type joining struct {
	*testing.T
	server *servertest.Server
	mails  *mailtest.Sink
	anna   servertest.Client
}

// TestJoining plays how people come into an account (S5, S6) and choose among theirs (S7), over HTTP and SMTP.
func TestJoining(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		j := &joining{T: t, mails: mailtest.Start(t, nil, false)}
		j.server = servertest.Start(t, c, func(c *app.Config) {
			c.Mailing = mailing.Config{Server: "smtp://" + j.mails.Addr, From: "Partage <partage@example.com>"}
		})
		j.anna = j.server.As(j.signUp("anna@example.com", "Anna", "Maison"))
		j.anna.Must(t, `mutation { changeAccount(input: {locale: FR, defaultAudience: RESTRICTED}) { errors { message } } }`, nil)
		spring, _, list := j.make("Campaign", "spring"), j.make("Campaign", "autumn"), j.make("ContactList", "customers")
		j.anna.Must(t, `mutation($in: SetAudienceInput!) { setAudience(input: $in) { errors { message } } }`,
			vars{"in": vars{"item": list, "audience": "EVERYONE"}})
		j.newLogin(spring)
		j.ownLogin(spring)
	})
}

func (j *joining) signUp(email, name, account string) string {
	j.Helper()
	return j.server.As("").Must(j, `mutation($in: SignUpInput!) { signUp(input: $in) { token errors { message } } }`, vars{"in": vars{
		"email": email, "password": joinPassword, "firstName": name, "lastName": "Test", "accountName": account,
	}}).Text("signUp.token")
}

func (j *joining) make(kind, name string) string {
	j.Helper()
	a := j.anna.Must(j, `mutation($in: Create`+kind+`Input!) { made: create`+kind+`(input: $in) { `+strings.ToLower(kind[:1])+kind[1:]+` { id } errors { message } } }`,
		vars{"in": vars{"name": name}})
	return a.Text("made." + strings.ToLower(kind[:1]) + kind[1:] + ".id")
}

// invite has anna invite someone and returns the token of the mail that arrives.
func (j *joining) invite(email string, access ...vars) string {
	j.Helper()
	a := j.anna.Must(j, `mutation($in: InviteInput!) { invite(input: $in) { invitation { email } errors { message } } }`, vars{"in": vars{
		"firstName": "Élodie", "lastName": "Durand", "email": email, "role": "MANAGER", "canSend": true, "access": access,
	}})
	if a.Text("invite.invitation.email") != email {
		j.Fatalf("inviting: %s", a.Body)
	}
	mail := j.mails.Wait(j, email, 1)
	subject, err := new(mime.WordDecoder).DecodeHeader(mail.Header.Get("Subject"))
	if err != nil || subject != "Anna Test vous invite dans « Maison » sur Partage" || !strings.HasPrefix(mail.Header.Get("Content-Type"), "multipart/alternative") {
		j.Errorf("the mail is %q, %v", mail.Header, err)
	}
	text, html := mail.Part(j, "text/plain"), mail.Part(j, "text/html")
	link := regexp.MustCompile(regexp.QuoteMeta(j.server.URL) + `/invitation#token=(pti_[\w-]+)`).FindStringSubmatch(text)
	if link == nil || !strings.Contains(html, link[0]) || !strings.Contains(text, "Bonjour Élodie,") {
		j.Fatalf("the mail says %s", text)
	}
	if status, _, page := j.server.As("").Do(j, "GET", "/invitation", nil); status != 200 || !strings.Contains(string(page), `<div id="root">`) {
		j.Errorf("the link leads to %d %s", status, page)
	}
	return link[1]
}

func (j *joining) link(token string) servertest.Answer {
	j.Helper()
	return j.server.As("").Ask(j, `query($t: String!) { invitationLink(token: $t) { accountName inviterName firstName role hasLogin } }`, vars{"t": token})
}

func (j *joining) accept(by servertest.Client, in vars) servertest.Answer {
	j.Helper()
	return by.Ask(j, `mutation($in: AcceptInvitationInput!) { acceptInvitation(input: $in) { token errors { code field }
		viewer { user { email } account { name } collaborator { firstName role canSend canExport } accounts { account { id name } role lastVisitAt } session { id } } } }`,
		vars{"in": in})
}

// sees fails unless the items that a person sees are these.
func (j *joining) sees(by servertest.Client, want ...string) {
	j.Helper()
	a := by.Must(j, `{ items(first: 100) { totalCount edges { node { name } } } }`, nil)
	var names []string
	for i := range a.At("items.edges").([]any) {
		names = append(names, servertest.At(a.At("items.edges").([]any)[i], "node.name").(string))
	}
	if slices.Sort(names); !slices.Equal(names, want) {
		j.Errorf("they see %q instead of %q", names, want)
	}
}

// newLogin lets someone in who makes a login on the way.
func (j *joining) newLogin(spring string) {
	token := j.invite("elodie@example.com", vars{"item": spring, "level": "EDIT", "roundRobin": true})
	if l := j.link(token); l.Text("invitationLink.accountName") != "Maison" || l.Text("invitationLink.inviterName") != "Anna Test" ||
		l.Text("invitationLink.role") != "MANAGER" || l.At("invitationLink.hasLogin") != false {
		j.Errorf("the link tells %s", l.Body)
	}
	if a := j.accept(j.server.As(""), vars{"token": token, "password": "short"}); a.Text("acceptInvitation.errors.0.field") != "password" {
		j.Errorf("a short password is answered %s", a.Body)
	}
	in := j.accept(j.server.As(""), vars{"token": token, "password": joinPassword, "locale": "FR"})
	if in.Text("acceptInvitation.viewer.account.name") != "Maison" || in.Text("acceptInvitation.viewer.collaborator.role") != "MANAGER" ||
		in.At("acceptInvitation.viewer.collaborator.canSend") != true || in.At("acceptInvitation.viewer.collaborator.canExport") != false {
		j.Fatalf("accepting is answered %s", in.Body)
	}
	j.sees(j.server.As(in.Text("acceptInvitation.token")), "customers", "spring")
	if again := j.accept(j.server.As(""), vars{"token": token, "password": joinPassword}).Error(); !strings.HasPrefix(again, "NOT_FOUND ") {
		j.Errorf("a second time is answered %s", again)
	}
	if l := j.link(token).Error(); !strings.HasPrefix(l, "NOT_FOUND ") {
		j.Errorf("a used link is answered %s", l)
	}
	j.sees(j.server.As(j.server.LogIn(j, "elodie@example.com", joinPassword, in.Text("acceptInvitation.viewer.accounts.0.account.id"))), "customers", "spring")
}

// ownLogin lets someone in who has a login and an account already, and has her choose among the two.
func (j *joining) ownLogin(spring string) {
	hers := j.server.As(j.signUp("zoe@example.com", "Zoé", "Atelier"))
	token := j.invite("zoe@example.com", vars{"item": spring, "level": "VIEW"})
	if l := j.link(token); l.At("invitationLink.hasLogin") != true {
		j.Errorf("the link tells %s", l.Body)
	}
	if a := j.accept(j.server.As(""), vars{"token": token, "password": joinPassword}).Error(); !strings.HasPrefix(a, "UNAUTHENTICATED zoe@example.com has a login already.") {
		j.Errorf("without signing in: %s", a)
	}
	if a := j.accept(j.anna, vars{"token": token}).Error(); !strings.HasPrefix(a, "FORBIDDEN This invitation was sent to zoe@example.com.") {
		j.Errorf("as somebody else: %s", a)
	}
	in := j.accept(hers, vars{"token": token})
	if in.Text("acceptInvitation.viewer.collaborator.firstName") != "Zoé" || in.Text("acceptInvitation.viewer.user.email") != "zoe@example.com" {
		j.Fatalf("accepting is answered %s", in.Body)
	}
	const accounts = "acceptInvitation.viewer.accounts."
	if in.Text(accounts+"0.account.name") != "Maison" || in.Text(accounts+"0.role") != "MANAGER" || in.At(accounts+"0.lastVisitAt") == nil ||
		in.Text(accounts+"1.account.name") != "Atelier" || in.Text(accounts+"1.role") != "OWNER" || in.At(accounts+"2") != nil {
		j.Errorf("her accounts are %s", in.Body)
	}
	joined := j.server.As(in.Text("acceptInvitation.token"))
	j.sees(joined, "customers", "spring")
	j.sees(hers)
	// Switching takes no password, and each account's session ends alone.
	back := joined.Must(j, `mutation($in: OpenAccountInput!) { openAccount(input: $in) { token viewer { accounts { account { name } } } } }`,
		vars{"in": vars{"account": in.Text(accounts + "1.account.id")}})
	if back.Text("openAccount.viewer.accounts.0.account.name") != "Atelier" {
		j.Errorf("the account that was opened last is not the first: %s", back.Body)
	}
	j.sees(j.server.As(back.Text("openAccount.token")))
	hers.Must(j, `mutation($in: EndSessionInput!) { endSession(input: $in) { errors { message } } }`,
		vars{"in": vars{"session": in.Text("acceptInvitation.viewer.session.id")}})
	if a := joined.Ask(j, `{ viewer { user { id } } }`, nil).Error(); a != "UNAUTHENTICATED The session has ended. Sign in again." {
		j.Errorf("the ended session is answered %s", a)
	}
	j.sees(hers)
}
