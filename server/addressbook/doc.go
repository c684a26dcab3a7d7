// Package addressbook is the contacts of contact lists and the entries of blacklists: what they are, the
// commands that write them one by one, how they come in from files, and how they go out as files.
//
// # What it guarantees
//
//   - A command acts for the collaborator in the context and needs the right to change the list or blacklist.
//     What a person does not see and what does not exist are the same fault.
//   - A command is one transaction, an import one for some thousand rows, with the item locked; what it wrote
//     is stamped with the item's next row position and counted. What makes no difference leaves no trace.
//   - An address stands once in a list, and an address or domain once in a blacklist, in normalised form.
//   - Fields that others have changed since the version a change is based on stay (package merge).
//     Suppression is monotone: no stale change, and no import, makes anybody mailable.
//   - Importing the same file again changes nothing.
//   - An export is one state of a list, imports again as the same rows, and is a line of the account's history
//     before anybody has a byte of it. It takes a right of its own.
//
// ReadCSV reads what other programs export, in the encodings and dialects they use, and refuses row by row what
// is no contact, with the line and a sentence. It reads only; Import decides what is in a list already.
//
// Items themselves are package library's.
package addressbook
