package changes

import (
	"encoding/json"
	"testing"
)

func TestAppendText(t *testing.T) {
	all := make([]byte, 0, 128)
	for c := range 128 {
		all = append(all, byte(c))
	}
	for _, text := range []string{"", "plain", `"`, `\`, `a "quoted" \ path`, "line\nline\ttab\x00", string(all), "Chloé 🙂\u2028", `{"key":"va\"lue"}`} {
		encoded := appendText([]byte("x"), []byte(text))
		var got string
		if err := json.Unmarshal(encoded[1:], &got); err != nil || got != text || encoded[0] != 'x' {
			t.Errorf("%q became %s, %v", text, encoded, err)
		}
	}
}
