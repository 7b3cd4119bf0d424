/** Which townships can be heard: up, cut off, or never connected (which is not cut off). Pure. */
import { ms } from '../../kernel/ages'
import type { Centre, Link } from '../../kernel/types'

export interface Contact { centre: Centre; state: Link['state']; lastAt: number | null }
export interface Contacts { cut: Contact[]; up: Contact[]; never: Contact[]; all: number }

export function contactsOf(centres: Centre[], links: Link[]): Contacts {
  const known = new Map(links.map((l) => [l.id, l]))
  const each = centres.filter((c) => c.kind === 'township').map((centre): Contact => {
    const link = known.get(centre.code)
    return { centre, state: link?.state ?? 'never', lastAt: link?.last_at ? ms(link.last_at) : null }
  })
  const of = (state: Link['state']): Contact[] => each.filter((c) => c.state === state)
  return { cut: of('cut').sort((a, b) => (a.lastAt ?? 0) - (b.lastAt ?? 0)), up: of('up'), never: of('never'), all: each.length }
}
