package syncapi_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/presigned"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/server/team"
)

// address asks the schema for the address of a bucket's image; empty where it is not given one.
func (h *house) address(who person, bucket string) string {
	h.t.Helper()
	for after, more := any(nil), true; more; {
		page := h.As(who.token).Must(h.t, `query($after: String) { changes(after: $after, first: 200) { buckets { id image } next more } }`, map[string]any{"after": after})
		buckets, _ := page.At("changes.buckets").([]any)
		for _, b := range buckets {
			if b := b.(map[string]any); b["id"] == bucket {
				address, _ := b["image"].(string)
				return address
			}
		}
		after, more = page.At("changes.next"), page.At("changes.more") == true
	}
	h.t.Fatalf("%s is in no page", bucket)
	return ""
}

// altered is an address with another bucket, or another parameter.
func altered(t *testing.T, address string, change func(bucket, sealed string) (string, string)) string {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	bucket, sealed := change(strings.TrimPrefix(u.Path, presigned.Path), u.Query().Get(presigned.Parameter))
	return presigned.Path + bucket + "?" + url.Values{presigned.Parameter: {sealed}}.Encode()
}

func TestPresigned(t *testing.T) {
	t.Run("opens without a token, in parts too, as with one", func(t *testing.T) {
		each(t, func(h *house) {
			list := h.list(2000)
			address := h.address(h.anna, "list_"+list.String())
			want, got := h.image(h.anna, list), h.get(address)
			if got.StatusCode != http.StatusOK || string(got.body) != string(want.body) || got.Header.Get("ETag") != want.Header.Get("ETag") || got.Header.Get("Partage-Image") == "" {
				h.t.Fatalf("%s %v", got.Status, got.Header)
			}
			for name, value := range map[string]string{
				"Content-Type": "application/vnd.sqlite3+zstd", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Accept-Ranges": "bytes",
				"Content-Disposition": `attachment; filename="list_` + list.String() + `.db.zst"`, "Set-Cookie": "", "Access-Control-Allow-Origin": "",
			} {
				if got.Header.Get(name) != value {
					h.t.Errorf("%s: %s", name, got.Header.Get(name))
				}
			}
			tag := got.Header.Get("ETag")
			if head := h.do(http.MethodHead, address); head.StatusCode != http.StatusOK || head.ContentLength != int64(len(got.body)) || head.Header.Get("ETag") != tag {
				h.t.Errorf("a look at it: %s %v", head.Status, head.Header)
			}
			h.clock.forward(presigned.Life)
			again := h.address(h.anna, "list_"+list.String()) // goes on with what came by the first
			if rest := h.get(again, "Range", "bytes=1000-", "If-Range", tag); rest.StatusCode != http.StatusPartialContent || string(rest.body) != string(got.body[1000:]) {
				h.t.Errorf("the rest: %s %v", rest.Status, rest.Header)
			}
			if other := h.get(again, "Range", "bytes=1000-", "If-Range", `"another"`); other.StatusCode != http.StatusOK || string(other.body) != string(got.body) {
				h.t.Errorf("of another file: %s", other.Status)
			}
			if put := h.do(http.MethodPut, again); put.StatusCode != http.StatusMethodNotAllowed {
				h.t.Errorf("changing it: %s", put.Status)
			}
		})
	})
	t.Run("acts as whom it was given to, whoever asks", func(t *testing.T) {
		each(t, func(h *house) {
			chloe, list := h.joins("chloe"), h.list(20)
			must(h.t, h.Sharing.SetAudience(h.anna.ctx, list, item.AudienceRestricted))
			address := h.address(h.anna, "list_"+list.String())
			for name, header := range map[string][]string{
				"somebody else by a token":  {"Authorization", "Bearer " + chloe.token},
				"somebody else by a cookie": {"Cookie", "partage_session=" + chloe.token},
				"nobody":                    {"Authorization", "Bearer made-up"},
			} {
				if got := h.get(address, header...); got.StatusCode != http.StatusOK {
					h.t.Errorf("%s: %s %s", name, got.Status, got.body)
				}
			}
			if got := h.get("/image/list_"+list.String(), "Authorization", "Bearer "+h.anna.token); !got.is(http.StatusForbidden, "FORBIDDEN", presigned.Foreign) {
				h.t.Errorf("a token in place of the parameter: %s %s", got.Status, got.body)
			}
			for _, path := range []string{"/sync/image/", "/sync/rows/", "/sync/digest/"} {
				if got := h.get(path + strings.TrimPrefix(address, presigned.Path)); !got.is(http.StatusUnauthorized, "UNAUTHENTICATED", "") {
					h.t.Errorf("it opens %s: %s %s", path, got.Status, got.body)
				}
			}
		})
	})
	t.Run("is refused where it was altered, is another's or is over", func(t *testing.T) {
		each(t, func(h *house) {
			list, other := h.list(20), "list_"+h.list(20).String()
			address := h.address(h.anna, "list_"+list.String())
			for name, altered := range map[string]string{
				"another bucket":        altered(h.t, address, func(_, s string) (string, string) { return other, s }),
				"another kind":          altered(h.t, address, func(b, s string) (string, string) { return "black" + b, s }),
				"one that is not there": altered(h.t, address, func(_, s string) (string, string) { return "list_" + uuid.NewString(), s }),
				"the end":               altered(h.t, address, func(b, s string) (string, string) { return b, flip(s, 90) }),
				"the session":           altered(h.t, address, func(b, s string) (string, string) { return b, flip(s, 40) }),
				"the seal":              altered(h.t, address, func(b, s string) (string, string) { return b, flip(s, len(s)-1) }),
				"a part":                address[:len(address)-1],
				"none":                  altered(h.t, address, func(b, s string) (string, string) { return b, "" }),
			} {
				if got := h.get(altered); !got.is(http.StatusForbidden, "FORBIDDEN", presigned.Foreign) {
					h.t.Errorf("%s: %s %s", name, got.Status, got.body)
				}
			}
			h.clock.forward(presigned.Life - time.Minute)
			if got := h.get(address); got.StatusCode != http.StatusOK {
				h.t.Errorf("at its last: %s", got.Status)
			}
			h.clock.forward(time.Minute)
			if got := h.get(address); !got.is(http.StatusForbidden, "FORBIDDEN", presigned.Expired) || got.Header.Get("Cache-Control") != "no-store" {
				h.t.Errorf("after its end: %s %s", got.Status, got.body)
			}
		})
	})
	t.Run("is worth what its session and person are", func(t *testing.T) {
		each(t, func(h *house) {
			bruno, chloe, dora, emil := h.joins("bruno"), h.joins("chloe"), h.joins("dora"), h.joins("emil")
			list := h.list(20)
			bucket := "list_" + list.String()
			ended := func(a answer) bool { return a.is(http.StatusUnauthorized, "UNAUTHENTICATED", "SESSION_ENDED") }
			missing := func(a answer) bool { return a.is(http.StatusNotFound, "NOT_FOUND", "") }
			for _, test := range []struct {
				name    string
				who     person
				happens func() error
				refused func(answer) bool
			}{
				{"logged out", bruno, func() error { _, err := h.Identity.LogOut(bruno.ctx); return err }, ended},
				{"deactivated", chloe, func() error {
					_, err := h.Team.Deactivate(h.anna.ctx, []uuid.UUID{chloe.id}, team.Leads{To: team.KeepLeads})
					return err
				}, ended},
				{"removed from the list", dora, func() error {
					return h.Sharing.SetAccess(h.anna.ctx, list, dora.id, access.LevelNone)
				}, missing},
				{"the list is gone", emil, func() error { return h.Library.Delete(h.anna.ctx, list) }, missing},
			} {
				address := h.address(test.who, bucket)
				if got := h.get(address); got.StatusCode != http.StatusOK {
					h.t.Fatalf("%s: before, %s %s", test.name, got.Status, got.body)
				}
				must(h.t, test.happens())
				if got := h.get(address); !test.refused(got) {
					h.t.Errorf("%s: %s %s", test.name, got.Status, got.body)
				}
			}
		})
	})
	t.Run("is given to nobody who sees only their own rows", func(t *testing.T) {
		each(t, func(h *house) {
			chloe := h.joins("chloe")
			campaign := h.campaign(2 << 20)
			bucket := "campaign_" + campaign.String()
			h.lead(campaign, chloe)
			before := h.address(chloe, bucket)
			if got := h.get(before); got.StatusCode != http.StatusOK {
				h.t.Fatalf("%s %s", got.Status, got.body)
			}
			own := account.MemberLeadsOwn
			must(h.t, h.Team.ChangeAccount(h.anna.ctx, team.Settings{MemberLeads: &own}))
			if address := h.address(chloe, bucket); address != "" {
				h.t.Errorf("it is %s", address)
			}
			if got := h.get(before); got.StatusCode != http.StatusNoContent || len(got.body) > 0 || got.Header.Get("Partage-Image") != "" {
				h.t.Errorf("what was given before: %s %v", got.Status, got.Header)
			}
			if got := h.get(h.address(h.anna, bucket)); got.StatusCode != http.StatusOK {
				h.t.Errorf("the owner: %s", got.Status)
			}
		})
	})
	t.Run("opens on every node", func(t *testing.T) {
		c := storetest.Config(t, dialect.Postgres)
		h := newHouse(t, c)
		address := h.address(h.anna, "list_"+h.list(20).String())
		here, there := h.get(address), h.node(store.Config{URL: c.URL, DataDir: t.TempDir()}).get(address)
		if here.StatusCode != http.StatusOK || there.StatusCode != http.StatusOK || here.Header.Get("ETag") == there.Header.Get("ETag") {
			t.Errorf("%s here, %s there, %s", here.Status, there.Status, there.body)
		}
	})
	t.Run("is in no log", func(t *testing.T) {
		log := make(written, 1000)
		h := newHouse(t, storetest.Config(t, dialect.SQLite), func(c *app.Config) {
			c.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		})
		address := h.address(h.anna, "list_"+h.list(20).String())
		h.get(address)
		h.get(address + "A")
		h.clock.forward(time.Hour)
		h.get(address)
		_, sealed, _ := strings.Cut(address, "=")
		for asked := 0; asked < 3; { // a line is written when its answer is out
			line := <-log
			if strings.Contains(line, sealed) {
				t.Error(line)
			}
			if strings.Contains(line, "/image/list_") {
				asked++
			}
		}
	})
}

// flip returns a parameter of which one character is another.
func flip(s string, at int) string {
	c := byte('A')
	if s[at] == c {
		c = 'B'
	}
	return s[:at] + string(c) + s[at+1:]
}

// written is a log, line by line.
type written chan string

func (w written) Write(p []byte) (int, error) {
	w <- string(p)
	return len(p), nil
}
