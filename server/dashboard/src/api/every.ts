// All of a list, for what is done to every row of it.

import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core'

interface Page<Node> {
  edges: { node: Node }[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

/** Reads a connection to its end, a hundred a page, and returns its nodes. The query takes `first` and `after`. Throws a CombinedError. */
export async function every<Data, Variables extends AnyVariables, Node>(
  client: Client,
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'first' | 'after'>,
  pick: (data: Data) => Page<Node>,
): Promise<Node[]> {
  const nodes: Node[] = []
  for (let after: string | null = null; ; ) {
    const asked = { ...variables, first: 100, after } as unknown as Variables
    const { data, error } = await client.query(query, asked, { requestPolicy: 'network-only' }).toPromise()
    if (!data) throw error
    const page = pick(data)
    nodes.push(...page.edges.map((edge) => edge.node))
    if (!page.pageInfo.hasNextPage || !page.pageInfo.endCursor) return nodes
    after = page.pageInfo.endCursor
  }
}
