package mirror

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// digested returns what an edit is sent with of what the person saw, in place of the values that an open one has: of what
// was taken from them, or has left a list, no copy is to stay with edits. Where it is not known when that was, nothing is
// said; and of what cannot be read.
func digested(seen []byte) string {
	values := map[string]any{}
	_ = json.Unmarshal(seen, &values)
	if at, _ := values["changed_at"].(float64); at == 0 {
		return "{}"
	}
	said := map[string]any{}
	for name, value := range values {
		switch value := value.(type) {
		case float64: // changed_at: microseconds are whole in it for another two centuries
			said[name] = int64(value)
		case string:
			said[name] = protocol.Seen(value)
		case []any:
			ids := make([]string, len(value))
			for i, id := range value {
				ids[i] = fmt.Sprint(id)
			}
			slices.Sort(ids)
			said[name] = protocol.Seen(strings.Join(ids, ","))
		case map[string]any:
			for further, text := range value {
				said[name+"."+further] = protocol.Seen(fmt.Sprint(text))
			}
		}
	}
	text, err := json.Marshal(said)
	if err != nil {
		return "{}"
	}
	return string(text)
}
