/** What a lead is called: by its name, or else by how it can be reached. */
export function leadName(lead: { name: string; email: string; phone: string }): string {
  return lead.name || lead.email || lead.phone
}
