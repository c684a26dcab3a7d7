package control

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// All is the key that stands for everything that needs a person's eye.
const All = "all"

// shortestKey is how many characters of a key are taken for one.
const shortestKey = 4

// Resolve writes a decision down in a local copy, and returns how many things it is about. Who keeps the copy carries it
// out. An *Error where the decision makes no sense or nothing has its key.
func Resolve(ctx context.Context, editor *mirror.Editor, d Decision) (int, error) {
	if len(d.Key) < shortestKey && d.Key != All {
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
	if d.Key != All {
		found = slices.DeleteFunc(found, func(a mirror.Attention) bool { return !strings.HasPrefix(a.Key, d.Key) })
	}
	switch {
	case len(found) == 0 && d.Key == All:
		return nil, refuse(NotFound, "Nothing needs your eye.")
	case len(found) == 0:
		return nil, refuse(NotFound, "There is nothing that begins with %q; conflicts lists what there is.", d.Key)
	case len(found) > 1 && d.Key != All:
		return nil, refuse(BadRequest, "Several begin with %q; write more of it.", d.Key)
	case len(d.Set) > 0 && (len(found) > 1 || found[0].What != "refused" || found[0].Op == "delete"):
		return nil, refuse(BadRequest, "Set corrects one addition or change that was refused; name it by its key.")
	}
	return found, nil
}

func refuse(code Code, format string, args ...any) *Error {
	return &Error{code, fmt.Sprintf(format, args...)}
}
