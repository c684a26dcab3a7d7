package protocol

// page are the fields of a page of the workspace's changes.
const page = `
    account { id name defaultAudience locale timeZone desktopLockDays desktopEraseDays version createdAt }
    collaborators { id email firstName lastName role status canSend canExport version createdAt }
    items {
      id name audience myLevel creator { id } changedBy { id } version createdAt changedAt archivedAt
      ... on Campaign {
        subject preheader format body senderName senderEmail replyTo state
        lists { id } listsRestricted blacklists { id } blacklistsRestricted
      }
      ... on Template { subject preheader format body }
      ... on ContactList { description }
      ... on Blacklist { description }
    }
    buckets { id kind state rows }
    removals rows { bucket from page } next more lastMutation`

// ChangesDocument asks for a page of the workspace's changes, with rows of buckets that it names. Variables: after,
// first, held, replica.
const ChangesDocument = `query Changes($after: String, $first: Int!, $held: [HeldBucketInput!], $replica: ID) {
  changes(after: $after, first: $first, held: $held, replica: $replica) {` + page + `
  }
}`

// ChangedDocument subscribes to hints, and from a cursor on to what changed. Variables: after, held.
const ChangedDocument = `subscription Changed($after: String, $held: [HeldBucketInput!]) {
  changed(after: $after, held: $held) { workspace buckets from delta {` + page + `
  } }
}`

// ViewerDocument asks who is signed in.
const ViewerDocument = `query Viewer {
  viewer {
    user { id email firstName lastName }
    account { id name }
    collaborator { id role }
    accounts { account { id name } role }
  }
}`

// LogInDocument signs in. Variable: input.
const LogInDocument = `mutation LogIn($input: LogInInput!) {
  logIn(input: $input) { token errors { code message field } }
}`

// OpenAccountDocument opens an account in a session of its own. Variable: input.
const OpenAccountDocument = `mutation OpenAccount($input: OpenAccountInput!) {
  openAccount(input: $input) { token errors { code message field } }
}`

// LogOutDocument ends the session that asks.
const LogOutDocument = `mutation LogOut { logOut { ended } }`
