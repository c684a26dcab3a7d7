// Package addressbook is the contacts of contact lists: what a contact is, and how contacts come in from files.
//
// ReadCSV reads what other programs export, in the encodings and dialects they use, and refuses row by row what
// is no contact, with the line and a sentence. It reads only: whether an address is already in a list
// is decided where the rows are written.
package addressbook
