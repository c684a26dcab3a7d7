package read

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/matrix"
)

// Title returns the work in a sentence, in the viewer's language.
func (j *Job) Title(ctx context.Context) (string, error) {
	locale, err := j.page.locale(ctx)
	if err != nil {
		return "", err
	}
	french := locale == user.LocaleFr
	name := ""
	if it, err := j.Item(ctx); err != nil {
		return "", err
	} else if it != nil {
		name = it.shared().row.Name
	}
	switch j.Kind() {
	case jobs.LeadImport:
		return inLanguage(french, "Import leads into %s", "Importer des prospects dans %s", quoted(french, name)), nil
	case jobs.LeadAssignment:
		return inLanguage(french, "Deal out the waiting leads of %s", "Distribuer les prospects en attente de %s", quoted(french, name)), nil
	}
	var what struct {
		Label matrix.Label `json:"label"`
	}
	if err := json.Unmarshal([]byte(j.What), &what); err != nil {
		return "", fmt.Errorf("reading a job: %w", err)
	}
	title := accessTitle(french, what.Label)
	if j.Job.UndoOf != nil {
		return inLanguage(french, "Undo of “%s”", "Annulation de «\u202f%s\u202f»", title), nil
	}
	return title, nil
}

func accessTitle(french bool, l matrix.Label) string {
	whom := l.Person
	if whom == "" {
		whom = counted(french, l.People, "person", "people", "personne", "personnes")
	}
	what := counted(french, l.Campaigns, "campaign", "campaigns", "campagne", "campagnes")
	if l.All {
		what = inLanguage(french, "all campaigns", "toutes les campagnes")
		if l.Except > 0 {
			what = inLanguage(french, "all campaigns but %d", "toutes les campagnes sauf %d", l.Except)
		}
	}
	return inLanguage(french, "Access of %s to %s", "Accès de %s à %s", whom, what)
}

// JobCount is one count of a job's outcome.
type JobCount struct {
	// Name is the count's name in capitals, Label the same in the viewer's language.
	Name, Label string
	Count       int64
}

// jobCounts are the counts in the order they are shown: stored name, English, French.
func jobCounts() [][3]string {
	return [][3]string{
		{"added", "access given", "accès donnés"},
		{"removed", "access taken away", "accès retirés"},
		{"round_robin_on", "round robins joined", "tours de rôle rejoints"},
		{"round_robin_off", "round robins left", "tours de rôle quittés"},
		{"restored", "restored", "rétablis"},
		{"unchanged", "as asked already", "déjà comme demandé"},
		{"kept", "kept, since they made the campaign", "conservés, car la campagne est la leur"},
		{"changed_since", "changed since, and left so", "modifiés depuis, laissés ainsi"},
		{"gone", "left out, since the person or the campaign is gone", "laissés de côté, personne ou campagne disparue"},
		{"imported", "imported", "importés"},
		{"assigned", "assigned", "attribués"},
		{"waiting", "waiting", "en attente"},
		{"duplicates", "near-duplicates", "doublons probables"},
	}
}

// Outcome returns what became of the parts so far.
func (j *Job) Outcome(ctx context.Context) ([]*JobCount, error) {
	counts, err := j.counts()
	if err != nil {
		return nil, err
	}
	locale, err := j.page.locale(ctx)
	if err != nil {
		return nil, err
	}
	list := []*JobCount{}
	for _, c := range jobCounts() {
		if n := counts[c[0]]; n > 0 {
			list = append(list, &JobCount{strings.ToUpper(c[0]), inLanguage(locale == user.LocaleFr, c[1], c[2]), n})
		}
	}
	return list, nil
}

func inLanguage(french bool, english, inFrench string, args ...any) string {
	if french {
		english = inFrench
	}
	if len(args) == 0 {
		return english
	}
	return fmt.Sprintf(english, args...)
}

func counted(french bool, n int, words ...string) string {
	if french {
		words = words[2:]
	}
	if n == 1 || french && n == 0 {
		return fmt.Sprintf("%d %s", n, words[0])
	}
	return fmt.Sprintf("%d %s", n, words[1])
}

func quoted(french bool, name string) string {
	if name == "" {
		return inLanguage(french, "a campaign", "une campagne")
	}
	return inLanguage(french, "“%s”", "«\u00a0%s\u00a0»", name)
}
