// Rotations and leads, arranged over the API.

import { eventually } from './eventually'
import type { World } from './world'

interface Nodes<Node> {
  edges: { node: Node }[]
}

/** The id of a campaign. */
export async function campaignNamed(world: World, name: string): Promise<string> {
  const { campaigns } = await world.ask<{ campaigns: Nodes<{ id: string; name: string }> }>('anna', '{ campaigns(first: 100) { edges { node { id name } } } }')
  const found = campaigns.edges.find((e) => e.node.name === name)
  if (!found) throw new Error(`there is no campaign ${name}`)
  return found.node.id
}

/** The id of a person, by first name. */
export async function personNamed(world: World, firstName: string): Promise<string> {
  const query = '{ collaborators(first: 100) { edges { node { id firstName } } } }'
  const { collaborators } = await world.ask<{ collaborators: Nodes<{ id: string; firstName: string }> }>('anna', query)
  const found = collaborators.edges.find((e) => e.node.firstName === firstName)
  if (!found) throw new Error(`there is nobody called ${firstName}`)
  return found.node.id
}

/** Turns round robin of a campaign on for people, one after the other, or off. */
export async function roundRobin(world: World, campaign: string, firstNames: string[], roundRobin = true) {
  for (const firstName of firstNames) {
    const collaborator = await personNamed(world, firstName)
    const mutation = 'mutation($input: SetCampaignAccessInput!) { setCampaignAccess(input: $input) { job { id } errors { message } } }'
    await world.ask('anna', mutation, { input: { collaborator, changes: [{ campaign, roundRobin }] } })
    await eventually(async () => {
      const query = 'query($campaign: ID!) { rotation(campaign: $campaign) { people { collaborator { id } } } }'
      const { rotation } = await world.ask<{ rotation: { people: { collaborator: { id: string } }[] } }>('anna', query, { campaign })
      if (rotation.people.some((p) => p.collaborator.id === collaborator) !== roundRobin) throw new Error(`round robin of ${firstName} is not applied`)
    })
  }
}

/** Brings a lead in. */
export async function receive(world: World, campaign: string, lead: { name: string; email?: string; phone?: string; source?: string }) {
  await world.ask('anna', 'mutation($input: ReceiveLeadInput!) { receiveLead(input: $input) { errors { message } } }', { input: { campaign, ...lead } })
}

/** Says that somebody is away until a moment, or is back. */
export async function away(world: World, firstName: string, until: string | null) {
  const collaborator = await personNamed(world, firstName)
  await world.ask('anna', 'mutation($input: SetAwayInput!) { setAway(input: $input) { errors { message } } }', { input: { collaborator, until } })
}
