package fault

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// kept is a sentence as it is stored: what it was made of, so that it can be said in the language of whoever reads it later.
type kept struct {
	Say  string `json:"say"`
	With []any  `json:"with,omitempty"` // strings, whole numbers, words and sentences
}

// Keep returns an error's sentence in a form of at most a number of runes that Kept can read and say in any language.
// What has no room is cut, and then said in English.
func Keep(err error, most int) string {
	f := As(err)
	if f == nil {
		f = &Fault{Message: err.Error()}
	}
	text, jsonErr := json.Marshal(f.kept())
	if jsonErr == nil && utf8.RuneCount(text) <= most {
		return string(text)
	}
	cut := []rune(f.Message)
	for n := min(len(cut), most); ; n-- {
		text, _ := json.Marshal(kept{Say: "%s", With: []any{string(cut[:n])}}) // a string
		if utf8.RuneCount(text) <= most || n == 0 {
			return string(text)
		}
	}
}

// Kept returns the fault that Keep was given, with nothing but its sentence. Of a text that Keep did not write it makes a fault
// that says just that.
func Kept(text string) *Fault {
	var k kept
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	if err := d.Decode(&k); err != nil || d.More() {
		return &Fault{Message: text}
	}
	return k.fault()
}

func (f *Fault) kept() kept {
	if f.format == "" || fmt.Sprintf(f.format, f.args...) != f.Message {
		return kept{Say: "%s", With: []any{f.Message}}
	}
	k := kept{Say: f.format}
	for _, a := range f.args {
		switch a := a.(type) {
		case Word:
			k.With = append(k.With, map[string]string{"word": string(a)})
		case *Fault:
			k.With = append(k.With, a.kept())
		case string, int, int64:
			k.With = append(k.With, a)
		default: // others are kept in English
			return kept{Say: "%s", With: []any{f.Message}}
		}
	}
	return k
}

func (k kept) fault() *Fault {
	args := make([]any, len(k.With))
	for i, a := range k.With {
		switch a := a.(type) {
		case json.Number:
			args[i], _ = a.Int64() // Keep wrote a whole one
		case map[string]any:
			if word, ok := a["word"].(string); ok {
				args[i] = Word(word)
				continue
			}
			say, _ := a["say"].(string)
			with, _ := a["with"].([]any)
			args[i] = kept{say, with}.fault()
		default:
			args[i] = a
		}
	}
	return New("", k.Say, args...)
}
