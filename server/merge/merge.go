// Package merge decides, field by field, what a change that was made on an older version of a row may
// still do.
//
// A row has a version and remembers for each field the version in which it last changed. A change names
// the version it is based on. A field that nobody has changed since then takes the new value; a field that
// somebody has changed keeps the value it has, and the other one is reported as a conflict. So changes of
// different fields never meet, in whatever order they arrive, and of two changes of one field the first
// stays and the second is told.
//
// Fields that only mean something together, such as a body and its format, are bound: all of them that a change
// sets are taken, or none (Bind).
//
// A server that is put back to a backup counts on from there, so a version may be another one than that of the same
// number which the change was made on. A change that says what was seen is held against the values, too (Base.Seen).
//
// The package is pure: it reads and writes no rows. The caller holds the row locked from reading it to
// writing what the merge says, and leaves a row alone of which nothing changed.
package merge

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
)

// Reasons of the Conflict faults that late changes meet.
const (
	// Changed: others have changed what was to be deleted.
	Changed = "CHANGED"
	// OnlineOnly: it would let somebody be mailed who must not be, which is for a person who looks at it as it is.
	OnlineOnly = "ONLINE_ONLY"
)

// Conflict is a field that the change wanted to set and somebody else has set meanwhile.
type Conflict struct {
	// Field is the name of the field.
	Field string
	// Yours is the value that was not taken, Theirs the one that stays.
	Yours, Theirs string
}

// Base is what a late change was made on: one that was written down without contact to the row.
type Base struct {
	// Version is the version that the person saw.
	Version int64
	// Own are versions that the same hand made before this change; what they set is no conflict.
	Own []int64
	// At is when that version was made. Zero where it is not said.
	At instant.Instant
	// Seen is, of fields that the change sets, the digest of the value that the person saw. What a row has that was
	// changed after At and is neither that nor of the same hand is a conflict, whatever its version.
	Seen map[string]string
}

// Digest is what Base.Seen has of a value: the first 8 bytes of its SHA-256, in base64url without padding.
func Digest(value string) string {
	sum := sha256.Sum256([]byte(value))
	return base64.RawURLEncoding.EncodeToString(sum[:8])
}

// unseen reports whether a field of a row that was changed at a moment has another value than the person saw.
func (b Base) unseen(field, value string, changed instant.Instant) bool {
	seen, said := b.Seen[field]
	return said && changed > b.At && seen != Digest(value)
}

// UpToDate reports whether everything that led to a row's version, which was made at a moment, was seen, or was the same
// hand's.
func (b Base) UpToDate(version int64, changed instant.Instant) bool {
	if version <= b.Version && b.At != 0 && changed > b.At && !slices.Contains(b.Own, version) {
		return false // the server was restored, and this version is of its new life
	}
	since := make(map[int64]struct{})
	for _, v := range b.Own {
		if v > b.Version && v <= version {
			since[v] = struct{}{}
		}
	}
	return int64(len(since)) >= version-b.Version
}

// Outcome is what became of a change.
type Outcome struct {
	// Version is the version of the row that it made; 0 where it changed nothing, so that nobody takes for their own
	// what others made.
	Version int64
	// Conflicts are the fields that were not taken.
	Conflicts []Conflict
}

// Merge is one change of one row on its way. It is for one goroutine.
type Merge struct {
	version   int64
	at        instant.Instant
	base      Base
	versions  map[string]int64
	bound     []map[string]string
	changed   []string
	conflicts []Conflict
}

// New begins a change of a row. version is the row's now and base the one the change was made on; versions
// says in which version a field last changed, a field that is not in it in the first. A base that never
// was is an Invalid fault on "baseVersion".
func New(version, base int64, versions map[string]int64) (*Merge, error) {
	if base < 1 || base > version {
		return nil, fault.Field("baseVersion", "There is no version %d; the newest is %d.", base, version)
	}
	return &Merge{version: version, base: Base{Version: base}, versions: versions}, nil
}

// Late begins a change, made without contact, of a row that was last changed at a moment. A base above the row's version
// is as good as that version: the row's server was restored from a backup.
func Late(version int64, at instant.Instant, base Base, versions map[string]int64) *Merge {
	return &Merge{version: version, at: at, base: base, versions: versions}
}

// Bind has fields, which are given with the values that the row has, stand or fall together: where one of them has
// changed since the base, none is taken. Call it before Take.
func (m *Merge) Bind(fields map[string]string) { m.bound = append(m.bound, fields) }

// UpToDate reports whether the change was made on the row as it is.
func (m *Merge) UpToDate() bool { return m.base.UpToDate(m.version, m.at) }

// stale reports whether somebody else has changed a field, which has the value theirs, or one that it is bound to, since
// the base.
func (m *Merge) stale(field, theirs string) bool {
	for _, together := range m.bound {
		if _, bound := together[field]; !bound {
			continue
		}
		for other, value := range together {
			if m.moved(other, value) {
				return true
			}
		}
	}
	return m.moved(field, theirs)
}

func (m *Merge) moved(field, theirs string) bool {
	v := max(m.versions[field], 1)
	return !slices.Contains(m.base.Own, v) && (v > m.base.Version || m.base.unseen(field, theirs, m.at))
}

// Take decides on a field: it reports whether the caller is to write yours in place of theirs, the value
// the row has. Equal values are neither a change nor a conflict. Each field is asked about once.
func (m *Merge) Take(field, yours, theirs string) bool {
	switch {
	case yours == theirs:
		return false
	case m.stale(field, theirs):
		m.Refuse(field, yours, theirs)
		return false
	}
	m.Set(field)
	return true
}

// Set counts a field as changed whatever the versions say: for a value that no other may keep out.
func (m *Merge) Set(field string) { m.changed = append(m.changed, field) }

// Refuse counts a field as a conflict whatever the versions say: for a value that needs an up-to-date eye.
func (m *Merge) Refuse(field, yours, theirs string) {
	m.conflicts = append(m.conflicts, Conflict{field, yours, theirs})
}

// Changed returns the fields to write, in the order they were taken. None: the row stays as it is.
func (m *Merge) Changed() []string { return slices.Clone(m.changed) }

// Conflicts returns the fields that were not taken.
func (m *Merge) Conflicts() []Conflict { return slices.Clone(m.conflicts) }

// Version returns the row's version after the change.
func (m *Merge) Version() int64 {
	if len(m.changed) == 0 {
		return m.version
	}
	return m.version + 1
}

// Made returns the version that the change makes; 0 where it changes nothing.
func (m *Merge) Made() int64 {
	if len(m.changed) == 0 {
		return 0
	}
	return m.Version()
}

// Versions returns in which version each field last changed, after the change. The map is the caller's.
func (m *Merge) Versions() map[string]int64 {
	after := maps.Clone(m.versions)
	if after == nil {
		after = make(map[string]int64, len(m.changed))
	}
	for _, field := range m.changed {
		after[field] = m.Version()
	}
	return after
}
