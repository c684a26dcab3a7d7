package syncapi_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
)

// TestImage asks for images over HTTP as sync clients do.
func TestImage(t *testing.T) {
	each(t, func(h *house) {
		t := h.t
		chloe := h.joins("chloe")
		large, small := h.list(2000), h.list(3)
		whole := h.image(h.anna, large)
		var said struct {
			Kind, State, Digest, Next string
			Rows, Bytes               int64
		}
		must(t, json.Unmarshal([]byte(whole.Header.Get("Partage-Image")), &said))
		if whole.StatusCode != http.StatusOK || whole.Header.Get("Content-Type") != "application/vnd.sqlite3+zstd" || whole.Header.Get("Cache-Control") != "no-store" ||
			said.Kind != "contacts" || said.Rows != 2000 || said.Next == "" || said.Bytes < 4096 || len(whole.body) == 0 {
			t.Fatalf("%s %v", whole.Status, whole.Header)
		}
		tag := whole.Header.Get("ETag")
		rest := h.image(h.anna, large, "Range", "bytes=1000-", "If-Range", tag)
		if rest.StatusCode != http.StatusPartialContent || string(rest.body) != string(whole.body[1000:]) || rest.Header.Get("Partage-Image") == "" {
			t.Errorf("the rest: %s %v", rest.Status, rest.Header)
		}
		if other := h.image(h.anna, large, "Range", "bytes=1000-", "If-Range", `"another"`); other.StatusCode != http.StatusOK || string(other.body) != string(whole.body) {
			t.Errorf("of another file: %s", other.Status)
		}
		if theirs := h.image(chloe, large); theirs.Header.Get("ETag") != tag || string(theirs.body) != string(whole.body) || theirs.Header.Get("Partage-Image") == whole.Header.Get("Partage-Image") {
			t.Error("somebody else does not get the same file with a cursor of their own")
		}
		if few := h.image(h.anna, small); few.StatusCode != http.StatusNoContent || len(few.body) > 0 {
			t.Errorf("of three rows: %s", few.Status)
		}
		must(t, h.Sharing.SetAudience(h.anna.ctx, large, item.AudienceRestricted))
		if gone := h.image(chloe, large, "Range", "bytes=1000-", "If-Range", tag); !gone.is(http.StatusNotFound, "NOT_FOUND", "") {
			t.Errorf("who does not see it any more: %s %s", gone.Status, gone.body)
		}
		if none := h.image(h.anna, uuid.New()); !none.is(http.StatusNotFound, "NOT_FOUND", "") {
			t.Errorf("of a list that is not there: %s %s", none.Status, none.body)
		}
		if nobody := h.image(person{token: "made-up"}, large); nobody.StatusCode != http.StatusUnauthorized {
			t.Errorf("nobody gets %s", nobody.Status)
		}
	})
}
