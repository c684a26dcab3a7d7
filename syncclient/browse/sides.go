package browse

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
)

// value is one field of an edit, as a person reads it.
type value struct {
	text string
	// flag: it is yes or no.
	flag bool
	// ids are what a campaign names.
	ids []string
}

// valuesOf reads an object of columns; further fields of a contact become fields of their own, behind a dot.
func valuesOf(object json.RawMessage) map[string]value {
	var columns map[string]any
	_ = json.Unmarshal(object, &columns) // a program may have made anything of it: then there is nothing to show
	values := map[string]value{}
	for name, v := range columns {
		switch v := v.(type) {
		case string:
			values[name] = value{text: v}
		case bool:
			values[name] = value{text: map[bool]string{true: "yes", false: "no"}[v], flag: true}
		case map[string]any:
			for key, one := range v {
				text, _ := one.(string)
				values[name+"."+key] = value{text: text}
			}
		case []any:
			var ids []string
			for _, one := range v {
				if id, is := one.(string); is {
					ids = append(ids, id)
				}
			}
			values[name] = value{ids: ids}
		case nil:
			values[name] = value{}
		default:
			text, _ := json.Marshal(v)
			values[name] = value{text: string(text)}
		}
	}
	return values
}

// mostLines is how many lines of one value are shown.
const mostLines = 8

// sides draws mine and theirs, side by side where there is room, else one below the other.
func (s *compare) sides(width int) []string {
	mine, theirs := valuesOf(s.a.Mine), valuesOf(s.a.Theirs)
	label := min(18, width/5)
	half := (width - label - 8) / 2
	beside := half >= 24
	var lines []string
	if beside {
		lines = append(lines, "  "+pad("", label)+"  "+s.palette.mine.Render(pad("Mine", half))+"  "+s.palette.theirs.Render(pad("Theirs, there now", half)),
			"  "+s.faint.Render(strings.Repeat("─", label)+"  "+strings.Repeat("─", half)+"  "+strings.Repeat("─", half)))
	}
	for _, name := range slices.Sorted(maps.Keys(mine)) {
		called := s.label(name)
		my, their := s.worded(mine[name]), s.worded(theirs[name])
		_, there := theirs[name]
		if !there {
			their = ""
		}
		my, their = fromDifference(my, their)
		if !beside {
			lines = append(lines, "  "+s.strong.Render(clip(called, width-4)))
			lines = append(lines, s.side("Mine", my, width, s.palette.mine)...)
			lines = append(lines, s.side("Theirs", s.orAbsent(their, there), width, s.palette.theirs)...)
			continue
		}
		left, right := wrap(s.orEmpty(my), half, mostLines), wrap(s.orAbsent(their, there), half, mostLines)
		for i := range max(len(left), len(right), 1) {
			lines = append(lines, "  "+s.faint.Render(pad(first(called, i), label))+"  "+s.palette.mine.Render(pad(at(left, i), half))+"  "+s.palette.theirs.Render(pad(at(right, i), half)))
		}
	}
	if len(mine) == 0 && s.a.Op == "delete" {
		lines = append(lines, "  "+s.faint.Render(clip("You had deleted it.", width-4)))
	}
	return lines
}

func (s *compare) side(label, value string, width int, as lipgloss.Style) []string {
	var lines []string
	for i, l := range wrap(s.orEmpty(value), width-14, mostLines) {
		lines = append(lines, "    "+s.faint.Render(pad(first(label, i), 8))+" "+as.Render(l))
	}
	return lines
}

func (s *compare) label(name string) string {
	if column, key, is := strings.Cut(name, "."); is && column == further {
		return key
	}
	if known := s.kind.label(name); known != "" {
		return known
	}
	return name
}

// worded puts the names of lists in place of their ids.
func (s *compare) worded(v value) string {
	if v.flag {
		return v.text
	}
	if len(v.ids) == 0 {
		return v.text
	}
	var all []string
	for _, id := range v.ids {
		if name := s.names[id]; name != "" {
			id = name
		}
		all = append(all, id)
	}
	return strings.Join(all, ", ")
}

func (s *compare) orEmpty(text string) string {
	if text == "" {
		return "(empty)"
	}
	return text
}

func (s *compare) orAbsent(text string, there bool) string {
	if !there {
		return "(not there)"
	}
	return s.orEmpty(text)
}

// commonShown is how many bytes of what two long texts have in common are shown before they differ.
const commonShown = 60

// fromDifference leaves out what two long texts have in common at their beginning.
func fromDifference(a, b string) (string, string) {
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	if same < 4*commonShown || b == "" || a == b {
		return a, b
	}
	from := same - commonShown
	return "… " + strings.ToValidUTF8(a[from:], ""), "… " + strings.ToValidUTF8(b[from:], "")
}

func first(text string, i int) string {
	if i > 0 {
		return ""
	}
	return text
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
