// How leads are sent to a form, as its door takes them.

interface Labels {
  name: string
  email: string
  phone: string
  message: string
  send: string
}

/** A form for a web page; it needs no script. */
export function htmlExample(address: string, label: Labels): string {
  return `<form method="post" action="${address}">
  <label>${label.name} <input name="name" autocomplete="name"></label>
  <label>${label.email} <input name="email" type="email" autocomplete="email" required></label>
  <label>${label.phone} <input name="phone" type="tel" autocomplete="tel"></label>
  <label>${label.message} <textarea name="message"></textarea></label>
  <input type="hidden" name="source" value="Website">
  <button>${label.send}</button>
</form>`
}

/** A command that a program can do alike. Sent again with the same idempotency key, the lead comes in once. */
export function curlExample(address: string): string {
  return `curl ${address} \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: enquiry-4711' \\
  -d '{"email": "ada@example.com", "name": "Ada Example", "phone": "+33 6 12 34 56 78", "source": "Website", "message": "Please call me back."}'`
}
