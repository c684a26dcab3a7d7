// The GraphQL API, as the dashboard asks it: here to show what the server has, and to be somebody else.
export async function api(server, token, query, variables) {
  const answer = await fetch(server + '/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Partage-Client': 'example', ...(token && { Authorization: 'Bearer ' + token }) },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await answer.json()
  if (errors) throw new Error(errors[0].message)
  return data
}

export async function signIn(server, email, password) {
  const { logIn } = await api(server, '', `mutation($input: LogInInput!) { logIn(input: $input) { token errors { message } } }`,
    { input: { email, password } })
  if (logIn.errors.length) throw new Error(logIn.errors[0].message)
  return logIn.token
}

export async function contact(server, token, id) {
  const { node } = await api(server, token, `query($id: ID!) { node(id: $id) { ... on Contact { city company version } } }`, { id: 'contact_' + id })
  return node
}

export async function changeContact(server, token, id, baseVersion, fields) {
  const { changeContact } = await api(server, token,
    `mutation($input: ChangeContactInput!) { changeContact(input: $input) { conflicts { field } errors { message } } }`,
    { input: { id: 'contact_' + id, baseVersion, ...fields } })
  if (changeContact.errors.length) throw new Error(changeContact.errors[0].message)
}
