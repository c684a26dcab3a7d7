package clienttest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/servertest"
)

// TestDigestOnTheWire asks for digests and parts as any client may.
func TestDigestOnTheWire(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		ticket, err := w.Identity.LogIn(t.Context(), identity.Credentials{Email: w.chloe.email, Password: password, Account: w.account}, identity.Device{})
		must(t, err)
		chloe := s.As(ticket.Token)
		get := func(path string) (int, string) {
			status, _, body := chloe.Do(t, http.MethodGet, path, nil)
			return status, string(body)
		}
		list := w.list("guests", rows("mark", 1500))
		digestOf := "/sync/digest/list_" + list.String()
		var all struct {
			State, Digest string
			Parts         []string
		}
		_, body := get(digestOf)
		must(t, json.Unmarshal([]byte(body), &all))
		if !strings.HasPrefix(all.Digest, "1500:") || len(all.Parts) != 256 {
			t.Fatal(body)
		}
		t.Run("tells the digest with the last page alone", func(t *testing.T) {
			_, page := get("/sync/rows/list_" + list.String() + "?first=1000")
			head, _, _ := strings.Cut(page, "\n")
			if strings.Contains(head, `"digest"`) || !strings.Contains(head, `"more":true`) {
				t.Error(head)
			}
			_, page = get("/sync/rows/list_" + list.String() + "?first=5000")
			head, _, _ = strings.Cut(page, "\n")
			if !strings.Contains(head, `"digest":"`+all.Digest+`"`) || !strings.Contains(head, `"state":"`+all.State+`"`) {
				t.Error(head)
			}
		})
		t.Run("gives the rows of parts, and of these alone", func(t *testing.T) {
			_, page := get("/sync/rows/list_" + list.String() + "?part=3,17")
			lines := strings.Split(page, "\n")
			var head struct {
				Count  int
				Parts  []int
				Next   string
				Digest string
			}
			must(t, json.Unmarshal([]byte(lines[0]), &head))
			want := 0
			for _, p := range []int{3, 17} {
				count, _, _ := strings.Cut(all.Parts[p], ":")
				n, err := strconv.Atoi(count)
				must(t, err)
				want += n
			}
			var found [][]any
			must(t, json.Unmarshal([]byte(lines[1]), &found))
			if head.Count != want || len(found) != want || len(head.Parts) != 2 || head.Next != "" || lines[2] != "[]" || !strings.HasPrefix(head.Digest, strconv.Itoa(want)+":") {
				t.Errorf("%d rows, not %d: %s", len(found), want, lines[0])
			}
		})
		t.Run("refuses what are no parts", func(t *testing.T) {
			for _, parts := range []string{"256", "-1", "x", "1,", ","} {
				if status, body := get("/sync/rows/list_" + list.String() + "?part=" + parts); !strings.Contains(body, "BAD_USER_INPUT") {
					t.Errorf("%s: %d %s", parts, status, body)
				}
			}
		})
		t.Run("says of what one does not see as of what is not there", func(t *testing.T) {
			must(t, w.Sharing.SetAccess(w.anna.ctx, list, w.chloe.collaborator, access.LevelNone))
			none := uuid.New().String()
			for _, path := range []string{"/sync/digest/list_", "/sync/rows/list_"} {
				query := "?part=3"
				status, hidden := get(path + list.String() + query)
				absent, nothing := get(path + none + query)
				if status != absent || hidden != nothing || !strings.Contains(hidden, "NOT_FOUND") {
					t.Errorf("%s: %d %s and %d %s", path, status, hidden, absent, nothing)
				}
			}
		})
		t.Run("gives of leads those that one sees", func(t *testing.T) {
			must(t, w.memberLeads(account.MemberLeadsOwn))
			spring := w.campaign("spring")
			var hidden []uuid.UUID
			for i := range 40 {
				if id := w.receive(spring, []uuid.UUID{w.chloe.collaborator, w.anna.collaborator}[i%2]); i%2 == 1 {
					hidden = append(hidden, id)
				}
			}
			_, digest := get("/sync/digest/campaign_" + spring.String())
			if !strings.Contains(digest, `"digest":"20:`) {
				t.Error(digest[:200])
			}
			every := "0"
			for p := 1; p < 256; p++ {
				every += "," + strconv.Itoa(p)
			}
			_, page := get("/sync/rows/campaign_" + spring.String() + "?part=" + every)
			if !strings.Contains(page, `"count":20`) {
				t.Error(page[:300])
			}
			for _, id := range hidden {
				if strings.Contains(page, id.String()) || strings.Contains(page, markOf(id)) {
					t.Errorf("a lead of somebody else's is told")
				}
			}
		})
	})
}
