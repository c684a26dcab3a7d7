// What the page of a contact list reads and changes.

import { graphql } from '../../api/gql'
import type { ContactsQuery, EveryContactQuery } from '../../api/gql/graphql'

graphql(`
  fragment ContactListHead on ContactList {
    ...ItemRow
    description
    contactCount
  }
`)

/** A page of the contacts, and with it the list itself: what it is called needs no request of its own. */
export const CONTACTS = graphql(`
  query Contacts($list: ID!, $first: Int!, $skip: Int!, $search: String) {
    node(id: $list) {
      id
      ... on ContactList {
        ...ContactListHead
        contacts(first: $first, skip: $skip, search: $search) {
          totalCount
          edges {
            node {
              ...ContactRow
            }
          }
        }
      }
    }
  }
`)

export const CONTACT_ROW = graphql(`
  fragment ContactRow on Contact {
    id
    email
    firstName
    lastName
    company
    city
    fields {
      name
      value
    }
    state
    version
    createdAt
    changedAt
  }
`)

/** The list as the pages above have read it. */
export const HEAD = graphql(`
  query ContactListHead($list: ID!) {
    node(id: $list) {
      id
      ... on ContactList {
        ...ContactListHead
      }
    }
  }
`)

/** All contacts that are found, for what is done to every one of them. */
export const EVERY_CONTACT = graphql(`
  query EveryContact($list: ID!, $first: Int!, $after: String, $search: String) {
    node(id: $list) {
      id
      ... on ContactList {
        contacts(first: $first, after: $after, search: $search) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              email
              state
              version
            }
          }
        }
      }
    }
  }
`)

export const ONE_CONTACT = graphql(`
  query OneContact($id: ID!) {
    node(id: $id) {
      id
      ... on Contact {
        ...ContactRow
      }
    }
  }
`)

export const CREATE_CONTACT = graphql(`
  mutation CreateContact($input: CreateContactInput!) {
    createContact(input: $input) {
      contact {
        ...ContactRow
      }
      errors {
        ...Wrong
      }
    }
  }
`)

export const CHANGE_CONTACT = graphql(`
  mutation ChangeContact($input: ChangeContactInput!) {
    changeContact(input: $input) {
      contact {
        ...ContactRow
      }
      conflicts {
        field
        yours
        theirs
      }
      errors {
        ...Wrong
      }
    }
  }
`)

export const DELETE_CONTACT = graphql(`
  mutation DeleteContact($id: ID!) {
    deleteContact(input: { id: $id }) {
      deletedId
      errors {
        ...Wrong
      }
    }
  }
`)

export const CHANGE_LIST = graphql(`
  mutation ChangeContactList($input: ChangeContactListInput!) {
    changeContactList(input: $input) {
      contactList {
        id
        name
        description
        version
      }
      conflicts {
        field
        yours
        theirs
      }
      errors {
        ...Wrong
      }
    }
  }
`)

/** The contacts of an answer; none where the list is gone. */
export function contactsOf(data: ContactsQuery) {
  return data.node && 'contacts' in data.node ? data.node.contacts : null
}

export type Contact = NonNullable<ReturnType<typeof contactsOf>>['edges'][number]['node']

/** A page of EVERY_CONTACT. */
export function everyOf(data: EveryContactQuery) {
  return data.node && 'contacts' in data.node ? data.node.contacts : { edges: [], pageInfo: { hasNextPage: false } }
}
