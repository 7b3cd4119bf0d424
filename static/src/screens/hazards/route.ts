/** Which pane is open and what is chosen in it, as the address says it: `#<hazard>`, `#watched/<hazard>`, `#rounds/new?hazard=<id>`. */
export const PANES = ['list', 'watched', 'risks', 'rounds', 'figures', 'lec'] as const
export type Pane = (typeof PANES)[number]
/** what a new entry comes from: an incident, a hazard, a risk point */
export type From = Partial<Record<'incident' | 'hazard' | 'risk', string>>
export interface Route { pane: Pane; id: string; /** a new entry is being written */ fresh: boolean; from: From }

const isPane = (text: string): text is Pane => (PANES as readonly string[]).includes(text)

export function readHash(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const [first = '', second = ''] = path.split('/')
  const from: From = Object.fromEntries(new URLSearchParams(query))
  if (first === 'report') return { pane: 'list', id: '', fresh: true, from }
  if (!isPane(first)) return { pane: 'list', id: first, fresh: false, from: {} }
  return second === 'new' ? { pane: first, id: '', fresh: true, from } : { pane: first, id: second, fresh: false, from: {} }
}

export function writeHash({ pane, id, fresh, from }: Route): string {
  const said = new URLSearchParams(from).toString()
  const tail = fresh && said ? `?${said}` : ''
  if (pane === 'list') return fresh ? `#report${tail}` : id ? `#${id}` : ''
  return `#${pane}${fresh ? `/new${tail}` : id ? `/${id}` : ''}`
}
