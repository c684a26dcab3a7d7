package graph

import (
	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/merge"
)

// mend splits an error of a command: what a person can mend goes into the payload, the rest is the
// request's error. A command may blame several fields at once, with joined faults.
func mend(err error) ([]*model.UserError, error) {
	if err == nil {
		return []*model.UserError{}, nil
	}
	var errs []*model.UserError
	for _, err := range parts(err) {
		f := fault.As(err)
		if f == nil {
			return nil, err
		}
		e := &model.UserError{Fault: f, Field: optional(f.Field)}
		switch f.Kind {
		case fault.Invalid:
			e.Code = model.UserErrorCodeInvalid
		case fault.Conflict:
			e.Code = model.UserErrorCodeConflict
		default:
			return nil, err
		}
		errs = append(errs, e)
	}
	return errs, nil
}

// parts returns the errors that were joined, also by several joins, or the one error.
func parts(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, err := range joined.Unwrap() {
		all = append(all, parts(err)...)
	}
	return all
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// outcome is what a command left: the thing read again as the viewer, or what a person can mend.
func outcome[T any](err error, again func() (T, error)) (thing T, errs []*model.UserError, _ error) {
	errs, err = mend(err)
	if err != nil || len(errs) > 0 {
		return thing, errs, err
	}
	thing, err = again()
	return thing, errs, err
}

func conflicts(found []merge.Conflict) []*model.FieldConflict {
	list := make([]*model.FieldConflict, len(found))
	for i, c := range found {
		list[i] = &model.FieldConflict{Field: c.Field, Yours: c.Yours, Theirs: c.Theirs}
	}
	return list
}
