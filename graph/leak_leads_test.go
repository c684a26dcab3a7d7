package graph_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/servertest/scenario"
)

// leakCampaigns says which leads the campaigns of the leak stage have.
func leakCampaigns() map[string][]string {
	return map[string][]string{
		"campaign-restricted": {"lead-restricted"}, "campaign-open": {"lead-open"}, "campaign-common": {"lead-common", "lead-second"},
		"campaign-there": {"lead-there"},
	}
}

// TestLeakOfLeads reads the leads of every campaign as everyone, in bulk and over the API: they hold, and count, exactly
// what the model says, and where that is nothing the feed names no bucket.
func TestLeakOfLeads(t *testing.T) {
	eachLeak(t, func(l *leak) {
		for _, person := range []string{"olga", "carl", "vera", "edna", "rita", "nora", "zoe"} {
			want := map[string]bool{}
			for campaign, leads := range leakCampaigns() {
				if it := l.world.Item(campaign); l.leadsOf(person, it, leads) > 0 {
					want[it.ID] = true
				}
			}
			as := l.world.As(l.world.Person(person))
			a := as.Must(l, `{ changes(first: 500) { buckets { id kind } } }`, nil)
			buckets, _ := a.At("changes.buckets").([]any)
			got := map[string]bool{}
			for _, b := range buckets {
				if b := b.(map[string]any); b["kind"] == "LEADS" {
					got[fmt.Sprint(b["id"])] = true
				}
			}
			if !maps.Equal(got, want) {
				l.Errorf("%s is told of the leads of %v, not of %v", person, got, want)
			}
		}
	})
}

// leadsOf reads the leads of a campaign that a person sees in each way there is, and returns how many there should be.
func (l *leak) leadsOf(person string, campaign *scenario.Item, leads []string) int {
	l.Helper()
	if !l.sees(person, campaign) {
		return 0 // TestLeakOutsideGraphQL and TestLeakByID ask for those
	}
	leads = slices.DeleteFunc(slices.Clone(leads), func(name string) bool { return !l.sees(person, l.world.Item(name)) })
	as := l.world.As(l.world.Person(person))
	const request = `query($c: ID!) { bucketChanges(bucket: $c) { bucket { rows } leads { id name } removals }
		leads(first: 10, filter: {campaigns: [$c]}) { totalCount edges { node { id name } } } }`
	a := as.Must(l, request, vars{"c": campaign.ID})
	l.watch(person, request+campaign.ID, a)
	listed, _ := a.At("leads.edges").([]any)
	pulled, _ := a.At("bucketChanges.leads").([]any)
	for what, n := range map[string]any{"rows of the bucket": a.At("bucketChanges.bucket.rows"), "total": a.At("leads.totalCount"), "listed": len(listed), "pulled": len(pulled)} {
		if fmt.Sprint(n) != fmt.Sprint(len(leads)) {
			l.Errorf("%s gets %v leads of %s as %s, not %d", person, n, campaign.Name, what, len(leads))
		}
	}
	status, _, body := as.Do(l, http.MethodGet, "/sync/rows/"+campaign.ID, nil)
	if status != http.StatusOK || !strings.Contains(string(body), fmt.Sprintf(`"rows":%d,"count":%d,`, len(leads), len(leads))) {
		l.Errorf("%s gets the leads of %s in bulk as %d %s", person, campaign.Name, status, body)
	}
	for _, it := range l.world.Items {
		if it.Kind == "lead" && strings.Contains(string(body), bare(it.ID)) != slices.Contains(leads, it.Name) {
			l.Errorf("%s gets %s: %s", person, campaign.Name, body)
		}
	}
	return len(leads)
}
