/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  subscription Changed {\n    changed {\n      workspace\n    }\n  }\n": typeof types.ChangedDocument,
    "\n  query Entrance {\n    entrance {\n      signUpOpen\n      unclaimed\n      outboxShown\n    }\n  }\n": typeof types.EntranceDocument,
    "\n  query OpenWork {\n    jobs(last: 1, open: true) {\n      totalCount\n      edges {\n        node {\n          id\n          title\n          state\n          total\n          done\n          failed\n        }\n      }\n    }\n  }\n": typeof types.OpenWorkDocument,
    "\n  subscription WorkMoves($job: ID!) {\n    jobProgress(job: $job) {\n      id\n      state\n      total\n      done\n      failed\n    }\n  }\n": typeof types.WorkMovesDocument,
    "\n  mutation ChangeLanguage($input: ChangeMeInput!) {\n    changeMe(input: $input) {\n      viewer {\n        user {\n          id\n          locale\n        }\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ChangeLanguageDocument,
    "\n  mutation LogOut {\n    logOut {\n      ended\n    }\n  }\n": typeof types.LogOutDocument,
    "\n  query NewLeads($me: ID!) {\n    leads(first: 1, filter: { assignees: [$me], states: [NEW] }) {\n      totalCount\n    }\n  }\n": typeof types.NewLeadsDocument,
    "\n  mutation OpenAccount($input: OpenAccountInput!) {\n    openAccount(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.OpenAccountDocument,
    "\n  query Viewer {\n    viewer {\n      user {\n        id\n        email\n        firstName\n        lastName\n        locale\n      }\n      account {\n        id\n        name\n        defaultAudience\n        timeZone\n        version\n      }\n      collaborator {\n        id\n        role\n        canSend\n        canExport\n        awayUntil\n      }\n      accounts {\n        account {\n          id\n          name\n        }\n        role\n        lastVisitAt\n      }\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query Blacklists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    blacklists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          description\n          entryCount\n        }\n      }\n    }\n  }\n": typeof types.BlacklistsDocument,
    "\n  mutation CreateBlacklist($input: CreateBlacklistInput!) {\n    createBlacklist(input: $input) {\n      blacklist {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.CreateBlacklistDocument,
    "\n  fragment BlacklistHead on Blacklist {\n    ...ItemRow\n    description\n    entryCount\n  }\n": typeof types.BlacklistHeadFragmentDoc,
    "\n  query Entries($blacklist: ID!, $first: Int!, $skip: Int!, $search: String) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        ...BlacklistHead\n        entries(first: $first, skip: $skip, search: $search) {\n          totalCount\n          edges {\n            node {\n              ...EntryRow\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.EntriesDocument,
    "\n  fragment EntryRow on BlacklistEntry {\n    id\n    kind\n    value\n    reason\n    note\n    version\n    createdAt\n    changedAt\n  }\n": typeof types.EntryRowFragmentDoc,
    "\n  query BlacklistHead($blacklist: ID!) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        ...BlacklistHead\n      }\n    }\n  }\n": typeof types.BlacklistHeadDocument,
    "\n  query EveryEntry($blacklist: ID!, $first: Int!, $after: String, $search: String) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        entries(first: $first, after: $after, search: $search) {\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n          edges {\n            node {\n              ...EntryRow\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.EveryEntryDocument,
    "\n  query OneEntry($id: ID!) {\n    node(id: $id) {\n      id\n      ... on BlacklistEntry {\n        ...EntryRow\n      }\n    }\n  }\n": typeof types.OneEntryDocument,
    "\n  mutation CreateBlacklistEntry($input: CreateBlacklistEntryInput!) {\n    createBlacklistEntry(input: $input) {\n      entry {\n        ...EntryRow\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": typeof types.CreateBlacklistEntryDocument,
    "\n  mutation ChangeBlacklistEntry($input: ChangeBlacklistEntryInput!) {\n    changeBlacklistEntry(input: $input) {\n      entry {\n        ...EntryRow\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": typeof types.ChangeBlacklistEntryDocument,
    "\n  mutation DeleteBlacklistEntry($id: ID!) {\n    deleteBlacklistEntry(input: { id: $id }) {\n      deletedId\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": typeof types.DeleteBlacklistEntryDocument,
    "\n  mutation ChangeBlacklist($input: ChangeBlacklistInput!) {\n    changeBlacklist(input: $input) {\n      blacklist {\n        id\n        name\n        description\n        version\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": typeof types.ChangeBlacklistDocument,
    "\n  query Campaigns($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    campaigns(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          subject\n          state\n        }\n      }\n    }\n  }\n": typeof types.CampaignsDocument,
    "\n  fragment CampaignFields on Campaign {\n    ...ItemRow\n    state\n    subject\n    preheader\n    senderName\n    senderEmail\n    replyTo\n    format\n    body\n    listsRestricted\n    blacklistsRestricted\n    lists {\n      id\n      name\n    }\n    blacklists {\n      id\n      name\n    }\n  }\n": typeof types.CampaignFieldsFragmentDoc,
    "\n  query CampaignToWrite($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ...CampaignFields\n    }\n  }\n": typeof types.CampaignToWriteDocument,
    "\n  mutation ChangeCampaign($input: ChangeCampaignInput!) {\n    changeCampaign(input: $input) {\n      campaign {\n        ...CampaignFields\n      }\n      conflicts {\n        field\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.ChangeCampaignDocument,
    "\n  mutation CreateCampaign($input: CreateCampaignInput!) {\n    createCampaign(input: $input) {\n      campaign {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.CreateCampaignDocument,
    "\n  query TemplateChoices($search: String) {\n    templates(first: 30, search: $search, orderBy: NAME) {\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.TemplateChoicesDocument,
    "\n  query TemplateToCopy($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Template {\n        name\n        subject\n        preheader\n        format\n        body\n      }\n    }\n  }\n": typeof types.TemplateToCopyDocument,
    "\n  query ItemChoices($kinds: [ItemKind!], $search: String) {\n    items(kinds: $kinds, search: $search, first: 30, orderBy: NAME) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.ItemChoicesDocument,
    "\n  query PreviewDraft($input: PreviewDraftInput!) {\n    previewDraft(input: $input) {\n      subject\n      html\n      remarks {\n        field\n        line\n        message\n        blocks\n      }\n    }\n  }\n": typeof types.PreviewDraftDocument,
    "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n    requestPasswordReset(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.RequestPasswordResetDocument,
    "\n  query InvitationLink($token: String!) {\n    invitationLink(token: $token) {\n      accountName\n      inviterName\n      email\n      firstName\n      lastName\n      role\n      hasLogin\n    }\n  }\n": typeof types.InvitationLinkDocument,
    "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.AcceptInvitationDocument,
    "\n  mutation LogIn($input: LogInInput!) {\n    logIn(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.LogInDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) {\n      done\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.ResetPasswordDocument,
    "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.SignUpDocument,
    "\n  query HistoryCheck($noted: NotedLine) {\n    historyCheck(noted: $noted) {\n      intact\n      lines\n      hash\n      fault\n    }\n  }\n": typeof types.HistoryCheckDocument,
    "\n  query History($first: Int!, $skip: Int!, $filter: HistoryFilter!) {\n    history(first: $first, skip: $skip, filter: $filter) {\n      totalCount\n      edges {\n        node {\n          number\n          at\n          words\n          verb\n          record\n          hash\n          actor {\n            id\n            name\n            email\n          }\n          person {\n            id\n            name\n            email\n          }\n          item {\n            id\n            kind\n            name\n          }\n          details {\n            name\n            value\n          }\n        }\n      }\n    }\n  }\n": typeof types.HistoryDocument,
    "\n  mutation ArchiveItem($id: ID!) {\n    done: archiveItem(input: { id: $id }) {\n      item {\n        id\n        archivedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ArchiveItemDocument,
    "\n  mutation UnarchiveItem($id: ID!) {\n    done: unarchiveItem(input: { id: $id }) {\n      item {\n        id\n        archivedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.UnarchiveItemDocument,
    "\n  mutation DeleteItem($id: ID!) {\n    done: deleteItem(input: { id: $id }) {\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.DeleteItemDocument,
    "\n  mutation RestoreItem($id: ID!) {\n    done: restoreItem(input: { id: $id }) {\n      item {\n        id\n        deletedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.RestoreItemDocument,
    "\n  query ItemIds($kinds: [ItemKind!], $search: String, $archive: ArchiveFilter!, $first: Int!, $after: String) {\n    items(kinds: $kinds, search: $search, archive: $archive, first: $first, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          id\n        }\n      }\n    }\n  }\n": typeof types.ItemIdsDocument,
    "\n  query DeletedItems($first: Int!, $skip: Int, $after: String) {\n    deletedItems(first: $first, skip: $skip, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...ItemRow\n        }\n      }\n    }\n  }\n": typeof types.DeletedItemsDocument,
    "\n  query Deleter($id: ID!) {\n    history(first: 1, filter: { verbs: [ITEM_DELETED], item: $id }) {\n      edges {\n        node {\n          number\n          actor {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.DeleterDocument,
    "\n  mutation DuplicateItem($id: ID!) {\n    duplicateItem(input: { id: $id }) {\n      item {\n        id\n        kind\n        name\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.DuplicateItemDocument,
    "\n  subscription AlsoOpen($item: ID!) {\n    alsoOpen(item: $item) {\n      people {\n        since\n        collaborator {\n          id\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n": typeof types.AlsoOpenDocument,
    "\n  fragment ItemRow on Item {\n    id\n    kind\n    name\n    audience\n    myLevel\n    version\n    changedAt\n    archivedAt\n    deletedAt\n    creator {\n      id\n    }\n    changedBy {\n      id\n      firstName\n      lastName\n    }\n  }\n": typeof types.ItemRowFragmentDoc,
    "\n  fragment PersonName on Collaborator {\n    id\n    firstName\n    lastName\n  }\n": typeof types.PersonNameFragmentDoc,
    "\n  fragment LeadCampaign on Campaign {\n    id\n    name\n    myLevel\n  }\n": typeof types.LeadCampaignFragmentDoc,
    "\n  fragment LeadRow on Lead {\n    id\n    name\n    email\n    phone\n    source\n    state\n    createdAt\n    assignee {\n      ...PersonName\n    }\n    campaign {\n      ...LeadCampaign\n    }\n  }\n": typeof types.LeadRowFragmentDoc,
    "\n  fragment LeadChosen on Lead {\n    id\n    state\n    assignee {\n      id\n    }\n    campaign {\n      id\n    }\n  }\n": typeof types.LeadChosenFragmentDoc,
    "\n  query Leads($first: Int!, $skip: Int!, $filter: LeadFilter) {\n    leads(first: $first, skip: $skip, filter: $filter) {\n      totalCount\n      edges {\n        node {\n          ...LeadRow\n        }\n      }\n    }\n  }\n": typeof types.LeadsDocument,
    "\n  query LeadOpen($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Lead {\n        ...LeadRow\n        fields {\n          name\n          value\n        }\n        notes\n        version\n        assignedAt\n        changedAt\n        duplicateOf {\n          id\n          name\n          email\n          phone\n          createdAt\n          assignee {\n            ...PersonName\n          }\n        }\n      }\n    }\n    whyAssigned(lead: $id) {\n      decision\n      words\n      at\n      skipped {\n        reason\n        collaborator {\n          ...PersonName\n        }\n      }\n    }\n  }\n": typeof types.LeadOpenDocument,
    "\n  query AllLeads($first: Int!, $after: String, $filter: LeadFilter) {\n    leads(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...LeadChosen\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.AllLeadsDocument,
    "\n  query SomeLeads($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Lead {\n        ...LeadChosen\n      }\n    }\n  }\n": typeof types.SomeLeadsDocument,
    "\n  mutation ChangeLead($input: ChangeLeadInput!) {\n    changeLead(input: $input) {\n      lead {\n        id\n        name\n        email\n        phone\n        state\n        notes\n        version\n        changedAt\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        message\n        field\n      }\n    }\n  }\n": typeof types.ChangeLeadDocument,
    "\n  mutation SetLeadState($input: SetLeadStateInput!) {\n    setLeadState(input: $input) {\n      leads {\n        id\n        state\n        version\n        changedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.SetLeadStateDocument,
    "\n  mutation ReassignLeads($input: ReassignLeadsInput!) {\n    reassignLeads(input: $input) {\n      leads {\n        id\n        version\n        assignedAt\n        changedAt\n        assignee {\n          ...PersonName\n        }\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ReassignLeadsDocument,
    "\n  mutation DeleteLeads($input: DeleteLeadsInput!) {\n    deleteLeads(input: $input) {\n      deleted\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.DeleteLeadsDocument,
    "\n  query WaitingLeads {\n    waitingLeads {\n      count\n      since\n      reason\n      campaign {\n        ...LeadCampaign\n      }\n    }\n    viewer {\n      account {\n        id\n        memberLeads\n      }\n    }\n  }\n": typeof types.WaitingLeadsDocument,
    "\n  mutation AssignWaitingLeads($input: AssignWaitingLeadsInput!) {\n    assignWaitingLeads(input: $input) {\n      assigned\n      job {\n        id\n      }\n      rotation {\n        waiting\n        alert\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.AssignWaitingLeadsDocument,
    "\n  subscription LeadJob($job: ID!) {\n    jobProgress(job: $job) {\n      id\n      title\n      state\n      total\n      done\n      failed\n      reason\n      outcome {\n        name\n        label\n        count\n      }\n    }\n  }\n": typeof types.LeadJobDocument,
    "\n  query CampaignChoices($search: String, $chosen: ID!) {\n    campaigns(first: 30, search: $search, orderBy: NAME, archive: ALL) {\n      edges {\n        node {\n          ...LeadCampaign\n        }\n      }\n    }\n    node(id: $chosen) {\n      __typename\n      ... on Campaign {\n        ...LeadCampaign\n      }\n    }\n  }\n": typeof types.CampaignChoicesDocument,
    "\n  query PersonChoices($search: String, $chosen: ID!) {\n    collaborators(first: 30, search: $search) {\n      edges {\n        node {\n          ...PersonName\n          status\n        }\n      }\n    }\n    node(id: $chosen) {\n      __typename\n      ... on Collaborator {\n        ...PersonName\n        status\n      }\n    }\n  }\n": typeof types.PersonChoicesDocument,
    "\n  query CampaignSeers($campaign: ID!, $search: String) {\n    properties(item: $campaign) {\n      people(first: 30, search: $search) {\n        edges {\n          node {\n            collaborator {\n              id\n              firstName\n              lastName\n              email\n              awayUntil\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.CampaignSeersDocument,
    "\n  query RotationPage($campaign: ID!) {\n    rotation(campaign: $campaign) {\n      campaign {\n        ...LeadCampaign\n      }\n      paused\n      people {\n        collaborator {\n          ...PersonName\n          status\n        }\n        available\n        awayUntil\n        lastLeadAt\n        openLeads\n      }\n      next {\n        id\n      }\n      waiting\n      waitingSince\n      alert\n    }\n  }\n": typeof types.RotationPageDocument,
    "\n  mutation ChangeRotation($input: ChangeRotationInput!) {\n    changeRotation(input: $input) {\n      rotation {\n        paused\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ChangeRotationDocument,
    "\n  query LeadForm($campaign: ID!) {\n    leadForm(campaign: $campaign) {\n      hasKey\n      keyMadeAt\n      origins\n    }\n  }\n": typeof types.LeadFormDocument,
    "\n  mutation RotateLeadKey($input: RotateLeadKeyInput!) {\n    rotateLeadKey(input: $input) {\n      url\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.RotateLeadKeyDocument,
    "\n  mutation SetLeadOrigins($input: SetLeadOriginsInput!) {\n    setLeadOrigins(input: $input) {\n      form {\n        origins\n      }\n      errors {\n        message\n        field\n      }\n    }\n  }\n": typeof types.SetLeadOriginsDocument,
    "\n  query Lists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    contactLists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          description\n          contactCount\n        }\n      }\n    }\n  }\n": typeof types.ListsDocument,
    "\n  mutation CreateContactList($input: CreateContactListInput!) {\n    createContactList(input: $input) {\n      contactList {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.CreateContactListDocument,
    "\n  fragment ContactListHead on ContactList {\n    ...ItemRow\n    description\n    contactCount\n  }\n": typeof types.ContactListHeadFragmentDoc,
    "\n  query Contacts($list: ID!, $first: Int!, $skip: Int!, $search: String) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        ...ContactListHead\n        contacts(first: $first, skip: $skip, search: $search) {\n          totalCount\n          edges {\n            node {\n              ...ContactRow\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.ContactsDocument,
    "\n  fragment ContactRow on Contact {\n    id\n    email\n    firstName\n    lastName\n    company\n    city\n    fields {\n      name\n      value\n    }\n    state\n    version\n    createdAt\n    changedAt\n  }\n": typeof types.ContactRowFragmentDoc,
    "\n  query ContactListHead($list: ID!) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        ...ContactListHead\n      }\n    }\n  }\n": typeof types.ContactListHeadDocument,
    "\n  query EveryContact($list: ID!, $first: Int!, $after: String, $search: String) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        contacts(first: $first, after: $after, search: $search) {\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n          edges {\n            node {\n              id\n              email\n              state\n              version\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.EveryContactDocument,
    "\n  query OneContact($id: ID!) {\n    node(id: $id) {\n      id\n      ... on Contact {\n        ...ContactRow\n      }\n    }\n  }\n": typeof types.OneContactDocument,
    "\n  mutation CreateContact($input: CreateContactInput!) {\n    createContact(input: $input) {\n      contact {\n        ...ContactRow\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": typeof types.CreateContactDocument,
    "\n  mutation ChangeContact($input: ChangeContactInput!) {\n    changeContact(input: $input) {\n      contact {\n        ...ContactRow\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": typeof types.ChangeContactDocument,
    "\n  mutation DeleteContact($id: ID!) {\n    deleteContact(input: { id: $id }) {\n      deletedId\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": typeof types.DeleteContactDocument,
    "\n  mutation ChangeContactList($input: ChangeContactListInput!) {\n    changeContactList(input: $input) {\n      contactList {\n        id\n        name\n        description\n        version\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": typeof types.ChangeContactListDocument,
    "\n  fragment Wrong on UserError {\n    code\n    field\n    message\n  }\n": typeof types.WrongFragmentDoc,
    "\n  mutation SetItemAudience($input: SetAudienceInput!) {\n    setAudience(input: $input) {\n      item {\n        id\n        audience\n        version\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.SetItemAudienceDocument,
    "\n  mutation SetItemAccess($input: SetAccessInput!) {\n    setAccess(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.SetItemAccessDocument,
    "\n  mutation ClearItemAccess($input: ClearAccessInput!) {\n    clearAccess(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ClearItemAccessDocument,
    "\n  mutation AddPeopleToItem($input: AddToItemInput!) {\n    addToItem(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.AddPeopleToItemDocument,
    "\n  mutation RemovePeopleFromItem($input: RemoveFromItemInput!) {\n    removeFromItem(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.RemovePeopleFromItemDocument,
    "\n  query FindPeople($search: String) {\n    collaborators(first: 20, search: $search) {\n      edges {\n        node {\n          id\n          email\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n": typeof types.FindPeopleDocument,
    "\n  query PeopleOfItem($item: ID!, $which: PropertiesFilter!, $first: Int!, $skip: Int, $after: String, $search: String) {\n    properties(item: $item) {\n      people(first: $first, skip: $skip, after: $after, search: $search, which: $which) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          node {\n            level\n            reason\n            collaborator {\n              id\n              email\n              firstName\n              lastName\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.PeopleOfItemDocument,
    "\n  query PeopleOfItemCounts($item: ID!, $hidden: Boolean!) {\n    properties(item: $item) {\n      seen: people(first: 1) {\n        totalCount\n      }\n      unseen: people(first: 1, which: CANNOT_SEE) @include(if: $hidden) {\n        totalCount\n      }\n    }\n  }\n": typeof types.PeopleOfItemCountsDocument,
    "\n  query WhyVisible($item: ID!, $collaborator: ID!) {\n    whyVisible(item: $item, collaborator: $collaborator) {\n      visible\n      words\n    }\n  }\n": typeof types.WhyVisibleDocument,
    "\n  query ItemProperties($item: ID!) {\n    properties(item: $item) {\n      mayChange\n      item {\n        kind\n        name\n        audience\n        creator {\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n": typeof types.ItemPropertiesDocument,
    "\n  query Palette($search: String!) {\n    items(first: 8, search: $search, archive: ALL) {\n      edges {\n        node {\n          __typename\n          id\n          kind\n          name\n          archivedAt\n        }\n      }\n    }\n    team(first: 5, search: $search) {\n      edges {\n        node {\n          __typename\n          id\n          firstName\n          lastName\n          email\n          ... on Collaborator {\n            status\n          }\n        }\n      }\n    }\n    leads(first: 5, filter: { search: $search }) {\n      edges {\n        node {\n          id\n          name\n          email\n          phone\n          campaign {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.PaletteDocument,
    "\n  query Recent($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Item {\n        id\n        kind\n        name\n        archivedAt\n        deletedAt\n      }\n      ... on Collaborator {\n        id\n        firstName\n        lastName\n        email\n        status\n      }\n      ... on Lead {\n        id\n        name\n        email\n        phone\n        campaign {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.RecentDocument,
    "\n  mutation ChangeAccountSettings($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        id\n        name\n        locale\n        timeZone\n        desktopLockDays\n        desktopEraseDays\n        memberLeads\n        version\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.ChangeAccountSettingsDocument,
    "\n  query AccountSettings {\n    viewer {\n      account {\n        id\n        name\n        locale\n        timeZone\n        desktopLockDays\n        desktopEraseDays\n        memberLeads\n      }\n    }\n  }\n": typeof types.AccountSettingsDocument,
    "\n  mutation LeaveAccount {\n    leaveAccount {\n      left\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.LeaveAccountDocument,
    "\n  mutation ChangeMyName($input: ChangeMeInput!) {\n    changeMe(input: $input) {\n      viewer {\n        user {\n          id\n          firstName\n          lastName\n          locale\n        }\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.ChangeMyNameDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      viewer {\n        session {\n          id\n        }\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.ChangePasswordDocument,
    "\n  query MySessions {\n    viewer {\n      sessions {\n        id\n        device\n        createdAt\n        lastUsedAt\n        current\n        account {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.MySessionsDocument,
    "\n  mutation EndMySession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.EndMySessionDocument,
    "\n  query DefaultAudience {\n    viewer {\n      account {\n        id\n        defaultAudience\n      }\n    }\n  }\n": typeof types.DefaultAudienceDocument,
    "\n  mutation SetDefaultAudience($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        id\n        defaultAudience\n        version\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.SetDefaultAudienceDocument,
    "\n  mutation InvitePeople($input: InvitePeopleInput!) {\n    invitePeople(input: $input) {\n      invited\n      lines {\n        line\n        email\n        outcome\n        message\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.InvitePeopleDocument,
    "\n  query FindItems($search: String) {\n    items(first: 30, search: $search, archive: ALL) {\n      edges {\n        node {\n          id\n          kind\n          name\n        }\n      }\n    }\n  }\n": typeof types.FindItemsDocument,
    "\n  fragment InvitationTerms on Invitation {\n    id\n    firstName\n    lastName\n    role\n    canSend\n    canExport\n    accessCount\n  }\n": typeof types.InvitationTermsFragmentDoc,
    "\n  query PendingInvitations($first: Int!, $skip: Int!, $search: String) {\n    invitations(first: $first, skip: $skip, search: $search) {\n      totalCount\n      edges {\n        node {\n          ...InvitationTerms\n          email\n          sentAt\n          expiresAt\n          expired\n          invitedBy {\n            id\n            firstName\n            lastName\n          }\n        }\n      }\n    }\n  }\n": typeof types.PendingInvitationsDocument,
    "\n  query PromisedAccess($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Invitation {\n        id\n        accessCount\n        access {\n          level\n          roundRobin\n          item {\n            id\n            kind\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.PromisedAccessDocument,
    "\n  mutation Invite($input: InviteInput!) {\n    invite(input: $input) {\n      invitation {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.InviteDocument,
    "\n  mutation ChangeInvitation($input: ChangeInvitationInput!) {\n    changeInvitation(input: $input) {\n      invitation {\n        ...InvitationTerms\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.ChangeInvitationDocument,
    "\n  mutation ResendInvitation($input: InvitationInput!) {\n    resendInvitation(input: $input) {\n      invitation {\n        id\n        sentAt\n        expiresAt\n        expired\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ResendInvitationDocument,
    "\n  mutation WithdrawInvitation($input: InvitationInput!) {\n    withdrawInvitation(input: $input) {\n      withdrawnInvitationId\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.WithdrawInvitationDocument,
    "\n  query AccessPreview($input: SetCampaignAccessInput!) {\n    preview: campaignAccessPreview(input: $input) {\n      ...PreviewNumbers\n    }\n  }\n": typeof types.AccessPreviewDocument,
    "\n  query GrantPreview($input: GrantCampaignAccessInput!) {\n    preview: campaignGrantPreview(input: $input) {\n      ...PreviewNumbers\n    }\n  }\n": typeof types.GrantPreviewDocument,
    "\n  fragment PreviewNumbers on CampaignAccessPreview {\n    total\n    counted\n    added\n    removed\n    roundRobinOn\n    roundRobinOff\n    unchanged\n    kept\n    sample {\n      id\n      name\n    }\n  }\n": typeof types.PreviewNumbersFragmentDoc,
    "\n  query AccessOfOne($person: ID!, $first: Int!, $skip: Int!, $search: String) {\n    campaignAccess(collaborator: $person, first: $first, skip: $skip, search: $search) {\n      totalCount\n      accessCount\n      roundRobinCount\n      edges {\n        node {\n          campaign {\n            id\n            name\n            archivedAt\n          }\n          canAccess\n          roundRobin\n          reason\n          mayRemove\n        }\n      }\n    }\n  }\n": typeof types.AccessOfOneDocument,
    "\n  query AccessCounts($person: ID!) {\n    campaignAccess(collaborator: $person, first: 1) {\n      totalCount\n      accessCount\n      roundRobinCount\n    }\n  }\n": typeof types.AccessCountsDocument,
    "\n  query AccessOfMany($first: Int!, $skip: Int!, $search: String) {\n    campaigns(first: $first, skip: $skip, search: $search, archive: ALL, orderBy: NAME) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n          archivedAt\n        }\n      }\n    }\n  }\n": typeof types.AccessOfManyDocument,
    "\n  query AccessOfManyCount {\n    campaigns(first: 1, archive: ALL, orderBy: NAME) {\n      totalCount\n    }\n  }\n": typeof types.AccessOfManyCountDocument,
    "\n  mutation SetCampaignAccess($input: SetCampaignAccessInput!) {\n    setCampaignAccess(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.SetCampaignAccessDocument,
    "\n  mutation GrantCampaignAccess($input: GrantCampaignAccessInput!) {\n    grantCampaignAccess(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.GrantCampaignAccessDocument,
    "\n  query OpenLeadsOf($assignees: [ID!]) {\n    leads(first: 1, filter: { assignees: $assignees, states: [NEW, IN_PROGRESS] }) {\n      totalCount\n    }\n  }\n": typeof types.OpenLeadsOfDocument,
    "\n  mutation DeactivatePeople($input: DeactivatePeopleInput!) {\n    deactivatePeople(input: $input) {\n      leadsHandedOver\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.DeactivatePeopleDocument,
    "\n  mutation RemovePeople($input: RemovePeopleInput!) {\n    removePeople(input: $input) {\n      leadsHandedOver\n      removedIds\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.RemovePeopleDocument,
    "\n  fragment JobFields on Job {\n    id\n    number\n    kind\n    title\n    state\n    total\n    done\n    failed\n    left\n    secondsLeft\n    reason\n    createdAt\n    finishedAt\n    mayCancel\n    mayRetry\n    mayUndo\n    outcome {\n      name\n      label\n      count\n    }\n    askedBy {\n      id\n      firstName\n      lastName\n    }\n    failures(first: 20) {\n      totalCount\n      edges {\n        node {\n          label\n          reason\n        }\n      }\n    }\n  }\n": typeof types.JobFieldsFragmentDoc,
    "\n  subscription JobProgress($job: ID!) {\n    jobProgress(job: $job) {\n      ...JobFields\n    }\n  }\n": typeof types.JobProgressDocument,
    "\n  mutation CancelJob($input: JobInput!) {\n    cancelJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.CancelJobDocument,
    "\n  mutation RetryJob($input: JobInput!) {\n    retryJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.RetryJobDocument,
    "\n  mutation UndoJob($input: JobInput!) {\n    undoJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.UndoJobDocument,
    "\n  query Jobs($after: String) {\n    jobs(first: 30, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...JobFields\n        }\n      }\n    }\n  }\n": typeof types.JobsDocument,
    "\n  fragment TeamPerson on Person {\n    __typename\n    id\n    email\n    firstName\n    lastName\n    role\n    canSend\n    canExport\n    createdAt\n    ... on Collaborator {\n      status\n      credits {\n        period\n        amount\n      }\n      lastVisitAt\n      awayUntil\n    }\n    ... on Invitation {\n      sentAt\n      expiresAt\n      expired\n      accessCount\n    }\n  }\n": typeof types.TeamPersonFragmentDoc,
    "\n  query PersonItems($id: ID!, $kinds: [ItemKind!], $first: Int!, $skip: Int!, $search: String) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        id\n        items(kinds: $kinds, first: $first, skip: $skip, search: $search, archive: ALL) {\n          totalCount\n          counts {\n            campaigns\n            templates\n            contactLists\n            blacklists\n          }\n          edges {\n            node {\n              level\n              reason\n              item {\n                id\n                kind\n                name\n                archivedAt\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.PersonItemsDocument,
    "\n  query PeopleToPick($search: String) {\n    collaborators(first: 20, search: $search, status: ACTIVE) {\n      edges {\n        node {\n          id\n          firstName\n          lastName\n          email\n        }\n      }\n    }\n  }\n": typeof types.PeopleToPickDocument,
    "\n  query PersonSessions($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        id\n        sessions {\n          id\n          device\n          createdAt\n          lastUsedAt\n          current\n        }\n      }\n    }\n  }\n": typeof types.PersonSessionsDocument,
    "\n  mutation EndSessionOfPerson($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.EndSessionOfPersonDocument,
    "\n  query PersonPage($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        ...TeamPerson\n      }\n      ... on Invitation {\n        ...TeamPerson\n      }\n    }\n  }\n": typeof types.PersonPageDocument,
    "\n  mutation ChangePeople($input: ChangePeopleInput!) {\n    changePeople(input: $input) {\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ChangePeopleDocument,
    "\n  mutation ChangeInvitationRights($input: ChangeInvitationInput!) {\n    changeInvitation(input: $input) {\n      invitation {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ChangeInvitationRightsDocument,
    "\n  mutation ReactivatePeople($input: ReactivatePeopleInput!) {\n    reactivatePeople(input: $input) {\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ReactivatePeopleDocument,
    "\n  mutation SetAway($input: SetAwayInput!) {\n    setAway(input: $input) {\n      collaborator {\n        id\n        awayUntil\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.SetAwayDocument,
    "\n  mutation ResendInvitationInTeam($input: InvitationInput!) {\n    resendInvitation(input: $input) {\n      invitation {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.ResendInvitationInTeamDocument,
    "\n  mutation WithdrawInvitationInTeam($input: InvitationInput!) {\n    withdrawInvitation(input: $input) {\n      withdrawnInvitationId\n      errors {\n        message\n      }\n    }\n  }\n": typeof types.WithdrawInvitationInTeamDocument,
    "\n  query WholeTeam($first: Int!, $after: String, $search: String, $role: Role, $status: TeamStatus) {\n    team(first: $first, after: $after, search: $search, role: $role, status: $status) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...TeamPerson\n        }\n      }\n    }\n  }\n": typeof types.WholeTeamDocument,
    "\n  query Team($first: Int!, $skip: Int!, $search: String, $role: Role, $status: TeamStatus) {\n    team(first: $first, skip: $skip, search: $search, role: $role, status: $status) {\n      totalCount\n      counts {\n        active\n        invited\n        deactivated\n      }\n      edges {\n        node {\n          ...TeamPerson\n        }\n      }\n    }\n  }\n": typeof types.TeamDocument,
    "\n  fragment TemplateFields on Template {\n    ...ItemRow\n    subject\n    preheader\n    format\n    body\n  }\n": typeof types.TemplateFieldsFragmentDoc,
    "\n  query TemplateToWrite($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ...TemplateFields\n    }\n  }\n": typeof types.TemplateToWriteDocument,
    "\n  mutation ChangeTemplate($input: ChangeTemplateInput!) {\n    changeTemplate(input: $input) {\n      template {\n        ...TemplateFields\n      }\n      conflicts {\n        field\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.ChangeTemplateDocument,
    "\n  query Templates($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    templates(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n        }\n      }\n    }\n  }\n": typeof types.TemplatesDocument,
    "\n  mutation CreateTemplate($input: CreateTemplateInput!) {\n    createTemplate(input: $input) {\n      template {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": typeof types.CreateTemplateDocument,
    "\n  query TemplatePicture($id: ID!, $locale: Locale!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Template {\n        preview(locale: $locale) {\n          html\n        }\n      }\n    }\n  }\n": typeof types.TemplatePictureDocument,
};
const documents: Documents = {
    "\n  subscription Changed {\n    changed {\n      workspace\n    }\n  }\n": types.ChangedDocument,
    "\n  query Entrance {\n    entrance {\n      signUpOpen\n      unclaimed\n      outboxShown\n    }\n  }\n": types.EntranceDocument,
    "\n  query OpenWork {\n    jobs(last: 1, open: true) {\n      totalCount\n      edges {\n        node {\n          id\n          title\n          state\n          total\n          done\n          failed\n        }\n      }\n    }\n  }\n": types.OpenWorkDocument,
    "\n  subscription WorkMoves($job: ID!) {\n    jobProgress(job: $job) {\n      id\n      state\n      total\n      done\n      failed\n    }\n  }\n": types.WorkMovesDocument,
    "\n  mutation ChangeLanguage($input: ChangeMeInput!) {\n    changeMe(input: $input) {\n      viewer {\n        user {\n          id\n          locale\n        }\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ChangeLanguageDocument,
    "\n  mutation LogOut {\n    logOut {\n      ended\n    }\n  }\n": types.LogOutDocument,
    "\n  query NewLeads($me: ID!) {\n    leads(first: 1, filter: { assignees: [$me], states: [NEW] }) {\n      totalCount\n    }\n  }\n": types.NewLeadsDocument,
    "\n  mutation OpenAccount($input: OpenAccountInput!) {\n    openAccount(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": types.OpenAccountDocument,
    "\n  query Viewer {\n    viewer {\n      user {\n        id\n        email\n        firstName\n        lastName\n        locale\n      }\n      account {\n        id\n        name\n        defaultAudience\n        timeZone\n        version\n      }\n      collaborator {\n        id\n        role\n        canSend\n        canExport\n        awayUntil\n      }\n      accounts {\n        account {\n          id\n          name\n        }\n        role\n        lastVisitAt\n      }\n    }\n  }\n": types.ViewerDocument,
    "\n  query Blacklists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    blacklists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          description\n          entryCount\n        }\n      }\n    }\n  }\n": types.BlacklistsDocument,
    "\n  mutation CreateBlacklist($input: CreateBlacklistInput!) {\n    createBlacklist(input: $input) {\n      blacklist {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.CreateBlacklistDocument,
    "\n  fragment BlacklistHead on Blacklist {\n    ...ItemRow\n    description\n    entryCount\n  }\n": types.BlacklistHeadFragmentDoc,
    "\n  query Entries($blacklist: ID!, $first: Int!, $skip: Int!, $search: String) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        ...BlacklistHead\n        entries(first: $first, skip: $skip, search: $search) {\n          totalCount\n          edges {\n            node {\n              ...EntryRow\n            }\n          }\n        }\n      }\n    }\n  }\n": types.EntriesDocument,
    "\n  fragment EntryRow on BlacklistEntry {\n    id\n    kind\n    value\n    reason\n    note\n    version\n    createdAt\n    changedAt\n  }\n": types.EntryRowFragmentDoc,
    "\n  query BlacklistHead($blacklist: ID!) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        ...BlacklistHead\n      }\n    }\n  }\n": types.BlacklistHeadDocument,
    "\n  query EveryEntry($blacklist: ID!, $first: Int!, $after: String, $search: String) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        entries(first: $first, after: $after, search: $search) {\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n          edges {\n            node {\n              ...EntryRow\n            }\n          }\n        }\n      }\n    }\n  }\n": types.EveryEntryDocument,
    "\n  query OneEntry($id: ID!) {\n    node(id: $id) {\n      id\n      ... on BlacklistEntry {\n        ...EntryRow\n      }\n    }\n  }\n": types.OneEntryDocument,
    "\n  mutation CreateBlacklistEntry($input: CreateBlacklistEntryInput!) {\n    createBlacklistEntry(input: $input) {\n      entry {\n        ...EntryRow\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": types.CreateBlacklistEntryDocument,
    "\n  mutation ChangeBlacklistEntry($input: ChangeBlacklistEntryInput!) {\n    changeBlacklistEntry(input: $input) {\n      entry {\n        ...EntryRow\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": types.ChangeBlacklistEntryDocument,
    "\n  mutation DeleteBlacklistEntry($id: ID!) {\n    deleteBlacklistEntry(input: { id: $id }) {\n      deletedId\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": types.DeleteBlacklistEntryDocument,
    "\n  mutation ChangeBlacklist($input: ChangeBlacklistInput!) {\n    changeBlacklist(input: $input) {\n      blacklist {\n        id\n        name\n        description\n        version\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": types.ChangeBlacklistDocument,
    "\n  query Campaigns($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    campaigns(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          subject\n          state\n        }\n      }\n    }\n  }\n": types.CampaignsDocument,
    "\n  fragment CampaignFields on Campaign {\n    ...ItemRow\n    state\n    subject\n    preheader\n    senderName\n    senderEmail\n    replyTo\n    format\n    body\n    listsRestricted\n    blacklistsRestricted\n    lists {\n      id\n      name\n    }\n    blacklists {\n      id\n      name\n    }\n  }\n": types.CampaignFieldsFragmentDoc,
    "\n  query CampaignToWrite($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ...CampaignFields\n    }\n  }\n": types.CampaignToWriteDocument,
    "\n  mutation ChangeCampaign($input: ChangeCampaignInput!) {\n    changeCampaign(input: $input) {\n      campaign {\n        ...CampaignFields\n      }\n      conflicts {\n        field\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.ChangeCampaignDocument,
    "\n  mutation CreateCampaign($input: CreateCampaignInput!) {\n    createCampaign(input: $input) {\n      campaign {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.CreateCampaignDocument,
    "\n  query TemplateChoices($search: String) {\n    templates(first: 30, search: $search, orderBy: NAME) {\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.TemplateChoicesDocument,
    "\n  query TemplateToCopy($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Template {\n        name\n        subject\n        preheader\n        format\n        body\n      }\n    }\n  }\n": types.TemplateToCopyDocument,
    "\n  query ItemChoices($kinds: [ItemKind!], $search: String) {\n    items(kinds: $kinds, search: $search, first: 30, orderBy: NAME) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.ItemChoicesDocument,
    "\n  query PreviewDraft($input: PreviewDraftInput!) {\n    previewDraft(input: $input) {\n      subject\n      html\n      remarks {\n        field\n        line\n        message\n        blocks\n      }\n    }\n  }\n": types.PreviewDraftDocument,
    "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n    requestPasswordReset(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.RequestPasswordResetDocument,
    "\n  query InvitationLink($token: String!) {\n    invitationLink(token: $token) {\n      accountName\n      inviterName\n      email\n      firstName\n      lastName\n      role\n      hasLogin\n    }\n  }\n": types.InvitationLinkDocument,
    "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.AcceptInvitationDocument,
    "\n  mutation LogIn($input: LogInInput!) {\n    logIn(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.LogInDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) {\n      done\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.ResetPasswordDocument,
    "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.SignUpDocument,
    "\n  query HistoryCheck($noted: NotedLine) {\n    historyCheck(noted: $noted) {\n      intact\n      lines\n      hash\n      fault\n    }\n  }\n": types.HistoryCheckDocument,
    "\n  query History($first: Int!, $skip: Int!, $filter: HistoryFilter!) {\n    history(first: $first, skip: $skip, filter: $filter) {\n      totalCount\n      edges {\n        node {\n          number\n          at\n          words\n          verb\n          record\n          hash\n          actor {\n            id\n            name\n            email\n          }\n          person {\n            id\n            name\n            email\n          }\n          item {\n            id\n            kind\n            name\n          }\n          details {\n            name\n            value\n          }\n        }\n      }\n    }\n  }\n": types.HistoryDocument,
    "\n  mutation ArchiveItem($id: ID!) {\n    done: archiveItem(input: { id: $id }) {\n      item {\n        id\n        archivedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ArchiveItemDocument,
    "\n  mutation UnarchiveItem($id: ID!) {\n    done: unarchiveItem(input: { id: $id }) {\n      item {\n        id\n        archivedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.UnarchiveItemDocument,
    "\n  mutation DeleteItem($id: ID!) {\n    done: deleteItem(input: { id: $id }) {\n      errors {\n        message\n      }\n    }\n  }\n": types.DeleteItemDocument,
    "\n  mutation RestoreItem($id: ID!) {\n    done: restoreItem(input: { id: $id }) {\n      item {\n        id\n        deletedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.RestoreItemDocument,
    "\n  query ItemIds($kinds: [ItemKind!], $search: String, $archive: ArchiveFilter!, $first: Int!, $after: String) {\n    items(kinds: $kinds, search: $search, archive: $archive, first: $first, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          id\n        }\n      }\n    }\n  }\n": types.ItemIdsDocument,
    "\n  query DeletedItems($first: Int!, $skip: Int, $after: String) {\n    deletedItems(first: $first, skip: $skip, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...ItemRow\n        }\n      }\n    }\n  }\n": types.DeletedItemsDocument,
    "\n  query Deleter($id: ID!) {\n    history(first: 1, filter: { verbs: [ITEM_DELETED], item: $id }) {\n      edges {\n        node {\n          number\n          actor {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": types.DeleterDocument,
    "\n  mutation DuplicateItem($id: ID!) {\n    duplicateItem(input: { id: $id }) {\n      item {\n        id\n        kind\n        name\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.DuplicateItemDocument,
    "\n  subscription AlsoOpen($item: ID!) {\n    alsoOpen(item: $item) {\n      people {\n        since\n        collaborator {\n          id\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n": types.AlsoOpenDocument,
    "\n  fragment ItemRow on Item {\n    id\n    kind\n    name\n    audience\n    myLevel\n    version\n    changedAt\n    archivedAt\n    deletedAt\n    creator {\n      id\n    }\n    changedBy {\n      id\n      firstName\n      lastName\n    }\n  }\n": types.ItemRowFragmentDoc,
    "\n  fragment PersonName on Collaborator {\n    id\n    firstName\n    lastName\n  }\n": types.PersonNameFragmentDoc,
    "\n  fragment LeadCampaign on Campaign {\n    id\n    name\n    myLevel\n  }\n": types.LeadCampaignFragmentDoc,
    "\n  fragment LeadRow on Lead {\n    id\n    name\n    email\n    phone\n    source\n    state\n    createdAt\n    assignee {\n      ...PersonName\n    }\n    campaign {\n      ...LeadCampaign\n    }\n  }\n": types.LeadRowFragmentDoc,
    "\n  fragment LeadChosen on Lead {\n    id\n    state\n    assignee {\n      id\n    }\n    campaign {\n      id\n    }\n  }\n": types.LeadChosenFragmentDoc,
    "\n  query Leads($first: Int!, $skip: Int!, $filter: LeadFilter) {\n    leads(first: $first, skip: $skip, filter: $filter) {\n      totalCount\n      edges {\n        node {\n          ...LeadRow\n        }\n      }\n    }\n  }\n": types.LeadsDocument,
    "\n  query LeadOpen($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Lead {\n        ...LeadRow\n        fields {\n          name\n          value\n        }\n        notes\n        version\n        assignedAt\n        changedAt\n        duplicateOf {\n          id\n          name\n          email\n          phone\n          createdAt\n          assignee {\n            ...PersonName\n          }\n        }\n      }\n    }\n    whyAssigned(lead: $id) {\n      decision\n      words\n      at\n      skipped {\n        reason\n        collaborator {\n          ...PersonName\n        }\n      }\n    }\n  }\n": types.LeadOpenDocument,
    "\n  query AllLeads($first: Int!, $after: String, $filter: LeadFilter) {\n    leads(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...LeadChosen\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.AllLeadsDocument,
    "\n  query SomeLeads($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Lead {\n        ...LeadChosen\n      }\n    }\n  }\n": types.SomeLeadsDocument,
    "\n  mutation ChangeLead($input: ChangeLeadInput!) {\n    changeLead(input: $input) {\n      lead {\n        id\n        name\n        email\n        phone\n        state\n        notes\n        version\n        changedAt\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        message\n        field\n      }\n    }\n  }\n": types.ChangeLeadDocument,
    "\n  mutation SetLeadState($input: SetLeadStateInput!) {\n    setLeadState(input: $input) {\n      leads {\n        id\n        state\n        version\n        changedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.SetLeadStateDocument,
    "\n  mutation ReassignLeads($input: ReassignLeadsInput!) {\n    reassignLeads(input: $input) {\n      leads {\n        id\n        version\n        assignedAt\n        changedAt\n        assignee {\n          ...PersonName\n        }\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ReassignLeadsDocument,
    "\n  mutation DeleteLeads($input: DeleteLeadsInput!) {\n    deleteLeads(input: $input) {\n      deleted\n      errors {\n        message\n      }\n    }\n  }\n": types.DeleteLeadsDocument,
    "\n  query WaitingLeads {\n    waitingLeads {\n      count\n      since\n      reason\n      campaign {\n        ...LeadCampaign\n      }\n    }\n    viewer {\n      account {\n        id\n        memberLeads\n      }\n    }\n  }\n": types.WaitingLeadsDocument,
    "\n  mutation AssignWaitingLeads($input: AssignWaitingLeadsInput!) {\n    assignWaitingLeads(input: $input) {\n      assigned\n      job {\n        id\n      }\n      rotation {\n        waiting\n        alert\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.AssignWaitingLeadsDocument,
    "\n  subscription LeadJob($job: ID!) {\n    jobProgress(job: $job) {\n      id\n      title\n      state\n      total\n      done\n      failed\n      reason\n      outcome {\n        name\n        label\n        count\n      }\n    }\n  }\n": types.LeadJobDocument,
    "\n  query CampaignChoices($search: String, $chosen: ID!) {\n    campaigns(first: 30, search: $search, orderBy: NAME, archive: ALL) {\n      edges {\n        node {\n          ...LeadCampaign\n        }\n      }\n    }\n    node(id: $chosen) {\n      __typename\n      ... on Campaign {\n        ...LeadCampaign\n      }\n    }\n  }\n": types.CampaignChoicesDocument,
    "\n  query PersonChoices($search: String, $chosen: ID!) {\n    collaborators(first: 30, search: $search) {\n      edges {\n        node {\n          ...PersonName\n          status\n        }\n      }\n    }\n    node(id: $chosen) {\n      __typename\n      ... on Collaborator {\n        ...PersonName\n        status\n      }\n    }\n  }\n": types.PersonChoicesDocument,
    "\n  query CampaignSeers($campaign: ID!, $search: String) {\n    properties(item: $campaign) {\n      people(first: 30, search: $search) {\n        edges {\n          node {\n            collaborator {\n              id\n              firstName\n              lastName\n              email\n              awayUntil\n            }\n          }\n        }\n      }\n    }\n  }\n": types.CampaignSeersDocument,
    "\n  query RotationPage($campaign: ID!) {\n    rotation(campaign: $campaign) {\n      campaign {\n        ...LeadCampaign\n      }\n      paused\n      people {\n        collaborator {\n          ...PersonName\n          status\n        }\n        available\n        awayUntil\n        lastLeadAt\n        openLeads\n      }\n      next {\n        id\n      }\n      waiting\n      waitingSince\n      alert\n    }\n  }\n": types.RotationPageDocument,
    "\n  mutation ChangeRotation($input: ChangeRotationInput!) {\n    changeRotation(input: $input) {\n      rotation {\n        paused\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ChangeRotationDocument,
    "\n  query LeadForm($campaign: ID!) {\n    leadForm(campaign: $campaign) {\n      hasKey\n      keyMadeAt\n      origins\n    }\n  }\n": types.LeadFormDocument,
    "\n  mutation RotateLeadKey($input: RotateLeadKeyInput!) {\n    rotateLeadKey(input: $input) {\n      url\n      errors {\n        message\n      }\n    }\n  }\n": types.RotateLeadKeyDocument,
    "\n  mutation SetLeadOrigins($input: SetLeadOriginsInput!) {\n    setLeadOrigins(input: $input) {\n      form {\n        origins\n      }\n      errors {\n        message\n        field\n      }\n    }\n  }\n": types.SetLeadOriginsDocument,
    "\n  query Lists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    contactLists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          description\n          contactCount\n        }\n      }\n    }\n  }\n": types.ListsDocument,
    "\n  mutation CreateContactList($input: CreateContactListInput!) {\n    createContactList(input: $input) {\n      contactList {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.CreateContactListDocument,
    "\n  fragment ContactListHead on ContactList {\n    ...ItemRow\n    description\n    contactCount\n  }\n": types.ContactListHeadFragmentDoc,
    "\n  query Contacts($list: ID!, $first: Int!, $skip: Int!, $search: String) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        ...ContactListHead\n        contacts(first: $first, skip: $skip, search: $search) {\n          totalCount\n          edges {\n            node {\n              ...ContactRow\n            }\n          }\n        }\n      }\n    }\n  }\n": types.ContactsDocument,
    "\n  fragment ContactRow on Contact {\n    id\n    email\n    firstName\n    lastName\n    company\n    city\n    fields {\n      name\n      value\n    }\n    state\n    version\n    createdAt\n    changedAt\n  }\n": types.ContactRowFragmentDoc,
    "\n  query ContactListHead($list: ID!) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        ...ContactListHead\n      }\n    }\n  }\n": types.ContactListHeadDocument,
    "\n  query EveryContact($list: ID!, $first: Int!, $after: String, $search: String) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        contacts(first: $first, after: $after, search: $search) {\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n          edges {\n            node {\n              id\n              email\n              state\n              version\n            }\n          }\n        }\n      }\n    }\n  }\n": types.EveryContactDocument,
    "\n  query OneContact($id: ID!) {\n    node(id: $id) {\n      id\n      ... on Contact {\n        ...ContactRow\n      }\n    }\n  }\n": types.OneContactDocument,
    "\n  mutation CreateContact($input: CreateContactInput!) {\n    createContact(input: $input) {\n      contact {\n        ...ContactRow\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": types.CreateContactDocument,
    "\n  mutation ChangeContact($input: ChangeContactInput!) {\n    changeContact(input: $input) {\n      contact {\n        ...ContactRow\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": types.ChangeContactDocument,
    "\n  mutation DeleteContact($id: ID!) {\n    deleteContact(input: { id: $id }) {\n      deletedId\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": types.DeleteContactDocument,
    "\n  mutation ChangeContactList($input: ChangeContactListInput!) {\n    changeContactList(input: $input) {\n      contactList {\n        id\n        name\n        description\n        version\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n": types.ChangeContactListDocument,
    "\n  fragment Wrong on UserError {\n    code\n    field\n    message\n  }\n": types.WrongFragmentDoc,
    "\n  mutation SetItemAudience($input: SetAudienceInput!) {\n    setAudience(input: $input) {\n      item {\n        id\n        audience\n        version\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.SetItemAudienceDocument,
    "\n  mutation SetItemAccess($input: SetAccessInput!) {\n    setAccess(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": types.SetItemAccessDocument,
    "\n  mutation ClearItemAccess($input: ClearAccessInput!) {\n    clearAccess(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": types.ClearItemAccessDocument,
    "\n  mutation AddPeopleToItem($input: AddToItemInput!) {\n    addToItem(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": types.AddPeopleToItemDocument,
    "\n  mutation RemovePeopleFromItem($input: RemoveFromItemInput!) {\n    removeFromItem(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n": types.RemovePeopleFromItemDocument,
    "\n  query FindPeople($search: String) {\n    collaborators(first: 20, search: $search) {\n      edges {\n        node {\n          id\n          email\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n": types.FindPeopleDocument,
    "\n  query PeopleOfItem($item: ID!, $which: PropertiesFilter!, $first: Int!, $skip: Int, $after: String, $search: String) {\n    properties(item: $item) {\n      people(first: $first, skip: $skip, after: $after, search: $search, which: $which) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          node {\n            level\n            reason\n            collaborator {\n              id\n              email\n              firstName\n              lastName\n            }\n          }\n        }\n      }\n    }\n  }\n": types.PeopleOfItemDocument,
    "\n  query PeopleOfItemCounts($item: ID!, $hidden: Boolean!) {\n    properties(item: $item) {\n      seen: people(first: 1) {\n        totalCount\n      }\n      unseen: people(first: 1, which: CANNOT_SEE) @include(if: $hidden) {\n        totalCount\n      }\n    }\n  }\n": types.PeopleOfItemCountsDocument,
    "\n  query WhyVisible($item: ID!, $collaborator: ID!) {\n    whyVisible(item: $item, collaborator: $collaborator) {\n      visible\n      words\n    }\n  }\n": types.WhyVisibleDocument,
    "\n  query ItemProperties($item: ID!) {\n    properties(item: $item) {\n      mayChange\n      item {\n        kind\n        name\n        audience\n        creator {\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n": types.ItemPropertiesDocument,
    "\n  query Palette($search: String!) {\n    items(first: 8, search: $search, archive: ALL) {\n      edges {\n        node {\n          __typename\n          id\n          kind\n          name\n          archivedAt\n        }\n      }\n    }\n    team(first: 5, search: $search) {\n      edges {\n        node {\n          __typename\n          id\n          firstName\n          lastName\n          email\n          ... on Collaborator {\n            status\n          }\n        }\n      }\n    }\n    leads(first: 5, filter: { search: $search }) {\n      edges {\n        node {\n          id\n          name\n          email\n          phone\n          campaign {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": types.PaletteDocument,
    "\n  query Recent($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Item {\n        id\n        kind\n        name\n        archivedAt\n        deletedAt\n      }\n      ... on Collaborator {\n        id\n        firstName\n        lastName\n        email\n        status\n      }\n      ... on Lead {\n        id\n        name\n        email\n        phone\n        campaign {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.RecentDocument,
    "\n  mutation ChangeAccountSettings($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        id\n        name\n        locale\n        timeZone\n        desktopLockDays\n        desktopEraseDays\n        memberLeads\n        version\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.ChangeAccountSettingsDocument,
    "\n  query AccountSettings {\n    viewer {\n      account {\n        id\n        name\n        locale\n        timeZone\n        desktopLockDays\n        desktopEraseDays\n        memberLeads\n      }\n    }\n  }\n": types.AccountSettingsDocument,
    "\n  mutation LeaveAccount {\n    leaveAccount {\n      left\n      errors {\n        message\n      }\n    }\n  }\n": types.LeaveAccountDocument,
    "\n  mutation ChangeMyName($input: ChangeMeInput!) {\n    changeMe(input: $input) {\n      viewer {\n        user {\n          id\n          firstName\n          lastName\n          locale\n        }\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.ChangeMyNameDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      viewer {\n        session {\n          id\n        }\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.ChangePasswordDocument,
    "\n  query MySessions {\n    viewer {\n      sessions {\n        id\n        device\n        createdAt\n        lastUsedAt\n        current\n        account {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.MySessionsDocument,
    "\n  mutation EndMySession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      errors {\n        message\n      }\n    }\n  }\n": types.EndMySessionDocument,
    "\n  query DefaultAudience {\n    viewer {\n      account {\n        id\n        defaultAudience\n      }\n    }\n  }\n": types.DefaultAudienceDocument,
    "\n  mutation SetDefaultAudience($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        id\n        defaultAudience\n        version\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.SetDefaultAudienceDocument,
    "\n  mutation InvitePeople($input: InvitePeopleInput!) {\n    invitePeople(input: $input) {\n      invited\n      lines {\n        line\n        email\n        outcome\n        message\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.InvitePeopleDocument,
    "\n  query FindItems($search: String) {\n    items(first: 30, search: $search, archive: ALL) {\n      edges {\n        node {\n          id\n          kind\n          name\n        }\n      }\n    }\n  }\n": types.FindItemsDocument,
    "\n  fragment InvitationTerms on Invitation {\n    id\n    firstName\n    lastName\n    role\n    canSend\n    canExport\n    accessCount\n  }\n": types.InvitationTermsFragmentDoc,
    "\n  query PendingInvitations($first: Int!, $skip: Int!, $search: String) {\n    invitations(first: $first, skip: $skip, search: $search) {\n      totalCount\n      edges {\n        node {\n          ...InvitationTerms\n          email\n          sentAt\n          expiresAt\n          expired\n          invitedBy {\n            id\n            firstName\n            lastName\n          }\n        }\n      }\n    }\n  }\n": types.PendingInvitationsDocument,
    "\n  query PromisedAccess($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Invitation {\n        id\n        accessCount\n        access {\n          level\n          roundRobin\n          item {\n            id\n            kind\n            name\n          }\n        }\n      }\n    }\n  }\n": types.PromisedAccessDocument,
    "\n  mutation Invite($input: InviteInput!) {\n    invite(input: $input) {\n      invitation {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.InviteDocument,
    "\n  mutation ChangeInvitation($input: ChangeInvitationInput!) {\n    changeInvitation(input: $input) {\n      invitation {\n        ...InvitationTerms\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.ChangeInvitationDocument,
    "\n  mutation ResendInvitation($input: InvitationInput!) {\n    resendInvitation(input: $input) {\n      invitation {\n        id\n        sentAt\n        expiresAt\n        expired\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ResendInvitationDocument,
    "\n  mutation WithdrawInvitation($input: InvitationInput!) {\n    withdrawInvitation(input: $input) {\n      withdrawnInvitationId\n      errors {\n        message\n      }\n    }\n  }\n": types.WithdrawInvitationDocument,
    "\n  query AccessPreview($input: SetCampaignAccessInput!) {\n    preview: campaignAccessPreview(input: $input) {\n      ...PreviewNumbers\n    }\n  }\n": types.AccessPreviewDocument,
    "\n  query GrantPreview($input: GrantCampaignAccessInput!) {\n    preview: campaignGrantPreview(input: $input) {\n      ...PreviewNumbers\n    }\n  }\n": types.GrantPreviewDocument,
    "\n  fragment PreviewNumbers on CampaignAccessPreview {\n    total\n    counted\n    added\n    removed\n    roundRobinOn\n    roundRobinOff\n    unchanged\n    kept\n    sample {\n      id\n      name\n    }\n  }\n": types.PreviewNumbersFragmentDoc,
    "\n  query AccessOfOne($person: ID!, $first: Int!, $skip: Int!, $search: String) {\n    campaignAccess(collaborator: $person, first: $first, skip: $skip, search: $search) {\n      totalCount\n      accessCount\n      roundRobinCount\n      edges {\n        node {\n          campaign {\n            id\n            name\n            archivedAt\n          }\n          canAccess\n          roundRobin\n          reason\n          mayRemove\n        }\n      }\n    }\n  }\n": types.AccessOfOneDocument,
    "\n  query AccessCounts($person: ID!) {\n    campaignAccess(collaborator: $person, first: 1) {\n      totalCount\n      accessCount\n      roundRobinCount\n    }\n  }\n": types.AccessCountsDocument,
    "\n  query AccessOfMany($first: Int!, $skip: Int!, $search: String) {\n    campaigns(first: $first, skip: $skip, search: $search, archive: ALL, orderBy: NAME) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n          archivedAt\n        }\n      }\n    }\n  }\n": types.AccessOfManyDocument,
    "\n  query AccessOfManyCount {\n    campaigns(first: 1, archive: ALL, orderBy: NAME) {\n      totalCount\n    }\n  }\n": types.AccessOfManyCountDocument,
    "\n  mutation SetCampaignAccess($input: SetCampaignAccessInput!) {\n    setCampaignAccess(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.SetCampaignAccessDocument,
    "\n  mutation GrantCampaignAccess($input: GrantCampaignAccessInput!) {\n    grantCampaignAccess(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.GrantCampaignAccessDocument,
    "\n  query OpenLeadsOf($assignees: [ID!]) {\n    leads(first: 1, filter: { assignees: $assignees, states: [NEW, IN_PROGRESS] }) {\n      totalCount\n    }\n  }\n": types.OpenLeadsOfDocument,
    "\n  mutation DeactivatePeople($input: DeactivatePeopleInput!) {\n    deactivatePeople(input: $input) {\n      leadsHandedOver\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.DeactivatePeopleDocument,
    "\n  mutation RemovePeople($input: RemovePeopleInput!) {\n    removePeople(input: $input) {\n      leadsHandedOver\n      removedIds\n      errors {\n        message\n      }\n    }\n  }\n": types.RemovePeopleDocument,
    "\n  fragment JobFields on Job {\n    id\n    number\n    kind\n    title\n    state\n    total\n    done\n    failed\n    left\n    secondsLeft\n    reason\n    createdAt\n    finishedAt\n    mayCancel\n    mayRetry\n    mayUndo\n    outcome {\n      name\n      label\n      count\n    }\n    askedBy {\n      id\n      firstName\n      lastName\n    }\n    failures(first: 20) {\n      totalCount\n      edges {\n        node {\n          label\n          reason\n        }\n      }\n    }\n  }\n": types.JobFieldsFragmentDoc,
    "\n  subscription JobProgress($job: ID!) {\n    jobProgress(job: $job) {\n      ...JobFields\n    }\n  }\n": types.JobProgressDocument,
    "\n  mutation CancelJob($input: JobInput!) {\n    cancelJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.CancelJobDocument,
    "\n  mutation RetryJob($input: JobInput!) {\n    retryJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.RetryJobDocument,
    "\n  mutation UndoJob($input: JobInput!) {\n    undoJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.UndoJobDocument,
    "\n  query Jobs($after: String) {\n    jobs(first: 30, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...JobFields\n        }\n      }\n    }\n  }\n": types.JobsDocument,
    "\n  fragment TeamPerson on Person {\n    __typename\n    id\n    email\n    firstName\n    lastName\n    role\n    canSend\n    canExport\n    createdAt\n    ... on Collaborator {\n      status\n      credits {\n        period\n        amount\n      }\n      lastVisitAt\n      awayUntil\n    }\n    ... on Invitation {\n      sentAt\n      expiresAt\n      expired\n      accessCount\n    }\n  }\n": types.TeamPersonFragmentDoc,
    "\n  query PersonItems($id: ID!, $kinds: [ItemKind!], $first: Int!, $skip: Int!, $search: String) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        id\n        items(kinds: $kinds, first: $first, skip: $skip, search: $search, archive: ALL) {\n          totalCount\n          counts {\n            campaigns\n            templates\n            contactLists\n            blacklists\n          }\n          edges {\n            node {\n              level\n              reason\n              item {\n                id\n                kind\n                name\n                archivedAt\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.PersonItemsDocument,
    "\n  query PeopleToPick($search: String) {\n    collaborators(first: 20, search: $search, status: ACTIVE) {\n      edges {\n        node {\n          id\n          firstName\n          lastName\n          email\n        }\n      }\n    }\n  }\n": types.PeopleToPickDocument,
    "\n  query PersonSessions($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        id\n        sessions {\n          id\n          device\n          createdAt\n          lastUsedAt\n          current\n        }\n      }\n    }\n  }\n": types.PersonSessionsDocument,
    "\n  mutation EndSessionOfPerson($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      errors {\n        message\n      }\n    }\n  }\n": types.EndSessionOfPersonDocument,
    "\n  query PersonPage($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        ...TeamPerson\n      }\n      ... on Invitation {\n        ...TeamPerson\n      }\n    }\n  }\n": types.PersonPageDocument,
    "\n  mutation ChangePeople($input: ChangePeopleInput!) {\n    changePeople(input: $input) {\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ChangePeopleDocument,
    "\n  mutation ChangeInvitationRights($input: ChangeInvitationInput!) {\n    changeInvitation(input: $input) {\n      invitation {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ChangeInvitationRightsDocument,
    "\n  mutation ReactivatePeople($input: ReactivatePeopleInput!) {\n    reactivatePeople(input: $input) {\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ReactivatePeopleDocument,
    "\n  mutation SetAway($input: SetAwayInput!) {\n    setAway(input: $input) {\n      collaborator {\n        id\n        awayUntil\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.SetAwayDocument,
    "\n  mutation ResendInvitationInTeam($input: InvitationInput!) {\n    resendInvitation(input: $input) {\n      invitation {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n": types.ResendInvitationInTeamDocument,
    "\n  mutation WithdrawInvitationInTeam($input: InvitationInput!) {\n    withdrawInvitation(input: $input) {\n      withdrawnInvitationId\n      errors {\n        message\n      }\n    }\n  }\n": types.WithdrawInvitationInTeamDocument,
    "\n  query WholeTeam($first: Int!, $after: String, $search: String, $role: Role, $status: TeamStatus) {\n    team(first: $first, after: $after, search: $search, role: $role, status: $status) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...TeamPerson\n        }\n      }\n    }\n  }\n": types.WholeTeamDocument,
    "\n  query Team($first: Int!, $skip: Int!, $search: String, $role: Role, $status: TeamStatus) {\n    team(first: $first, skip: $skip, search: $search, role: $role, status: $status) {\n      totalCount\n      counts {\n        active\n        invited\n        deactivated\n      }\n      edges {\n        node {\n          ...TeamPerson\n        }\n      }\n    }\n  }\n": types.TeamDocument,
    "\n  fragment TemplateFields on Template {\n    ...ItemRow\n    subject\n    preheader\n    format\n    body\n  }\n": types.TemplateFieldsFragmentDoc,
    "\n  query TemplateToWrite($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ...TemplateFields\n    }\n  }\n": types.TemplateToWriteDocument,
    "\n  mutation ChangeTemplate($input: ChangeTemplateInput!) {\n    changeTemplate(input: $input) {\n      template {\n        ...TemplateFields\n      }\n      conflicts {\n        field\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.ChangeTemplateDocument,
    "\n  query Templates($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    templates(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n        }\n      }\n    }\n  }\n": types.TemplatesDocument,
    "\n  mutation CreateTemplate($input: CreateTemplateInput!) {\n    createTemplate(input: $input) {\n      template {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n": types.CreateTemplateDocument,
    "\n  query TemplatePicture($id: ID!, $locale: Locale!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Template {\n        preview(locale: $locale) {\n          html\n        }\n      }\n    }\n  }\n": types.TemplatePictureDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Changed {\n    changed {\n      workspace\n    }\n  }\n"): (typeof documents)["\n  subscription Changed {\n    changed {\n      workspace\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Entrance {\n    entrance {\n      signUpOpen\n      unclaimed\n      outboxShown\n    }\n  }\n"): (typeof documents)["\n  query Entrance {\n    entrance {\n      signUpOpen\n      unclaimed\n      outboxShown\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenWork {\n    jobs(last: 1, open: true) {\n      totalCount\n      edges {\n        node {\n          id\n          title\n          state\n          total\n          done\n          failed\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OpenWork {\n    jobs(last: 1, open: true) {\n      totalCount\n      edges {\n        node {\n          id\n          title\n          state\n          total\n          done\n          failed\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WorkMoves($job: ID!) {\n    jobProgress(job: $job) {\n      id\n      state\n      total\n      done\n      failed\n    }\n  }\n"): (typeof documents)["\n  subscription WorkMoves($job: ID!) {\n    jobProgress(job: $job) {\n      id\n      state\n      total\n      done\n      failed\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeLanguage($input: ChangeMeInput!) {\n    changeMe(input: $input) {\n      viewer {\n        user {\n          id\n          locale\n        }\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeLanguage($input: ChangeMeInput!) {\n    changeMe(input: $input) {\n      viewer {\n        user {\n          id\n          locale\n        }\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LogOut {\n    logOut {\n      ended\n    }\n  }\n"): (typeof documents)["\n  mutation LogOut {\n    logOut {\n      ended\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewLeads($me: ID!) {\n    leads(first: 1, filter: { assignees: [$me], states: [NEW] }) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query NewLeads($me: ID!) {\n    leads(first: 1, filter: { assignees: [$me], states: [NEW] }) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OpenAccount($input: OpenAccountInput!) {\n    openAccount(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation OpenAccount($input: OpenAccountInput!) {\n    openAccount(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      user {\n        id\n        email\n        firstName\n        lastName\n        locale\n      }\n      account {\n        id\n        name\n        defaultAudience\n        timeZone\n        version\n      }\n      collaborator {\n        id\n        role\n        canSend\n        canExport\n        awayUntil\n      }\n      accounts {\n        account {\n          id\n          name\n        }\n        role\n        lastVisitAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query Viewer {\n    viewer {\n      user {\n        id\n        email\n        firstName\n        lastName\n        locale\n      }\n      account {\n        id\n        name\n        defaultAudience\n        timeZone\n        version\n      }\n      collaborator {\n        id\n        role\n        canSend\n        canExport\n        awayUntil\n      }\n      accounts {\n        account {\n          id\n          name\n        }\n        role\n        lastVisitAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Blacklists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    blacklists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          description\n          entryCount\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Blacklists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    blacklists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          description\n          entryCount\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateBlacklist($input: CreateBlacklistInput!) {\n    createBlacklist(input: $input) {\n      blacklist {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateBlacklist($input: CreateBlacklistInput!) {\n    createBlacklist(input: $input) {\n      blacklist {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BlacklistHead on Blacklist {\n    ...ItemRow\n    description\n    entryCount\n  }\n"): (typeof documents)["\n  fragment BlacklistHead on Blacklist {\n    ...ItemRow\n    description\n    entryCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Entries($blacklist: ID!, $first: Int!, $skip: Int!, $search: String) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        ...BlacklistHead\n        entries(first: $first, skip: $skip, search: $search) {\n          totalCount\n          edges {\n            node {\n              ...EntryRow\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Entries($blacklist: ID!, $first: Int!, $skip: Int!, $search: String) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        ...BlacklistHead\n        entries(first: $first, skip: $skip, search: $search) {\n          totalCount\n          edges {\n            node {\n              ...EntryRow\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EntryRow on BlacklistEntry {\n    id\n    kind\n    value\n    reason\n    note\n    version\n    createdAt\n    changedAt\n  }\n"): (typeof documents)["\n  fragment EntryRow on BlacklistEntry {\n    id\n    kind\n    value\n    reason\n    note\n    version\n    createdAt\n    changedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BlacklistHead($blacklist: ID!) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        ...BlacklistHead\n      }\n    }\n  }\n"): (typeof documents)["\n  query BlacklistHead($blacklist: ID!) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        ...BlacklistHead\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EveryEntry($blacklist: ID!, $first: Int!, $after: String, $search: String) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        entries(first: $first, after: $after, search: $search) {\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n          edges {\n            node {\n              ...EntryRow\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query EveryEntry($blacklist: ID!, $first: Int!, $after: String, $search: String) {\n    node(id: $blacklist) {\n      id\n      ... on Blacklist {\n        entries(first: $first, after: $after, search: $search) {\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n          edges {\n            node {\n              ...EntryRow\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OneEntry($id: ID!) {\n    node(id: $id) {\n      id\n      ... on BlacklistEntry {\n        ...EntryRow\n      }\n    }\n  }\n"): (typeof documents)["\n  query OneEntry($id: ID!) {\n    node(id: $id) {\n      id\n      ... on BlacklistEntry {\n        ...EntryRow\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateBlacklistEntry($input: CreateBlacklistEntryInput!) {\n    createBlacklistEntry(input: $input) {\n      entry {\n        ...EntryRow\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateBlacklistEntry($input: CreateBlacklistEntryInput!) {\n    createBlacklistEntry(input: $input) {\n      entry {\n        ...EntryRow\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeBlacklistEntry($input: ChangeBlacklistEntryInput!) {\n    changeBlacklistEntry(input: $input) {\n      entry {\n        ...EntryRow\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeBlacklistEntry($input: ChangeBlacklistEntryInput!) {\n    changeBlacklistEntry(input: $input) {\n      entry {\n        ...EntryRow\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteBlacklistEntry($id: ID!) {\n    deleteBlacklistEntry(input: { id: $id }) {\n      deletedId\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteBlacklistEntry($id: ID!) {\n    deleteBlacklistEntry(input: { id: $id }) {\n      deletedId\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeBlacklist($input: ChangeBlacklistInput!) {\n    changeBlacklist(input: $input) {\n      blacklist {\n        id\n        name\n        description\n        version\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeBlacklist($input: ChangeBlacklistInput!) {\n    changeBlacklist(input: $input) {\n      blacklist {\n        id\n        name\n        description\n        version\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Campaigns($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    campaigns(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          subject\n          state\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Campaigns($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    campaigns(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          subject\n          state\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CampaignFields on Campaign {\n    ...ItemRow\n    state\n    subject\n    preheader\n    senderName\n    senderEmail\n    replyTo\n    format\n    body\n    listsRestricted\n    blacklistsRestricted\n    lists {\n      id\n      name\n    }\n    blacklists {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment CampaignFields on Campaign {\n    ...ItemRow\n    state\n    subject\n    preheader\n    senderName\n    senderEmail\n    replyTo\n    format\n    body\n    listsRestricted\n    blacklistsRestricted\n    lists {\n      id\n      name\n    }\n    blacklists {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CampaignToWrite($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ...CampaignFields\n    }\n  }\n"): (typeof documents)["\n  query CampaignToWrite($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ...CampaignFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeCampaign($input: ChangeCampaignInput!) {\n    changeCampaign(input: $input) {\n      campaign {\n        ...CampaignFields\n      }\n      conflicts {\n        field\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeCampaign($input: ChangeCampaignInput!) {\n    changeCampaign(input: $input) {\n      campaign {\n        ...CampaignFields\n      }\n      conflicts {\n        field\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCampaign($input: CreateCampaignInput!) {\n    createCampaign(input: $input) {\n      campaign {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateCampaign($input: CreateCampaignInput!) {\n    createCampaign(input: $input) {\n      campaign {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TemplateChoices($search: String) {\n    templates(first: 30, search: $search, orderBy: NAME) {\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query TemplateChoices($search: String) {\n    templates(first: 30, search: $search, orderBy: NAME) {\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TemplateToCopy($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Template {\n        name\n        subject\n        preheader\n        format\n        body\n      }\n    }\n  }\n"): (typeof documents)["\n  query TemplateToCopy($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Template {\n        name\n        subject\n        preheader\n        format\n        body\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ItemChoices($kinds: [ItemKind!], $search: String) {\n    items(kinds: $kinds, search: $search, first: 30, orderBy: NAME) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ItemChoices($kinds: [ItemKind!], $search: String) {\n    items(kinds: $kinds, search: $search, first: 30, orderBy: NAME) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PreviewDraft($input: PreviewDraftInput!) {\n    previewDraft(input: $input) {\n      subject\n      html\n      remarks {\n        field\n        line\n        message\n        blocks\n      }\n    }\n  }\n"): (typeof documents)["\n  query PreviewDraft($input: PreviewDraftInput!) {\n    previewDraft(input: $input) {\n      subject\n      html\n      remarks {\n        field\n        line\n        message\n        blocks\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n    requestPasswordReset(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n    requestPasswordReset(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InvitationLink($token: String!) {\n    invitationLink(token: $token) {\n      accountName\n      inviterName\n      email\n      firstName\n      lastName\n      role\n      hasLogin\n    }\n  }\n"): (typeof documents)["\n  query InvitationLink($token: String!) {\n    invitationLink(token: $token) {\n      accountName\n      inviterName\n      email\n      firstName\n      lastName\n      role\n      hasLogin\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LogIn($input: LogInInput!) {\n    logIn(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation LogIn($input: LogInInput!) {\n    logIn(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) {\n      done\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) {\n      done\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) {\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HistoryCheck($noted: NotedLine) {\n    historyCheck(noted: $noted) {\n      intact\n      lines\n      hash\n      fault\n    }\n  }\n"): (typeof documents)["\n  query HistoryCheck($noted: NotedLine) {\n    historyCheck(noted: $noted) {\n      intact\n      lines\n      hash\n      fault\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query History($first: Int!, $skip: Int!, $filter: HistoryFilter!) {\n    history(first: $first, skip: $skip, filter: $filter) {\n      totalCount\n      edges {\n        node {\n          number\n          at\n          words\n          verb\n          record\n          hash\n          actor {\n            id\n            name\n            email\n          }\n          person {\n            id\n            name\n            email\n          }\n          item {\n            id\n            kind\n            name\n          }\n          details {\n            name\n            value\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query History($first: Int!, $skip: Int!, $filter: HistoryFilter!) {\n    history(first: $first, skip: $skip, filter: $filter) {\n      totalCount\n      edges {\n        node {\n          number\n          at\n          words\n          verb\n          record\n          hash\n          actor {\n            id\n            name\n            email\n          }\n          person {\n            id\n            name\n            email\n          }\n          item {\n            id\n            kind\n            name\n          }\n          details {\n            name\n            value\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ArchiveItem($id: ID!) {\n    done: archiveItem(input: { id: $id }) {\n      item {\n        id\n        archivedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ArchiveItem($id: ID!) {\n    done: archiveItem(input: { id: $id }) {\n      item {\n        id\n        archivedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UnarchiveItem($id: ID!) {\n    done: unarchiveItem(input: { id: $id }) {\n      item {\n        id\n        archivedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UnarchiveItem($id: ID!) {\n    done: unarchiveItem(input: { id: $id }) {\n      item {\n        id\n        archivedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteItem($id: ID!) {\n    done: deleteItem(input: { id: $id }) {\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteItem($id: ID!) {\n    done: deleteItem(input: { id: $id }) {\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreItem($id: ID!) {\n    done: restoreItem(input: { id: $id }) {\n      item {\n        id\n        deletedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RestoreItem($id: ID!) {\n    done: restoreItem(input: { id: $id }) {\n      item {\n        id\n        deletedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ItemIds($kinds: [ItemKind!], $search: String, $archive: ArchiveFilter!, $first: Int!, $after: String) {\n    items(kinds: $kinds, search: $search, archive: $archive, first: $first, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ItemIds($kinds: [ItemKind!], $search: String, $archive: ArchiveFilter!, $first: Int!, $after: String) {\n    items(kinds: $kinds, search: $search, archive: $archive, first: $first, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeletedItems($first: Int!, $skip: Int, $after: String) {\n    deletedItems(first: $first, skip: $skip, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...ItemRow\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DeletedItems($first: Int!, $skip: Int, $after: String) {\n    deletedItems(first: $first, skip: $skip, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...ItemRow\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Deleter($id: ID!) {\n    history(first: 1, filter: { verbs: [ITEM_DELETED], item: $id }) {\n      edges {\n        node {\n          number\n          actor {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Deleter($id: ID!) {\n    history(first: 1, filter: { verbs: [ITEM_DELETED], item: $id }) {\n      edges {\n        node {\n          number\n          actor {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DuplicateItem($id: ID!) {\n    duplicateItem(input: { id: $id }) {\n      item {\n        id\n        kind\n        name\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DuplicateItem($id: ID!) {\n    duplicateItem(input: { id: $id }) {\n      item {\n        id\n        kind\n        name\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription AlsoOpen($item: ID!) {\n    alsoOpen(item: $item) {\n      people {\n        since\n        collaborator {\n          id\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription AlsoOpen($item: ID!) {\n    alsoOpen(item: $item) {\n      people {\n        since\n        collaborator {\n          id\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ItemRow on Item {\n    id\n    kind\n    name\n    audience\n    myLevel\n    version\n    changedAt\n    archivedAt\n    deletedAt\n    creator {\n      id\n    }\n    changedBy {\n      id\n      firstName\n      lastName\n    }\n  }\n"): (typeof documents)["\n  fragment ItemRow on Item {\n    id\n    kind\n    name\n    audience\n    myLevel\n    version\n    changedAt\n    archivedAt\n    deletedAt\n    creator {\n      id\n    }\n    changedBy {\n      id\n      firstName\n      lastName\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonName on Collaborator {\n    id\n    firstName\n    lastName\n  }\n"): (typeof documents)["\n  fragment PersonName on Collaborator {\n    id\n    firstName\n    lastName\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LeadCampaign on Campaign {\n    id\n    name\n    myLevel\n  }\n"): (typeof documents)["\n  fragment LeadCampaign on Campaign {\n    id\n    name\n    myLevel\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LeadRow on Lead {\n    id\n    name\n    email\n    phone\n    source\n    state\n    createdAt\n    assignee {\n      ...PersonName\n    }\n    campaign {\n      ...LeadCampaign\n    }\n  }\n"): (typeof documents)["\n  fragment LeadRow on Lead {\n    id\n    name\n    email\n    phone\n    source\n    state\n    createdAt\n    assignee {\n      ...PersonName\n    }\n    campaign {\n      ...LeadCampaign\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LeadChosen on Lead {\n    id\n    state\n    assignee {\n      id\n    }\n    campaign {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment LeadChosen on Lead {\n    id\n    state\n    assignee {\n      id\n    }\n    campaign {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Leads($first: Int!, $skip: Int!, $filter: LeadFilter) {\n    leads(first: $first, skip: $skip, filter: $filter) {\n      totalCount\n      edges {\n        node {\n          ...LeadRow\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Leads($first: Int!, $skip: Int!, $filter: LeadFilter) {\n    leads(first: $first, skip: $skip, filter: $filter) {\n      totalCount\n      edges {\n        node {\n          ...LeadRow\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LeadOpen($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Lead {\n        ...LeadRow\n        fields {\n          name\n          value\n        }\n        notes\n        version\n        assignedAt\n        changedAt\n        duplicateOf {\n          id\n          name\n          email\n          phone\n          createdAt\n          assignee {\n            ...PersonName\n          }\n        }\n      }\n    }\n    whyAssigned(lead: $id) {\n      decision\n      words\n      at\n      skipped {\n        reason\n        collaborator {\n          ...PersonName\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query LeadOpen($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Lead {\n        ...LeadRow\n        fields {\n          name\n          value\n        }\n        notes\n        version\n        assignedAt\n        changedAt\n        duplicateOf {\n          id\n          name\n          email\n          phone\n          createdAt\n          assignee {\n            ...PersonName\n          }\n        }\n      }\n    }\n    whyAssigned(lead: $id) {\n      decision\n      words\n      at\n      skipped {\n        reason\n        collaborator {\n          ...PersonName\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllLeads($first: Int!, $after: String, $filter: LeadFilter) {\n    leads(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...LeadChosen\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query AllLeads($first: Int!, $after: String, $filter: LeadFilter) {\n    leads(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...LeadChosen\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SomeLeads($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Lead {\n        ...LeadChosen\n      }\n    }\n  }\n"): (typeof documents)["\n  query SomeLeads($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Lead {\n        ...LeadChosen\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeLead($input: ChangeLeadInput!) {\n    changeLead(input: $input) {\n      lead {\n        id\n        name\n        email\n        phone\n        state\n        notes\n        version\n        changedAt\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeLead($input: ChangeLeadInput!) {\n    changeLead(input: $input) {\n      lead {\n        id\n        name\n        email\n        phone\n        state\n        notes\n        version\n        changedAt\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetLeadState($input: SetLeadStateInput!) {\n    setLeadState(input: $input) {\n      leads {\n        id\n        state\n        version\n        changedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetLeadState($input: SetLeadStateInput!) {\n    setLeadState(input: $input) {\n      leads {\n        id\n        state\n        version\n        changedAt\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReassignLeads($input: ReassignLeadsInput!) {\n    reassignLeads(input: $input) {\n      leads {\n        id\n        version\n        assignedAt\n        changedAt\n        assignee {\n          ...PersonName\n        }\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ReassignLeads($input: ReassignLeadsInput!) {\n    reassignLeads(input: $input) {\n      leads {\n        id\n        version\n        assignedAt\n        changedAt\n        assignee {\n          ...PersonName\n        }\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteLeads($input: DeleteLeadsInput!) {\n    deleteLeads(input: $input) {\n      deleted\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteLeads($input: DeleteLeadsInput!) {\n    deleteLeads(input: $input) {\n      deleted\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WaitingLeads {\n    waitingLeads {\n      count\n      since\n      reason\n      campaign {\n        ...LeadCampaign\n      }\n    }\n    viewer {\n      account {\n        id\n        memberLeads\n      }\n    }\n  }\n"): (typeof documents)["\n  query WaitingLeads {\n    waitingLeads {\n      count\n      since\n      reason\n      campaign {\n        ...LeadCampaign\n      }\n    }\n    viewer {\n      account {\n        id\n        memberLeads\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AssignWaitingLeads($input: AssignWaitingLeadsInput!) {\n    assignWaitingLeads(input: $input) {\n      assigned\n      job {\n        id\n      }\n      rotation {\n        waiting\n        alert\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AssignWaitingLeads($input: AssignWaitingLeadsInput!) {\n    assignWaitingLeads(input: $input) {\n      assigned\n      job {\n        id\n      }\n      rotation {\n        waiting\n        alert\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription LeadJob($job: ID!) {\n    jobProgress(job: $job) {\n      id\n      title\n      state\n      total\n      done\n      failed\n      reason\n      outcome {\n        name\n        label\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription LeadJob($job: ID!) {\n    jobProgress(job: $job) {\n      id\n      title\n      state\n      total\n      done\n      failed\n      reason\n      outcome {\n        name\n        label\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CampaignChoices($search: String, $chosen: ID!) {\n    campaigns(first: 30, search: $search, orderBy: NAME, archive: ALL) {\n      edges {\n        node {\n          ...LeadCampaign\n        }\n      }\n    }\n    node(id: $chosen) {\n      __typename\n      ... on Campaign {\n        ...LeadCampaign\n      }\n    }\n  }\n"): (typeof documents)["\n  query CampaignChoices($search: String, $chosen: ID!) {\n    campaigns(first: 30, search: $search, orderBy: NAME, archive: ALL) {\n      edges {\n        node {\n          ...LeadCampaign\n        }\n      }\n    }\n    node(id: $chosen) {\n      __typename\n      ... on Campaign {\n        ...LeadCampaign\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PersonChoices($search: String, $chosen: ID!) {\n    collaborators(first: 30, search: $search) {\n      edges {\n        node {\n          ...PersonName\n          status\n        }\n      }\n    }\n    node(id: $chosen) {\n      __typename\n      ... on Collaborator {\n        ...PersonName\n        status\n      }\n    }\n  }\n"): (typeof documents)["\n  query PersonChoices($search: String, $chosen: ID!) {\n    collaborators(first: 30, search: $search) {\n      edges {\n        node {\n          ...PersonName\n          status\n        }\n      }\n    }\n    node(id: $chosen) {\n      __typename\n      ... on Collaborator {\n        ...PersonName\n        status\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CampaignSeers($campaign: ID!, $search: String) {\n    properties(item: $campaign) {\n      people(first: 30, search: $search) {\n        edges {\n          node {\n            collaborator {\n              id\n              firstName\n              lastName\n              email\n              awayUntil\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query CampaignSeers($campaign: ID!, $search: String) {\n    properties(item: $campaign) {\n      people(first: 30, search: $search) {\n        edges {\n          node {\n            collaborator {\n              id\n              firstName\n              lastName\n              email\n              awayUntil\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RotationPage($campaign: ID!) {\n    rotation(campaign: $campaign) {\n      campaign {\n        ...LeadCampaign\n      }\n      paused\n      people {\n        collaborator {\n          ...PersonName\n          status\n        }\n        available\n        awayUntil\n        lastLeadAt\n        openLeads\n      }\n      next {\n        id\n      }\n      waiting\n      waitingSince\n      alert\n    }\n  }\n"): (typeof documents)["\n  query RotationPage($campaign: ID!) {\n    rotation(campaign: $campaign) {\n      campaign {\n        ...LeadCampaign\n      }\n      paused\n      people {\n        collaborator {\n          ...PersonName\n          status\n        }\n        available\n        awayUntil\n        lastLeadAt\n        openLeads\n      }\n      next {\n        id\n      }\n      waiting\n      waitingSince\n      alert\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeRotation($input: ChangeRotationInput!) {\n    changeRotation(input: $input) {\n      rotation {\n        paused\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeRotation($input: ChangeRotationInput!) {\n    changeRotation(input: $input) {\n      rotation {\n        paused\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LeadForm($campaign: ID!) {\n    leadForm(campaign: $campaign) {\n      hasKey\n      keyMadeAt\n      origins\n    }\n  }\n"): (typeof documents)["\n  query LeadForm($campaign: ID!) {\n    leadForm(campaign: $campaign) {\n      hasKey\n      keyMadeAt\n      origins\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateLeadKey($input: RotateLeadKeyInput!) {\n    rotateLeadKey(input: $input) {\n      url\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RotateLeadKey($input: RotateLeadKeyInput!) {\n    rotateLeadKey(input: $input) {\n      url\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetLeadOrigins($input: SetLeadOriginsInput!) {\n    setLeadOrigins(input: $input) {\n      form {\n        origins\n      }\n      errors {\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetLeadOrigins($input: SetLeadOriginsInput!) {\n    setLeadOrigins(input: $input) {\n      form {\n        origins\n      }\n      errors {\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Lists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    contactLists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          description\n          contactCount\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Lists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    contactLists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n          description\n          contactCount\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateContactList($input: CreateContactListInput!) {\n    createContactList(input: $input) {\n      contactList {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateContactList($input: CreateContactListInput!) {\n    createContactList(input: $input) {\n      contactList {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ContactListHead on ContactList {\n    ...ItemRow\n    description\n    contactCount\n  }\n"): (typeof documents)["\n  fragment ContactListHead on ContactList {\n    ...ItemRow\n    description\n    contactCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Contacts($list: ID!, $first: Int!, $skip: Int!, $search: String) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        ...ContactListHead\n        contacts(first: $first, skip: $skip, search: $search) {\n          totalCount\n          edges {\n            node {\n              ...ContactRow\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Contacts($list: ID!, $first: Int!, $skip: Int!, $search: String) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        ...ContactListHead\n        contacts(first: $first, skip: $skip, search: $search) {\n          totalCount\n          edges {\n            node {\n              ...ContactRow\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ContactRow on Contact {\n    id\n    email\n    firstName\n    lastName\n    company\n    city\n    fields {\n      name\n      value\n    }\n    state\n    version\n    createdAt\n    changedAt\n  }\n"): (typeof documents)["\n  fragment ContactRow on Contact {\n    id\n    email\n    firstName\n    lastName\n    company\n    city\n    fields {\n      name\n      value\n    }\n    state\n    version\n    createdAt\n    changedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ContactListHead($list: ID!) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        ...ContactListHead\n      }\n    }\n  }\n"): (typeof documents)["\n  query ContactListHead($list: ID!) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        ...ContactListHead\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EveryContact($list: ID!, $first: Int!, $after: String, $search: String) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        contacts(first: $first, after: $after, search: $search) {\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n          edges {\n            node {\n              id\n              email\n              state\n              version\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query EveryContact($list: ID!, $first: Int!, $after: String, $search: String) {\n    node(id: $list) {\n      id\n      ... on ContactList {\n        contacts(first: $first, after: $after, search: $search) {\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n          edges {\n            node {\n              id\n              email\n              state\n              version\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OneContact($id: ID!) {\n    node(id: $id) {\n      id\n      ... on Contact {\n        ...ContactRow\n      }\n    }\n  }\n"): (typeof documents)["\n  query OneContact($id: ID!) {\n    node(id: $id) {\n      id\n      ... on Contact {\n        ...ContactRow\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateContact($input: CreateContactInput!) {\n    createContact(input: $input) {\n      contact {\n        ...ContactRow\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateContact($input: CreateContactInput!) {\n    createContact(input: $input) {\n      contact {\n        ...ContactRow\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeContact($input: ChangeContactInput!) {\n    changeContact(input: $input) {\n      contact {\n        ...ContactRow\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeContact($input: ChangeContactInput!) {\n    changeContact(input: $input) {\n      contact {\n        ...ContactRow\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteContact($id: ID!) {\n    deleteContact(input: { id: $id }) {\n      deletedId\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteContact($id: ID!) {\n    deleteContact(input: { id: $id }) {\n      deletedId\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeContactList($input: ChangeContactListInput!) {\n    changeContactList(input: $input) {\n      contactList {\n        id\n        name\n        description\n        version\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeContactList($input: ChangeContactListInput!) {\n    changeContactList(input: $input) {\n      contactList {\n        id\n        name\n        description\n        version\n      }\n      conflicts {\n        field\n        yours\n        theirs\n      }\n      errors {\n        ...Wrong\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Wrong on UserError {\n    code\n    field\n    message\n  }\n"): (typeof documents)["\n  fragment Wrong on UserError {\n    code\n    field\n    message\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetItemAudience($input: SetAudienceInput!) {\n    setAudience(input: $input) {\n      item {\n        id\n        audience\n        version\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetItemAudience($input: SetAudienceInput!) {\n    setAudience(input: $input) {\n      item {\n        id\n        audience\n        version\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetItemAccess($input: SetAccessInput!) {\n    setAccess(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetItemAccess($input: SetAccessInput!) {\n    setAccess(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ClearItemAccess($input: ClearAccessInput!) {\n    clearAccess(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ClearItemAccess($input: ClearAccessInput!) {\n    clearAccess(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddPeopleToItem($input: AddToItemInput!) {\n    addToItem(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddPeopleToItem($input: AddToItemInput!) {\n    addToItem(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemovePeopleFromItem($input: RemoveFromItemInput!) {\n    removeFromItem(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RemovePeopleFromItem($input: RemoveFromItemInput!) {\n    removeFromItem(input: $input) {\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindPeople($search: String) {\n    collaborators(first: 20, search: $search) {\n      edges {\n        node {\n          id\n          email\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query FindPeople($search: String) {\n    collaborators(first: 20, search: $search) {\n      edges {\n        node {\n          id\n          email\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PeopleOfItem($item: ID!, $which: PropertiesFilter!, $first: Int!, $skip: Int, $after: String, $search: String) {\n    properties(item: $item) {\n      people(first: $first, skip: $skip, after: $after, search: $search, which: $which) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          node {\n            level\n            reason\n            collaborator {\n              id\n              email\n              firstName\n              lastName\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PeopleOfItem($item: ID!, $which: PropertiesFilter!, $first: Int!, $skip: Int, $after: String, $search: String) {\n    properties(item: $item) {\n      people(first: $first, skip: $skip, after: $after, search: $search, which: $which) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          node {\n            level\n            reason\n            collaborator {\n              id\n              email\n              firstName\n              lastName\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PeopleOfItemCounts($item: ID!, $hidden: Boolean!) {\n    properties(item: $item) {\n      seen: people(first: 1) {\n        totalCount\n      }\n      unseen: people(first: 1, which: CANNOT_SEE) @include(if: $hidden) {\n        totalCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query PeopleOfItemCounts($item: ID!, $hidden: Boolean!) {\n    properties(item: $item) {\n      seen: people(first: 1) {\n        totalCount\n      }\n      unseen: people(first: 1, which: CANNOT_SEE) @include(if: $hidden) {\n        totalCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhyVisible($item: ID!, $collaborator: ID!) {\n    whyVisible(item: $item, collaborator: $collaborator) {\n      visible\n      words\n    }\n  }\n"): (typeof documents)["\n  query WhyVisible($item: ID!, $collaborator: ID!) {\n    whyVisible(item: $item, collaborator: $collaborator) {\n      visible\n      words\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ItemProperties($item: ID!) {\n    properties(item: $item) {\n      mayChange\n      item {\n        kind\n        name\n        audience\n        creator {\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ItemProperties($item: ID!) {\n    properties(item: $item) {\n      mayChange\n      item {\n        kind\n        name\n        audience\n        creator {\n          firstName\n          lastName\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Palette($search: String!) {\n    items(first: 8, search: $search, archive: ALL) {\n      edges {\n        node {\n          __typename\n          id\n          kind\n          name\n          archivedAt\n        }\n      }\n    }\n    team(first: 5, search: $search) {\n      edges {\n        node {\n          __typename\n          id\n          firstName\n          lastName\n          email\n          ... on Collaborator {\n            status\n          }\n        }\n      }\n    }\n    leads(first: 5, filter: { search: $search }) {\n      edges {\n        node {\n          id\n          name\n          email\n          phone\n          campaign {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Palette($search: String!) {\n    items(first: 8, search: $search, archive: ALL) {\n      edges {\n        node {\n          __typename\n          id\n          kind\n          name\n          archivedAt\n        }\n      }\n    }\n    team(first: 5, search: $search) {\n      edges {\n        node {\n          __typename\n          id\n          firstName\n          lastName\n          email\n          ... on Collaborator {\n            status\n          }\n        }\n      }\n    }\n    leads(first: 5, filter: { search: $search }) {\n      edges {\n        node {\n          id\n          name\n          email\n          phone\n          campaign {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Recent($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Item {\n        id\n        kind\n        name\n        archivedAt\n        deletedAt\n      }\n      ... on Collaborator {\n        id\n        firstName\n        lastName\n        email\n        status\n      }\n      ... on Lead {\n        id\n        name\n        email\n        phone\n        campaign {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Recent($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Item {\n        id\n        kind\n        name\n        archivedAt\n        deletedAt\n      }\n      ... on Collaborator {\n        id\n        firstName\n        lastName\n        email\n        status\n      }\n      ... on Lead {\n        id\n        name\n        email\n        phone\n        campaign {\n          id\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeAccountSettings($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        id\n        name\n        locale\n        timeZone\n        desktopLockDays\n        desktopEraseDays\n        memberLeads\n        version\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeAccountSettings($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        id\n        name\n        locale\n        timeZone\n        desktopLockDays\n        desktopEraseDays\n        memberLeads\n        version\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccountSettings {\n    viewer {\n      account {\n        id\n        name\n        locale\n        timeZone\n        desktopLockDays\n        desktopEraseDays\n        memberLeads\n      }\n    }\n  }\n"): (typeof documents)["\n  query AccountSettings {\n    viewer {\n      account {\n        id\n        name\n        locale\n        timeZone\n        desktopLockDays\n        desktopEraseDays\n        memberLeads\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LeaveAccount {\n    leaveAccount {\n      left\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation LeaveAccount {\n    leaveAccount {\n      left\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeMyName($input: ChangeMeInput!) {\n    changeMe(input: $input) {\n      viewer {\n        user {\n          id\n          firstName\n          lastName\n          locale\n        }\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeMyName($input: ChangeMeInput!) {\n    changeMe(input: $input) {\n      viewer {\n        user {\n          id\n          firstName\n          lastName\n          locale\n        }\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      viewer {\n        session {\n          id\n        }\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      viewer {\n        session {\n          id\n        }\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MySessions {\n    viewer {\n      sessions {\n        id\n        device\n        createdAt\n        lastUsedAt\n        current\n        account {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MySessions {\n    viewer {\n      sessions {\n        id\n        device\n        createdAt\n        lastUsedAt\n        current\n        account {\n          id\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndMySession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation EndMySession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DefaultAudience {\n    viewer {\n      account {\n        id\n        defaultAudience\n      }\n    }\n  }\n"): (typeof documents)["\n  query DefaultAudience {\n    viewer {\n      account {\n        id\n        defaultAudience\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetDefaultAudience($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        id\n        defaultAudience\n        version\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetDefaultAudience($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        id\n        defaultAudience\n        version\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InvitePeople($input: InvitePeopleInput!) {\n    invitePeople(input: $input) {\n      invited\n      lines {\n        line\n        email\n        outcome\n        message\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation InvitePeople($input: InvitePeopleInput!) {\n    invitePeople(input: $input) {\n      invited\n      lines {\n        line\n        email\n        outcome\n        message\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindItems($search: String) {\n    items(first: 30, search: $search, archive: ALL) {\n      edges {\n        node {\n          id\n          kind\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query FindItems($search: String) {\n    items(first: 30, search: $search, archive: ALL) {\n      edges {\n        node {\n          id\n          kind\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment InvitationTerms on Invitation {\n    id\n    firstName\n    lastName\n    role\n    canSend\n    canExport\n    accessCount\n  }\n"): (typeof documents)["\n  fragment InvitationTerms on Invitation {\n    id\n    firstName\n    lastName\n    role\n    canSend\n    canExport\n    accessCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PendingInvitations($first: Int!, $skip: Int!, $search: String) {\n    invitations(first: $first, skip: $skip, search: $search) {\n      totalCount\n      edges {\n        node {\n          ...InvitationTerms\n          email\n          sentAt\n          expiresAt\n          expired\n          invitedBy {\n            id\n            firstName\n            lastName\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PendingInvitations($first: Int!, $skip: Int!, $search: String) {\n    invitations(first: $first, skip: $skip, search: $search) {\n      totalCount\n      edges {\n        node {\n          ...InvitationTerms\n          email\n          sentAt\n          expiresAt\n          expired\n          invitedBy {\n            id\n            firstName\n            lastName\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PromisedAccess($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Invitation {\n        id\n        accessCount\n        access {\n          level\n          roundRobin\n          item {\n            id\n            kind\n            name\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PromisedAccess($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Invitation {\n        id\n        accessCount\n        access {\n          level\n          roundRobin\n          item {\n            id\n            kind\n            name\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Invite($input: InviteInput!) {\n    invite(input: $input) {\n      invitation {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Invite($input: InviteInput!) {\n    invite(input: $input) {\n      invitation {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeInvitation($input: ChangeInvitationInput!) {\n    changeInvitation(input: $input) {\n      invitation {\n        ...InvitationTerms\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeInvitation($input: ChangeInvitationInput!) {\n    changeInvitation(input: $input) {\n      invitation {\n        ...InvitationTerms\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResendInvitation($input: InvitationInput!) {\n    resendInvitation(input: $input) {\n      invitation {\n        id\n        sentAt\n        expiresAt\n        expired\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResendInvitation($input: InvitationInput!) {\n    resendInvitation(input: $input) {\n      invitation {\n        id\n        sentAt\n        expiresAt\n        expired\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WithdrawInvitation($input: InvitationInput!) {\n    withdrawInvitation(input: $input) {\n      withdrawnInvitationId\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation WithdrawInvitation($input: InvitationInput!) {\n    withdrawInvitation(input: $input) {\n      withdrawnInvitationId\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessPreview($input: SetCampaignAccessInput!) {\n    preview: campaignAccessPreview(input: $input) {\n      ...PreviewNumbers\n    }\n  }\n"): (typeof documents)["\n  query AccessPreview($input: SetCampaignAccessInput!) {\n    preview: campaignAccessPreview(input: $input) {\n      ...PreviewNumbers\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GrantPreview($input: GrantCampaignAccessInput!) {\n    preview: campaignGrantPreview(input: $input) {\n      ...PreviewNumbers\n    }\n  }\n"): (typeof documents)["\n  query GrantPreview($input: GrantCampaignAccessInput!) {\n    preview: campaignGrantPreview(input: $input) {\n      ...PreviewNumbers\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PreviewNumbers on CampaignAccessPreview {\n    total\n    counted\n    added\n    removed\n    roundRobinOn\n    roundRobinOff\n    unchanged\n    kept\n    sample {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment PreviewNumbers on CampaignAccessPreview {\n    total\n    counted\n    added\n    removed\n    roundRobinOn\n    roundRobinOff\n    unchanged\n    kept\n    sample {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessOfOne($person: ID!, $first: Int!, $skip: Int!, $search: String) {\n    campaignAccess(collaborator: $person, first: $first, skip: $skip, search: $search) {\n      totalCount\n      accessCount\n      roundRobinCount\n      edges {\n        node {\n          campaign {\n            id\n            name\n            archivedAt\n          }\n          canAccess\n          roundRobin\n          reason\n          mayRemove\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query AccessOfOne($person: ID!, $first: Int!, $skip: Int!, $search: String) {\n    campaignAccess(collaborator: $person, first: $first, skip: $skip, search: $search) {\n      totalCount\n      accessCount\n      roundRobinCount\n      edges {\n        node {\n          campaign {\n            id\n            name\n            archivedAt\n          }\n          canAccess\n          roundRobin\n          reason\n          mayRemove\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessCounts($person: ID!) {\n    campaignAccess(collaborator: $person, first: 1) {\n      totalCount\n      accessCount\n      roundRobinCount\n    }\n  }\n"): (typeof documents)["\n  query AccessCounts($person: ID!) {\n    campaignAccess(collaborator: $person, first: 1) {\n      totalCount\n      accessCount\n      roundRobinCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessOfMany($first: Int!, $skip: Int!, $search: String) {\n    campaigns(first: $first, skip: $skip, search: $search, archive: ALL, orderBy: NAME) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n          archivedAt\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query AccessOfMany($first: Int!, $skip: Int!, $search: String) {\n    campaigns(first: $first, skip: $skip, search: $search, archive: ALL, orderBy: NAME) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n          archivedAt\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessOfManyCount {\n    campaigns(first: 1, archive: ALL, orderBy: NAME) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query AccessOfManyCount {\n    campaigns(first: 1, archive: ALL, orderBy: NAME) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetCampaignAccess($input: SetCampaignAccessInput!) {\n    setCampaignAccess(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetCampaignAccess($input: SetCampaignAccessInput!) {\n    setCampaignAccess(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation GrantCampaignAccess($input: GrantCampaignAccessInput!) {\n    grantCampaignAccess(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation GrantCampaignAccess($input: GrantCampaignAccessInput!) {\n    grantCampaignAccess(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenLeadsOf($assignees: [ID!]) {\n    leads(first: 1, filter: { assignees: $assignees, states: [NEW, IN_PROGRESS] }) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query OpenLeadsOf($assignees: [ID!]) {\n    leads(first: 1, filter: { assignees: $assignees, states: [NEW, IN_PROGRESS] }) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeactivatePeople($input: DeactivatePeopleInput!) {\n    deactivatePeople(input: $input) {\n      leadsHandedOver\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeactivatePeople($input: DeactivatePeopleInput!) {\n    deactivatePeople(input: $input) {\n      leadsHandedOver\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemovePeople($input: RemovePeopleInput!) {\n    removePeople(input: $input) {\n      leadsHandedOver\n      removedIds\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RemovePeople($input: RemovePeopleInput!) {\n    removePeople(input: $input) {\n      leadsHandedOver\n      removedIds\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment JobFields on Job {\n    id\n    number\n    kind\n    title\n    state\n    total\n    done\n    failed\n    left\n    secondsLeft\n    reason\n    createdAt\n    finishedAt\n    mayCancel\n    mayRetry\n    mayUndo\n    outcome {\n      name\n      label\n      count\n    }\n    askedBy {\n      id\n      firstName\n      lastName\n    }\n    failures(first: 20) {\n      totalCount\n      edges {\n        node {\n          label\n          reason\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment JobFields on Job {\n    id\n    number\n    kind\n    title\n    state\n    total\n    done\n    failed\n    left\n    secondsLeft\n    reason\n    createdAt\n    finishedAt\n    mayCancel\n    mayRetry\n    mayUndo\n    outcome {\n      name\n      label\n      count\n    }\n    askedBy {\n      id\n      firstName\n      lastName\n    }\n    failures(first: 20) {\n      totalCount\n      edges {\n        node {\n          label\n          reason\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription JobProgress($job: ID!) {\n    jobProgress(job: $job) {\n      ...JobFields\n    }\n  }\n"): (typeof documents)["\n  subscription JobProgress($job: ID!) {\n    jobProgress(job: $job) {\n      ...JobFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelJob($input: JobInput!) {\n    cancelJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CancelJob($input: JobInput!) {\n    cancelJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryJob($input: JobInput!) {\n    retryJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RetryJob($input: JobInput!) {\n    retryJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoJob($input: JobInput!) {\n    undoJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UndoJob($input: JobInput!) {\n    undoJob(input: $input) {\n      job {\n        ...JobFields\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Jobs($after: String) {\n    jobs(first: 30, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...JobFields\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Jobs($after: String) {\n    jobs(first: 30, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...JobFields\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TeamPerson on Person {\n    __typename\n    id\n    email\n    firstName\n    lastName\n    role\n    canSend\n    canExport\n    createdAt\n    ... on Collaborator {\n      status\n      credits {\n        period\n        amount\n      }\n      lastVisitAt\n      awayUntil\n    }\n    ... on Invitation {\n      sentAt\n      expiresAt\n      expired\n      accessCount\n    }\n  }\n"): (typeof documents)["\n  fragment TeamPerson on Person {\n    __typename\n    id\n    email\n    firstName\n    lastName\n    role\n    canSend\n    canExport\n    createdAt\n    ... on Collaborator {\n      status\n      credits {\n        period\n        amount\n      }\n      lastVisitAt\n      awayUntil\n    }\n    ... on Invitation {\n      sentAt\n      expiresAt\n      expired\n      accessCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PersonItems($id: ID!, $kinds: [ItemKind!], $first: Int!, $skip: Int!, $search: String) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        id\n        items(kinds: $kinds, first: $first, skip: $skip, search: $search, archive: ALL) {\n          totalCount\n          counts {\n            campaigns\n            templates\n            contactLists\n            blacklists\n          }\n          edges {\n            node {\n              level\n              reason\n              item {\n                id\n                kind\n                name\n                archivedAt\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PersonItems($id: ID!, $kinds: [ItemKind!], $first: Int!, $skip: Int!, $search: String) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        id\n        items(kinds: $kinds, first: $first, skip: $skip, search: $search, archive: ALL) {\n          totalCount\n          counts {\n            campaigns\n            templates\n            contactLists\n            blacklists\n          }\n          edges {\n            node {\n              level\n              reason\n              item {\n                id\n                kind\n                name\n                archivedAt\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PeopleToPick($search: String) {\n    collaborators(first: 20, search: $search, status: ACTIVE) {\n      edges {\n        node {\n          id\n          firstName\n          lastName\n          email\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PeopleToPick($search: String) {\n    collaborators(first: 20, search: $search, status: ACTIVE) {\n      edges {\n        node {\n          id\n          firstName\n          lastName\n          email\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PersonSessions($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        id\n        sessions {\n          id\n          device\n          createdAt\n          lastUsedAt\n          current\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PersonSessions($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        id\n        sessions {\n          id\n          device\n          createdAt\n          lastUsedAt\n          current\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndSessionOfPerson($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation EndSessionOfPerson($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PersonPage($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        ...TeamPerson\n      }\n      ... on Invitation {\n        ...TeamPerson\n      }\n    }\n  }\n"): (typeof documents)["\n  query PersonPage($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Collaborator {\n        ...TeamPerson\n      }\n      ... on Invitation {\n        ...TeamPerson\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePeople($input: ChangePeopleInput!) {\n    changePeople(input: $input) {\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangePeople($input: ChangePeopleInput!) {\n    changePeople(input: $input) {\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeInvitationRights($input: ChangeInvitationInput!) {\n    changeInvitation(input: $input) {\n      invitation {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeInvitationRights($input: ChangeInvitationInput!) {\n    changeInvitation(input: $input) {\n      invitation {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReactivatePeople($input: ReactivatePeopleInput!) {\n    reactivatePeople(input: $input) {\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ReactivatePeople($input: ReactivatePeopleInput!) {\n    reactivatePeople(input: $input) {\n      collaborators {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetAway($input: SetAwayInput!) {\n    setAway(input: $input) {\n      collaborator {\n        id\n        awayUntil\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetAway($input: SetAwayInput!) {\n    setAway(input: $input) {\n      collaborator {\n        id\n        awayUntil\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResendInvitationInTeam($input: InvitationInput!) {\n    resendInvitation(input: $input) {\n      invitation {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResendInvitationInTeam($input: InvitationInput!) {\n    resendInvitation(input: $input) {\n      invitation {\n        ...TeamPerson\n      }\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WithdrawInvitationInTeam($input: InvitationInput!) {\n    withdrawInvitation(input: $input) {\n      withdrawnInvitationId\n      errors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation WithdrawInvitationInTeam($input: InvitationInput!) {\n    withdrawInvitation(input: $input) {\n      withdrawnInvitationId\n      errors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WholeTeam($first: Int!, $after: String, $search: String, $role: Role, $status: TeamStatus) {\n    team(first: $first, after: $after, search: $search, role: $role, status: $status) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...TeamPerson\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query WholeTeam($first: Int!, $after: String, $search: String, $role: Role, $status: TeamStatus) {\n    team(first: $first, after: $after, search: $search, role: $role, status: $status) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          ...TeamPerson\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Team($first: Int!, $skip: Int!, $search: String, $role: Role, $status: TeamStatus) {\n    team(first: $first, skip: $skip, search: $search, role: $role, status: $status) {\n      totalCount\n      counts {\n        active\n        invited\n        deactivated\n      }\n      edges {\n        node {\n          ...TeamPerson\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Team($first: Int!, $skip: Int!, $search: String, $role: Role, $status: TeamStatus) {\n    team(first: $first, skip: $skip, search: $search, role: $role, status: $status) {\n      totalCount\n      counts {\n        active\n        invited\n        deactivated\n      }\n      edges {\n        node {\n          ...TeamPerson\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TemplateFields on Template {\n    ...ItemRow\n    subject\n    preheader\n    format\n    body\n  }\n"): (typeof documents)["\n  fragment TemplateFields on Template {\n    ...ItemRow\n    subject\n    preheader\n    format\n    body\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TemplateToWrite($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ...TemplateFields\n    }\n  }\n"): (typeof documents)["\n  query TemplateToWrite($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ...TemplateFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeTemplate($input: ChangeTemplateInput!) {\n    changeTemplate(input: $input) {\n      template {\n        ...TemplateFields\n      }\n      conflicts {\n        field\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeTemplate($input: ChangeTemplateInput!) {\n    changeTemplate(input: $input) {\n      template {\n        ...TemplateFields\n      }\n      conflicts {\n        field\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Templates($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    templates(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Templates($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {\n    templates(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {\n      totalCount\n      edges {\n        node {\n          ...ItemRow\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateTemplate($input: CreateTemplateInput!) {\n    createTemplate(input: $input) {\n      template {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateTemplate($input: CreateTemplateInput!) {\n    createTemplate(input: $input) {\n      template {\n        id\n      }\n      errors {\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TemplatePicture($id: ID!, $locale: Locale!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Template {\n        preview(locale: $locale) {\n          html\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query TemplatePicture($id: ID!, $locale: Locale!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Template {\n        preview(locale: $locale) {\n          html\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;