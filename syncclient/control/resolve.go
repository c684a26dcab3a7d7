package control

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/mirror"
)

const (
	// all is the key that stands for everything that needs a person's eye.
	all = "all"
	// shortestKey is how many characters of a key are taken for one.
	shortestKey = 4
)

// Decision says what is to become of something that needs a person's eye.
type Decision struct {
	// Key is its key, the first characters of it, or "all".
	Key string `json:"key"`
	// Decision is mine, theirs or both.
	Decision string `json:"decision"`
	// Set corrects columns of what was refused.
	Set map[string]any `json:"set,omitempty"`
}

func (d *Decision) sound() string {
	switch {
	case d.Key == "":
		return "needs the key of what is decided."
	case d.Decision != "mine" && d.Decision != "theirs" && d.Decision != "both":
		return "needs a decision: mine, theirs or both."
	}
	return ""
}

// Resolve writes a decision down in a local copy, and returns how many things it is about. Who keeps the copy carries it
// out. An *Error where the decision makes no sense or nothing has its key.
func Resolve(ctx context.Context, editor *mirror.Editor, d Decision) (int, error) {
	if len(d.Key) < shortestKey && d.Key != all {
		return 0, refuse(BadRequest, "%q is too short for a key: write 4 characters of it or more, or the word all.", d.Key)
	}
	found, err := undecided(ctx, editor, d)
	if err != nil {
		return 0, err
	}
	for _, a := range found {
		var err error
		if len(d.Set) > 0 {
			err = editor.Correct(ctx, a.Key, d.Set)
		}
		if err == nil {
			err = editor.Decide(ctx, a.Key, mirror.Resolution(d.Decision))
		}
		if errors.Is(err, mirror.ErrGone) {
			return 0, refuse(NotFound, "%s does not need your eye any more.", a.Key)
		}
		if err != nil {
			return 0, err
		}
	}
	return len(found), nil
}

// undecided returns what the decision is about: one line, or all of them.
func undecided(ctx context.Context, editor *mirror.Editor, d Decision) ([]mirror.Attention, error) {
	found, err := editor.Attention(ctx)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(a mirror.Attention) bool {
		if d.Key == all { // of which the decision makes sense
			return !slices.Contains(a.Decisions(), mirror.Resolution(d.Decision))
		}
		return !strings.HasPrefix(a.Key, d.Key)
	})
	switch {
	case len(found) == 0 && d.Key == all:
		return nil, refuse(NotFound, "Nothing needs your eye that could be decided as %s.", d.Decision)
	case len(found) == 0:
		return nil, refuse(NotFound, "There is nothing that begins with %q; conflicts lists what there is.", d.Key)
	case len(found) > 1 && d.Key != all:
		return nil, refuse(BadRequest, "Several begin with %q; write more of it.", d.Key)
	case d.Key != all && !slices.Contains(found[0].Decisions(), mirror.Resolution(d.Decision)):
		return nil, refuse(BadRequest, "%s cannot be decided so: it takes %s.", found[0].Key, Words(found[0].Decisions()))
	case len(d.Set) > 0 && (len(found) > 1 || found[0].What != "refused" || found[0].Op == "delete"):
		return nil, refuse(BadRequest, "Set corrects one addition or change that was refused; name it by its key.")
	}
	return found, nil
}

// Words joins decisions for a person: mine, theirs or both.
func Words(all []mirror.Resolution) string {
	text := string(all[0])
	for i, r := range all[1:] {
		between := ", "
		if i == len(all)-2 {
			between = " or "
		}
		text += between + string(r)
	}
	return text
}

func refuse(code Code, format string, args ...any) *Error {
	return &Error{code, fmt.Sprintf(format, args...)}
}
