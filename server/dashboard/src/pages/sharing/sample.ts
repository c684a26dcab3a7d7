// A file of people to begin with, and reading those that people have.

const samples: Record<string, string> = {
  en: 'Email,First name,Last name,Role,Can send,Can export\nlea.moreau@example.com,Léa,Moreau,member,no,no\nhugo.petit@example.com,Hugo,Petit,manager,yes,no\n',
  fr: 'E-mail;Prénom;Nom;Rôle;Peut envoyer;Peut exporter\nlea.moreau@example.com;Léa;Moreau;membre;non;non\nhugo.petit@example.com;Hugo;Petit;gestionnaire;oui;non\n',
}

/** Has the browser save a file that can be filled in. It begins with a mark by which spreadsheets know its letters. */
export function offerSample(language: string) {
  const url = URL.createObjectURL(new Blob(['\uFEFF', samples[language] ?? samples.en ?? ''], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'partage.csv'
  link.click()
  URL.revokeObjectURL(url)
}

/** The text of a file: UTF-8, UTF-16 with its mark, or what spreadsheets of Windows save otherwise. */
export async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  const mark = new Uint8Array(bytes.slice(0, 2)).join()
  const encoding = mark === '255,254' ? 'utf-16le' : mark === '254,255' ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
