package clienttest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// lie is what a wire does that no network does: a rule of the protocol is broken, which the simulation has to find.
type lie string

var noRemovals = regexp.MustCompile(`"removals":\[[^\]]*\]`)

// untrue changes an answer.
func (l lie) untrue(answer []byte) []byte {
	if l == "removals are not told" {
		return noRemovals.ReplaceAll(answer, []byte(`"removals":[]`))
	}
	return answer
}

// swallowed answers a push in the server's place, as if all of it had been taken.
func (l lie) swallowed(r *recorded) []byte {
	if l != "pushes are answered and lost" || r.path != "/sync/push" {
		return nil
	}
	var push struct {
		Mutations []struct {
			Number int `json:"number"`
		} `json:"mutations"`
	}
	if json.Unmarshal(r.body, &push) != nil || len(push.Mutations) == 0 {
		return nil
	}
	type result struct {
		Number  int    `json:"number"`
		State   string `json:"state"`
		Version int    `json:"version"`
	}
	var said struct {
		Last    int      `json:"last"`
		Results []result `json:"results"`
	}
	for _, m := range push.Mutations {
		said.Last = m.Number
		said.Results = append(said.Results, result{m.Number, "applied", 0})
	}
	text, err := json.Marshal(said)
	if err != nil {
		return nil
	}
	return text
}

// TestSimulationFinds plays the simulation in a process of its own with each lie, and fails where it is believed.
func TestSimulationFinds(t *testing.T) {
	for _, l := range []lie{"removals are not told", "pushes are answered and lost"} {
		t.Run(string(l), func(t *testing.T) {
			child := exec.Command(os.Args[0], "-test.run", "^TestSimulation$", "-test.failfast")
			child.Env = append(os.Environ(), simulations+"=5", simulationLie+"="+string(l))
			said, err := child.CombinedOutput()
			if err == nil {
				t.Fatal("not found in 5 histories")
			}
			if !bytes.Contains(said, []byte("replay:")) {
				t.Fatalf("it ended otherwise: %s", said)
			}
		})
	}
}
