package protocol

// ChangesDocument asks for a page of the workspace's changes. Variables: after, first.
const ChangesDocument = `query Changes($after: String, $first: Int!) {
  changes(after: $after, first: $first) {
    account { id name defaultAudience locale timeZone version createdAt }
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
    removals next more
  }
}`

// ChangedDocument subscribes to hints.
const ChangedDocument = `subscription Changed { changed { workspace buckets } }`

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
