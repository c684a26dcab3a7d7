package address_test

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
)

func TestParse(t *testing.T) {
	t.Parallel()
	t.Run("gives spellings of one mailbox the same key", func(t *testing.T) {
		t.Parallel()
		for written, key := range map[string]string{
			"ann@example.com":                  "ann@example.com",
			"  Ann@Example.COM\t":              "ann@example.com",
			"\ufeffann@example.com\u200b":      "ann@example.com",
			"ann@example.com\u00a0":            "ann@example.com",
			"Zoé@example.com":                  "zoé@example.com",
			"Zoe\u0301@example.com":            "zoé@example.com",
			"info@Müller.example":              "info@xn--mller-kva.example",
			"info@xn--mller-kva.example":       "info@xn--mller-kva.example",
			"info@ｅｘａｍｐｌｅ.com":                 "info@example.com",
			"info@example。com":                 "info@example.com",
			"o'hara+news@example.co.uk":        "o'hara+news@example.co.uk",
			"a_b-c.d!#$%&*/=?^`{|}~@e.io":      "a_b-c.d!#$%&*/=?^`{|}~@e.io",
			"İstanbul@example.com":             "istanbul@example.com",
			"用户@例子.测试":                         "用户@xn--fsqu00a.xn--0zwm56d",
			strings.Repeat("a", 64) + "@b.com": strings.Repeat("a", 64) + "@b.com",
		} {
			got, err := address.Parse(written)
			if err != nil {
				t.Errorf("Parse(%q): %v", written, err)
			} else if got.Key != key {
				t.Errorf("Parse(%q).Key = %q, want %q", written, got.Key, key)
			}
		}
	})
	t.Run("keeps what was written", func(t *testing.T) {
		t.Parallel()
		got, err := address.Parse("  Ann@Example.COM ")
		if err != nil || got.Written != "Ann@Example.COM" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("refuses with a sentence", func(t *testing.T) {
		t.Parallel()
		for written, part := range map[string]string{
			"":                                       "missing",
			" \t\n":                                  "missing",
			"ann":                                    "exactly one @",
			"a@b@c.com":                              "exactly one @",
			"@example.com":                           "nothing stands before the @",
			"ann@":                                   "domain is missing",
			"ann@example":                            "needs an ending",
			"ann@example.com.":                       "a dot too many",
			"ann@.example.com":                       "domain",
			"ann@exa mple.com":                       "characters that domains cannot have",
			"ann@exam_ple.com":                       "characters that domains cannot have",
			"ann@-example.com":                       "characters that domains cannot have",
			"ann@[192.0.2.1]":                        "not an IP address",
			"ann@192.0.2.1":                          "not an IP address",
			"a nn@example.com":                       "a space cannot stand",
			"a\x00nn@example.com":                    "an invisible character cannot stand",
			"a\u200bnn@example.com":                  "an invisible character cannot stand",
			"a\r\nBcc: x@example.com":                "cannot stand before the @",
			"Ann <ann@example.com>":                  "cannot stand",
			"<ann@example.com>":                      "write the address alone",
			`"ann b"@example.com`:                    "write the address alone",
			"ann(home)@example.com":                  "write the address alone",
			"a@example.com, b@example.com":           "exactly one @",
			".ann@example.com":                       "a dot before the @",
			"ann.@example.com":                       "a dot before the @",
			"an..n@example.com":                      "a dot before the @",
			"ann\xff@example.com":                    "not text",
			strings.Repeat("a", 65) + "@b.com":       "at most 64",
			"a@" + strings.Repeat("b", 64) + ".com":  "longer than 63",
			"a@" + strings.Repeat("bb.", 90) + "com": "at most 254",
		} {
			_, err := address.Parse(written)
			if f := fault.As(err); f == nil || f.Kind != fault.Invalid || !strings.Contains(f.Message, part) {
				t.Errorf("Parse(%q) = %v, want an Invalid fault with %q", written, err, part)
			}
		}
	})
	t.Run("is idempotent and bounded", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			checkParse(t, rapid.StringMatching(`\s?\PC{1,20}@(\pL|[0-9-]){1,12}\.(\pL{2,6}|com)\s?`).Draw(t, "written"))
		})
	})
	t.Run("reads every address of the customers file", func(t *testing.T) {
		t.Parallel()
		for i, line := range sharedLines(t, "contacts/customers-10000.csv") {
			for _, field := range strings.Split(line, ",") {
				if i > 0 && strings.Contains(field, "@") {
					if _, err := address.Parse(field); err != nil {
						t.Errorf("line %d: %v", i+1, err)
					}
				}
			}
		}
	})
}

func TestParseDomain(t *testing.T) {
	t.Parallel()
	t.Run("gives spellings of one domain the same key", func(t *testing.T) {
		t.Parallel()
		for written, key := range map[string]string{
			"Example.COM": "example.com", " @example.com ": "example.com", "Müller.de": "xn--mller-kva.de", "a.b.c.io": "a.b.c.io",
		} {
			if got, err := address.ParseDomain(written); err != nil || got.Key != key {
				t.Errorf("ParseDomain(%q) = %q, %v, want %q", written, got.Key, err, key)
			}
		}
	})
	t.Run("refuses what is no domain", func(t *testing.T) {
		t.Parallel()
		for _, written := range []string{"", " ", "@", "com", "ann@example.com", "https://example.com", "example.com/x", "10.0.0.1", "*.example.com", "a..b", strings.Repeat("a.", 127) + "com"} {
			if got, err := address.ParseDomain(written); !fault.Is(err, fault.Invalid) {
				t.Errorf("ParseDomain(%q) = %q, %v, want an Invalid fault", written, got.Key, err)
			}
		}
	})
	t.Run("reads every line of the disposable domains", func(t *testing.T) {
		t.Parallel()
		for i, line := range sharedLines(t, "blacklists/disposable-domains.txt") {
			if got, err := address.ParseDomain(line); err != nil || got.Key != line {
				t.Errorf("line %d: ParseDomain(%q) = %q, %v", i+1, line, got.Key, err)
			}
		}
	})
}

func TestCovers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		domain, key string
		want        bool
	}{
		{"example.com", "ann@example.com", true},
		{"example.com", "ann@mail.example.com", true},
		{"example.com", "ann@myexample.com", false},
		{"mail.example.com", "ann@example.com", false},
		{"example.com", "ann@example.com.evil.io", false},
		{"", "ann@example.com", false},
		{"example.com", "", false},
	} {
		if got := address.Covers(c.domain, c.key); got != c.want {
			t.Errorf("Covers(%q, %q) = %v", c.domain, c.key, got)
		}
	}
	t.Run("agrees with Domains", func(t *testing.T) {
		t.Parallel()
		label := rapid.StringMatching(`[ab]{1,2}`)
		rapid.Check(t, func(t *rapid.T) {
			domain := strings.Join(rapid.SliceOfN(label, 2, 3).Draw(t, "domain"), ".")
			key := "x@" + strings.Join(rapid.SliceOfN(label, 2, 5).Draw(t, "of the address"), ".")
			listed := false
			for _, d := range address.Domains(key) {
				listed = listed || d == domain
			}
			if listed != address.Covers(domain, key) {
				t.Fatalf("Domains(%q) lists %q: %v", key, domain, listed)
			}
		})
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"ann@example.com", " Zoé@Müller.de ", "İ@ß.de", "a@xn--mller-kva.de", "用户@例子.广告", "a@b", "\xff@a.b", "a@\u200d.com"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkParse(t, s)
		if d, err := address.ParseDomain(s); err == nil {
			if again, err := address.ParseDomain(d.Key); err != nil || again.Key != d.Key {
				t.Fatalf("ParseDomain(%q).Key = %q, and of that %q, %v", s, d.Key, again.Key, err)
			}
		}
	})
}

type failer interface{ Fatalf(string, ...any) }

// checkParse holds what Parse promises of any input.
func checkParse(t failer, s string) {
	got, err := address.Parse(s)
	if err != nil {
		if !fault.Is(err, fault.Invalid) {
			t.Fatalf("Parse(%q): %v is no Invalid fault", s, err)
		}
		return
	}
	if len(got.Key) > address.MaxLength || len(got.Written) > address.MaxLength {
		t.Fatalf("Parse(%q) is too long: %+v", s, got)
	}
	again, err := address.Parse(got.Key)
	if err != nil || again.Key != got.Key {
		t.Fatalf("Parse(%q).Key = %q, and of that %q, %v", s, got.Key, again.Key, err)
	}
	if d := address.DomainOf(got.Key); !address.Covers(d, got.Key) {
		t.Fatalf("Covers(%q, %q) is false", d, got.Key)
	}
}

// sharedLines reads a file of the real input beside the repository, and skips where there is none.
func sharedLines(t *testing.T, name string) []string {
	t.Helper()
	root, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	file, err := os.Open(filepath.Join(root, "..", "shared", "data", filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the real input %s is not beside the repository", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var lines []string
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		lines = append(lines, scanner.Text())
	}
	return lines
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := address.Parse("Ashley.Alexander@Wilson.com"); err != nil {
			b.Fatal(err)
		}
	}
}
