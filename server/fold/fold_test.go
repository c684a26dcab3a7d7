package fold_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/partage-mail/partage/server/fold"
)

func TestFold(t *testing.T) {
	t.Parallel()
	t.Run("folds what people type differently", func(t *testing.T) {
		t.Parallel()
		for in, want := range map[string]string{
			"":                          "",
			"  Hello\t\r\n  World ":     "hello world",
			"Élodie Cœur":               "elodie coeur",
			"François-Noël":             "francois-noel",
			"Zoe\u0308 L’Haÿ":           "zoe l'hay",
			"Œuvre d\u2019été":          "oeuvre d'ete",
			"Işıl Çağrı ÖZGÜR":          "isil cagri ozgur",
			"İstanbul IŞIK ısı":         "istanbul isik isi",
			"Straße STRASSE":            "strasse strasse",
			"Łukasz Ødegård Ðorđe":      "lukasz odegard dorde",
			"ﬁn ｆｕｌｌ ②":                 "fin full 2",
			"a\u00a0b\u2003c":           "a b c",
			"soft\u00adhyphen\u200bed":  "softhyphened",
			"Newsletter – 14 Juillet":   "newsletter - 14 juillet",
			"Ελλάς":                     "ελλασ",
			"broken \xff\xfe text\x00!": "broken text !",
		} {
			if got := fold.Fold(in); got != want {
				t.Errorf("Fold(%q) = %q, want %q", in, got, want)
			}
		}
	})
	t.Run("is idempotent and tidy", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) { check(t, rapid.String().Draw(t, "s")) })
	})
	t.Run("ignores case", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			s := rapid.StringMatching(`[a-zéèêëàâîïôûùçœæğışöü' -]{0,20}`).Draw(t, "s")
			if a, b := fold.Fold(s), fold.Fold(strings.ToUpper(s)); a != b {
				t.Fatalf("Fold(%q) = %q, in capitals %q", s, a, b)
			}
		})
	})
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"Élodie Cœur", "Işıl", "\xff", "a\u0345\u0301", "ﷺ", "ẞ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) { check(t, s) })
}

func check(t interface{ Fatalf(string, ...any) }, s string) {
	once := fold.Fold(s)
	if twice := fold.Fold(once); twice != once {
		t.Fatalf("Fold(%q) = %q, and of that %q", s, once, twice)
	}
	if once != strings.Join(strings.Fields(once), " ") {
		t.Fatalf("Fold(%q) = %q has space to spare", s, once)
	}
	if len(once) > 12*len(s) {
		t.Fatalf("Fold of %d bytes has %d", len(s), len(once))
	}
}

func BenchmarkFold(b *testing.B) {
	for name, s := range map[string]string{"ASCII": "Spring sale, week 14", "French": "Soldes d’été, l’œuvre"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				fold.Fold(s)
			}
		})
	}
}
