package jobs

// Kind is what sort of work a job is. What its input and its parts mean is known to the package that handles it.
type Kind string

// The kinds.
const (
	// CampaignAccess is of package matrix.
	CampaignAccess Kind = "campaign_access"
	// LeadImport and LeadAssignment are of package intake.
	LeadImport     Kind = "lead_import"
	LeadAssignment Kind = "lead_assignment"
)
