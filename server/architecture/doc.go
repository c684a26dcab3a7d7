// Package architecture holds the whole tree to rules that no single package can see: who imports whom
// (imports.txt), what packages are called, how long a file may be, who looks past the visibility rule, that
// nothing keeps state outside of its values, and that the README speaks of what is there.
//
// It has tests only. They read the source from the disk, so the rules hold for every platform's files. Each
// rule is also shown a few lines that break it. A list of exceptions names each with its reason, and an
// exception that is no longer needed fails as well.
package architecture
