package protocol

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestID(t *testing.T) {
	t.Parallel()
	const plain = "01900000-0000-7000-8000-00000000000a"
	kind, got, err := ID("list_" + strings.ToUpper(plain)).Split()
	if err != nil || kind != KindList || got != plain {
		t.Fatalf("got %q, %q, %v", kind, got, err)
	}
	if got := Global(KindList, plain); got != "list_"+plain {
		t.Fatalf("got %q", got)
	}
	if _, err := ID("list_" + plain).Of(KindCampaign); err == nil {
		t.Fatal("the id of a list was taken for that of a campaign")
	}
	for _, wrong := range []ID{"", "_", "list", "list_", "_" + plain, ID(plain), "list_" + plain + "0", "list_0190000000007000800000000000000a", "list_{1900000-0000-7000-8000-00000000000a}"} {
		if _, _, err := wrong.Split(); err == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}

func TestMoment(t *testing.T) {
	t.Parallel()
	var got struct {
		A Moment
		B *Moment
		C Enum
	}
	if err := json.Unmarshal([]byte(`{"a":"2026-11-21T09:30:00.123456Z","b":null,"c":"CONTACT_LIST"}`), &got); err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 11, 21, 9, 30, 0, 123456000, time.UTC).UnixMicro(); int64(got.A) != want || got.B != nil || got.C != "contact_list" {
		t.Fatalf("got %+v, want %d", got, want)
	}
	for _, wrong := range []string{`{"a":5}`, `{"a":""}`, `{"a":"2026-11-21"}`, `{"c":5}`} {
		if err := json.Unmarshal([]byte(wrong), &got); err == nil {
			t.Errorf("%s was taken", wrong)
		}
	}
}

// FuzzParseRows looks for bodies that are taken without being a whole page, or that end the program.
func FuzzParseRows(f *testing.F) {
	whole := `{"kind":"entries","columns":["id","kind","value","reason","note","version","created_at","changed_at"],"state":"s","rows":1,"next":"n","more":true,"count":1}` + "\n[[1]]\n[]\n"
	f.Add([]byte(whole), "")
	f.Add([]byte(whole), "n")
	f.Add([]byte(whole[:len(whole)-2]), "")
	f.Add([]byte("{}\n[]\n[]\n"), "")
	f.Add([]byte("\n\n\n"), "")
	f.Fuzz(func(t *testing.T, body []byte, after string) {
		page, err := ParseRows(body, after)
		if err != nil {
			return
		}
		if page.Next == "" || page.More && page.Next == after || page.State == "" || page.Count < 0 || page.Rows < 0 {
			t.Fatalf("taken: %+v", page.RowHeader)
		}
		if !isArray(page.Upserts) || !isArray(page.Removed) {
			t.Fatalf("taken: %q, %q", page.Upserts, page.Removed)
		}
	})
}
