/** Text into the clipboard; on plain HTTP off this machine browsers offer only the older way. False: neither works. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) { await navigator.clipboard.writeText(text); return true }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
  const box = document.createElement('textarea')
  box.value = text
  box.className = 'visually-hidden'
  document.body.append(box)
  box.select()
  const taken = document.execCommand('copy')
  box.remove()
  return taken
}
