package render

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/preslavrachev/gomjml/mjml/components"
)

const (
	maxElements = 5000
	maxSlides   = 30       // of a carousel, whose style sheet grows with their square
	maxRepeated = 64 << 10 // bytes of mj-attributes and inline styles
	maxCost     = 16 << 20 // bytes that a document may make, estimated high
)

// holdsHTML reports whether HTML stands inside of a component, and not components.
func holdsHTML(component string) bool {
	switch component {
	case "mj-text", "mj-button", "mj-table", "mj-raw", "mj-navbar-link", "mj-social-element",
		"mj-accordion-title", "mj-accordion-text", "mj-title", "mj-preview", "mj-style":
		return true
	}
	return false
}

// contents names the components that may stand in a component and reach the mail from there.
func contents(component string) []string {
	switch component {
	case "":
		return []string{"mjml"}
	case "mjml":
		return []string{"mj-head", "mj-body"}
	case "mj-head":
		return []string{"mj-attributes", "mj-font", "mj-preview", "mj-style", "mj-title"}
	case "mj-body":
		return []string{"mj-section", "mj-wrapper", "mj-hero", "mj-raw"}
	case "mj-wrapper":
		return []string{"mj-section", "mj-raw"}
	case "mj-section":
		return []string{"mj-column", "mj-group", "mj-raw"}
	case "mj-group":
		return []string{"mj-column"}
	case "mj-column":
		return []string{
			"mj-text", "mj-button", "mj-image", "mj-divider", "mj-spacer", "mj-table", "mj-social", "mj-navbar",
			"mj-accordion", "mj-carousel", "mj-raw",
		}
	case "mj-hero":
		return []string{"mj-text", "mj-button", "mj-image", "mj-divider", "mj-spacer", "mj-table", "mj-raw"}
	case "mj-social":
		return []string{"mj-social-element"}
	case "mj-navbar":
		return []string{"mj-navbar-link"}
	case "mj-accordion":
		return []string{"mj-accordion-element"}
	case "mj-accordion-element":
		return []string{"mj-accordion-title", "mj-accordion-text"}
	case "mj-carousel":
		return []string{"mj-carousel-image"}
	}
	return nil
}

// holders names the components that component may stand in.
func holders(component string) (out []string) {
	for _, holder := range []string{
		"mjml", "mj-head", "mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column", "mj-hero", "mj-social", "mj-navbar",
		"mj-accordion", "mj-accordion-element", "mj-carousel",
	} {
		if slices.Contains(contents(holder), component) {
			out = append(out, "<"+holder+">")
		}
	}
	return out
}

// survey is a walk over the elements of a skeleton.
type survey struct {
	*part
	*skeleton
	stack    []element
	elements int
	repeated int // bytes that any element may repeat
	cost     int
	heads    int
	bodies   int
}

type element struct {
	name       string
	attributes int // bytes
	children   int
	inline     bool // a style that is written into elements
}

// checkStructure refuses what gomjml would drop, misplace or blow up.
func (p *part) checkStructure(s *skeleton) error {
	w := &survey{part: p, skeleton: s, stack: []element{{}}}
	for _, t := range s.stray {
		p.remark(t.line, false, "%s stands between components and is left out; text belongs into an <mj-text>.", excerpt(t.text))
	}
	decoder := xml.NewDecoder(strings.NewReader(s.out.String()))
	for {
		line, _ := decoder.InputPos()
		t, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) {
			return mistakef(s.original(syntax.Line), "The MJML cannot be read: %s.", syntax.Msg)
		} else if err != nil {
			return mistakef(s.original(line), "The MJML cannot be read.")
		}
		switch t := t.(type) {
		case xml.StartElement:
			err = w.start(t, s.original(line))
		case xml.EndElement:
			w.stack = w.stack[:len(w.stack)-1]
		case xml.CharData:
			if top := w.stack[len(w.stack)-1]; top.inline {
				w.repeated += len(t)
			}
		}
		if err != nil {
			return err
		}
	}
	switch {
	case w.bodies != 1:
		return mistakef(1, "An MJML document is <mjml> with one <mj-body> in it.")
	case w.repeated > maxRepeated || w.cost+w.repeated*w.elements > maxCost:
		return mistakef(1, "The MJML is too large: long attributes or styles are repeated too often.")
	}
	return nil
}

func (w *survey) start(t xml.StartElement, line int) error {
	name, parent := t.Name.Local, &w.stack[len(w.stack)-1]
	size := 0
	for _, a := range t.Attr {
		size += len(a.Name.Local) + len(a.Value) + 4
	}
	if w.elements++; w.elements > maxElements {
		return mistakef(line, "The MJML has more than %d elements.", maxElements)
	}
	parent.children++
	switch {
	case parent.name == "mj-attributes" && (name == "mj-all" || name == "mj-class" || len(holders(name)) > 0):
		w.repeated += size
	case !slices.Contains(contents(parent.name), name):
		return misplaced(name, parent.name, line)
	case name == "mj-carousel-image" && parent.children > maxSlides:
		return mistakef(line, "A carousel has at most %d images.", maxSlides)
	default:
		w.remarkAttributes(t, line)
		w.cost += 8*size + parent.attributes + 2000
	}
	switch name {
	case "mj-head":
		w.heads++
	case "mj-body":
		w.bodies++
	}
	if w.heads > 1 || w.bodies > 1 {
		return mistakef(line, "There is a second <%s>.", name)
	}
	inline := name == "mj-style" && slices.ContainsFunc(t.Attr, func(a xml.Attr) bool { return a.Name.Local == "inline" })
	w.stack = append(w.stack, element{name: name, attributes: size, inline: inline})
	return nil
}

func misplaced(name, parent string, line int) error {
	in := holders(name)
	switch {
	case name == "mj-include":
		return mistakef(line, "<mj-include>: a mail cannot take in other files.")
	case parent == "":
		return mistakef(line, "An MJML document begins with <mjml>, not with <%s>.", excerpt(name))
	case len(in) > 0:
		return mistakef(line, "<%s> cannot stand in <%s>, only in %s.", name, parent, strings.Join(in, ", "))
	case strings.HasPrefix(name, "mj"):
		return mistakef(line, "<%s> is not known here.", excerpt(name))
	}
	return mistakef(line, "<%s> cannot stand in <%s>; HTML belongs into an <mj-text> or <mj-raw>.", excerpt(name), parent)
}

// remarkAttributes tells of attributes that MJML does not know and leaves out.
func (w *survey) remarkAttributes(t xml.StartElement, line int) {
	known := components.AllowedCSSAttributes(t.Name.Local)
	if known == nil {
		return
	}
	for _, a := range t.Attr {
		switch name := a.Name.Local; {
		case name == "mj-class" || name == "css-class" || name == "class",
			strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-"):
		case known[name] == "":
			w.remark(line, false, "<%s> has no attribute %s; it is left out.", t.Name.Local, excerpt(name))
		}
	}
}
