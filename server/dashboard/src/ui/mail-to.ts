/** Where a link goes that writes to an address: to that alone, whatever signs are in it. */
export function mailTo(address: string): string {
  return `mailto:${encodeURIComponent(address).replace('%40', '@')}`
}
