package upload

import (
	"encoding/json"
	"net/http"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// maxLeadBytes is the greatest size of a file of leads.
const maxLeadBytes = 16 << 20

// LeadReport is the answer to a file of leads. What is accepted is brought in by a job, which is there when the answer
// comes; after an error nothing of the file is.
type LeadReport struct {
	// Rows is how many rows the file has, without empty ones: the two below together.
	Rows int `json:"rows"`
	// Accepted is how many are leads.
	Accepted int `json:"accepted"`
	// Refused is how many were left out.
	Refused int `json:"refused"`
	// Problems says why rows were left out: the first hundred, by line.
	Problems []Problem `json:"problems"`
	// Job is the id of the job that brings the leads in; null where there are none.
	Job *string `json:"job"`
}

func (u *uploads) leads(w http.ResponseWriter, r *http.Request) {
	id, err := read.ParseIDAs(r.PathValue("id"), "campaign", read.CampaignID)
	if err == nil {
		err = acceptable(r, maxLeadBytes)
	}
	if err != nil {
		u.refuse(w, r, err)
		return
	}
	file := newBody(w, r, maxLeadBytes)
	done, err := u.intake.Import(r.Context(), id, file)
	if err != nil {
		u.refuse(w, r, file.explain(err))
		return
	}
	report := LeadReport{Rows: done.Rows, Accepted: done.Accepted, Refused: done.Refused, Problems: make([]Problem, len(done.Problems))}
	for i, p := range done.Problems {
		report.Problems[i] = Problem{p.Line, fault.Say(p.Why, caller.Locale(r.Context()))}
	}
	if done.Accepted > 0 {
		job := read.GlobalID(read.JobID, done.Job)
		report.Job = &job
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(report)
}
