package model_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/partage-mail/partage/syncclient/clienttest/model"
)

// setting is a number from the environment, for those who play by hand.
func setting(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

func firstSeed(t *testing.T) uint64 { return setting(t, "MODEL_SEED", 1) }

// budget is how many histories are played.
func budget(t *testing.T) int {
	every := uint64(5000)
	if raced {
		every = 400
	}
	return int(setting(t, "MODEL_HISTORIES", every))
}

// TestHistories plays histories in which every rule is kept, and fails with what replays the first that breaks.
func TestHistories(t *testing.T) {
	n, seed, fault := budget(t), firstSeed(t), model.Fault(setting(t, "MODEL_FAULT", 0))
	const lanes = 2
	var mu sync.Mutex
	counts := map[string]int{}
	t.Run("all", func(t *testing.T) {
		for lane := range lanes {
			t.Run(fmt.Sprint(lane), func(t *testing.T) {
				t.Parallel()
				for i := lane; i < n; i += lanes {
					h := model.Play(seed+uint64(i), fault)
					mu.Lock()
					for what, times := range h.Counts {
						counts[what] += times
					}
					mu.Unlock()
					if h.Broken == "" {
						continue
					}
					if n == 1 {
						t.Log(strings.Join(model.Trace(h.Seed, h.Fault).Trace, "\n"))
					}
					t.Fatalf("%s\nreplay: MODEL_SEED=%d MODEL_HISTORIES=1 MODEL_FAULT=%d go test ./syncclient/clienttest/model -run TestHistories -v",
						h.Broken, h.Seed, h.Fault)
				}
			})
		}
	})
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%9d %s", counts[what], what)
	}
}

// TestReplay plays histories twice: the same seed is the same history, to the last step.
func TestReplay(t *testing.T) {
	for i := range 20 {
		a, b := model.Trace(firstSeed(t)+uint64(i), model.None), model.Trace(firstSeed(t)+uint64(i), model.None)
		if !slices.Equal(a.Trace, b.Trace) || len(a.Trace) == 0 {
			t.Fatalf("seed %d is two histories", a.Seed)
		}
	}
}
