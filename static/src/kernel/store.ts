/**
 * What this screen knows: records by kind, which topics vouch for each, timelines, positions.
 * Plain TypeScript without Vue, so that the parity test runs on the real one.
 *
 * It holds: a record is replaced only by a newer (term, n, version); what no watched topic vouches
 * for any more is deleted; the same entries in any order, any number of times, end in the same state.
 */
import { compareCursors } from './cursor'
import { Notices, type Change } from './notices'
import { Timelines } from './timelines'
import type {
  Base, ContactMessage, Cursor, Entry, Eta, EtaMessage, Kind, Position, RecordOf, Snapshot, SignalMessage, TimelineItem, Topic,
} from './types'

interface Held { record: Base; topics: Set<Topic> }
type Stamp = [term: number, n: number, version: number]
type Child = Base & { incident_id?: string | null }
export type { Change }
export interface StoreImage {
  v: 1
  cursors: [Topic, Cursor][]
  rows: [kind: string, record: Base, topics: Topic[]][]
  timelines: [Topic, TimelineItem[]][]
  /** topics that tell of some kinds and hold none of them */
  passing?: [Topic, Kind[]][]
}
export type ApplyResult = { holes: Topic[]; applied: number }

const GRAVES_KEPT = 5000
/** Kinds that hang on an incident and go with it; an alarm has an audience of its own. */
const HANGING: ReadonlySet<Kind> = new Set(['figure', 'report', 'task', 'drawing'])
const PARTY = /^(county$|centre:|team:)/
const stampOf = (r: Partial<Base>): Stamp => [r.term ?? 0, r.n ?? 0, r.version ?? 0]
const newer = (a: Stamp, b: Stamp): boolean =>
  a[0] !== b[0] ? a[0] > b[0] : a[1] !== b[1] ? a[1] > b[1] : a[2] > b[2]
const newerOrSame = (a: Partial<Base>, b: Partial<Base>): boolean => !newer(stampOf(b), stampOf(a))

export class Store {
  private readonly tables = new Map<Kind, Map<string, Held>>()
  private readonly cursors = new Map<Topic, Cursor>()
  private readonly timelines = new Timelines()
  /** Kinds that a topic tells of and does not hold: too many for a screen, which reads them a page at a time. */
  private readonly passing = new Map<Topic, Set<Kind>>()
  /** What has left the lists, with its last state: nothing older may bring it back. */
  private readonly graves = new Map<string, Stamp>()
  private readonly places = new Map<string, Position>()
  private readonly arrivals = new Map<string, Eta>()
  private readonly notices: Notices
  /** Cursors already told to the entry listeners although their topic still waits for a hole to close. */
  private readonly ahead = new Set<Cursor>()

  constructor(schedule: (run: () => void) => void = queueMicrotask) {
    this.notices = new Notices(schedule)
  }

  // ---- reading ----
  get<K extends Kind>(kind: K, id: string | null | undefined): RecordOf<K> | undefined {
    return id ? (this.tables.get(kind)?.get(id)?.record as RecordOf<K> | undefined) : undefined
  }

  all<K extends Kind>(kind: K): RecordOf<K>[] {
    return Array.from(this.tables.get(kind)?.values() ?? [], (h) => h.record as RecordOf<K>)
  }

  /** Oldest first. */
  timeline(incidentId: string): TimelineItem[] {
    return this.timelines.of(`incident:${incidentId}`)
  }

  /** The newest known position of a team: the fleeting one or the one on its record; none once it is off duty and free. */
  position(teamId: string): Position | null {
    const team = this.get('team', teamId)
    if (team?.on_duty === false && team.status !== 'reserved' && team.status !== 'engaged') return null
    const kept = team?.position
    const fromRecord = kept ? { lon: kept.lon, lat: kept.lat, at: Date.parse(kept.at) } : null
    const heard = team ? this.places.get(teamId) : undefined
    if (!heard) return fromRecord
    return fromRecord && fromRecord.at > heard.at ? fromRecord : heard
  }

  /** When the team of a task will be there, as it was last told. */
  eta(taskId: string): Eta | null { return this.arrivals.get(taskId) ?? null }

  cursor(topic: Topic): Cursor | null { return this.cursors.get(topic) ?? null }
  topics(): Topic[] { return [...this.cursors.keys()] }
  topicsOf(kind: Kind, id: string): Topic[] { return [...(this.tables.get(kind)?.get(id)?.topics ?? [])].sort() }

  // ---- being told ----
  applySnapshot(topic: Topic, state: { cursor: Cursor; snapshot: Snapshot }): void {
    const present = new Set<string>()
    const restored = compareCursors(state.cursor, this.cursor(topic)) === null
    for (const { type, record } of state.snapshot.items) {
      present.add(`${type}/${record.id}`)
      this.graves.delete(`${type}/${record.id}`)
      this.put(type, record, [topic], restored)
    }
    this.passing.set(topic, new Set(state.snapshot.passing ?? []))
    if (this.timelines.replace(topic, state.snapshot)) this.touch('timeline')
    this.cursors.set(topic, state.cursor)
    for (const [kind, table] of this.tables) {
      for (const [id, held] of [...table]) {
        if (held.topics.has(topic) && !present.has(`${kind}/${id}`)) this.withdraw(kind, id, [topic])
      }
    }
    this.touch('topics')
  }

  /** Applies entries in the order given; `holes` are topics to be watched again from their cursor. */
  applyEntries(message: { items: Entry[]; upto?: Cursor; now?: string }): ApplyResult {
    const holes = new Set<Topic>()
    let applied = 0
    for (const item of message.items) if (this.applyEntry(item, holes)) applied += 1
    return { holes: [...holes], applied }
  }

  applySignal(signal: SignalMessage): void {
    signal.ids.forEach((id, i) => {
      const at = signal.at[i]! * 1000
      if ((this.places.get(id)?.at ?? 0) > at) return
      this.places.set(id, { lon: signal.lon[i]! / 1e6, lat: signal.lat[i]! / 1e6, at })
    })
    this.touch('positions')
  }

  applyEta(told: EtaMessage): void {
    told.ids.forEach((id, i) => {
      const due = told.due[i] ?? null
      this.arrivals.set(id, { due: due === null ? null : due * 1000, at: told.at[i]! * 1000, basis: told.basis[i]!, metres: told.metres[i] ?? null })
    })
    this.touch('positions')
  }

  /** A township that is up was heard just now: its record says when it came up, its age counts from the last word. */
  applyContact(contact: ContactMessage): void {
    contact.ids.forEach((id, i) => {
      const held = this.tables.get('link')?.get(id)
      const link = held?.record as RecordOf<'link'> | undefined
      const at = contact.at[i]! * 1000
      if (!held || link?.state !== 'up' || Date.parse(link.last_at ?? '') >= at) return
      const heard: RecordOf<'link'> = { ...link, last_at: new Date(at).toISOString() }
      held.record = heard
      this.touch('link')
    })
  }

  /** The right to a topic is lost, or it is watched no more: what only it held goes. */
  dropTopic(topic: Topic): void {
    this.cursors.delete(topic)
    this.passing.delete(topic)
    if (this.timelines.drop(topic)) this.touch('timeline')
    for (const [kind, table] of this.tables) {
      for (const [id, held] of [...table]) if (held.topics.has(topic)) this.withdraw(kind, id, [topic])
    }
    this.touch('topics')
  }

  clear(): void {
    for (const kind of this.tables.keys()) this.touch(kind)
    for (const map of [this.tables, this.cursors, this.timelines, this.passing, this.graves, this.places, this.ahead]) map.clear()
    for (const change of ['topics', 'timeline', 'positions'] as const) this.touch(change)
  }

  // ---- listening ----
  /** Called once per batch after anything of this kind changed. Returns the way to stop. */
  subscribe(change: Change, run: () => void): () => void {
    return this.notices.subscribe(change, run)
  }

  /** Each entry that was new to this store, at once and in order (sounds, "new" marks). */
  onEntry(run: (entry: Entry) => void): () => void {
    return this.notices.onEntry(run)
  }

  // ---- keeping ----
  serialise(): StoreImage {
    const rows: StoreImage['rows'] = []
    for (const [kind, table] of this.tables) {
      for (const held of table.values()) rows.push([kind, held.record, [...held.topics].sort()])
    }
    rows.sort((a, b) => `${a[0]}/${a[1].id}`.localeCompare(`${b[0]}/${b[1].id}`))
    const cursors = [...this.cursors].sort(([a], [b]) => a.localeCompare(b))
    const passing = [...this.passing].filter(([, kinds]) => kinds.size > 0).map(([topic, kinds]): [Topic, Kind[]] => [topic, [...kinds]])
    return { v: 1, cursors, rows, timelines: this.timelines.serialise(), ...(passing.length ? { passing } : {}) }
  }

  restore(image: StoreImage): void {
    this.clear()
    for (const [topic, cursor] of image.cursors) this.cursors.set(topic, cursor)
    for (const [topic, kinds] of image.passing ?? []) this.passing.set(topic, new Set(kinds))
    for (const [kind, record, topics] of image.rows) this.put(kind, record, topics)
    this.timelines.restore(image.timelines)
  }

  // ---- inside ----
  private applyEntry(item: Entry, holes: Set<Topic>): boolean {
    const fresh = this.freshTopics(item, holes)
    if (fresh.length === 0) return false
    if (this.timelines.note(item, fresh)) this.touch('timeline')
    const ended = item.type === 'scope.ended'
    const id = item.record.id
    if (id !== undefined) {
      if (ended) this.endScope(item.kind, id, fresh)
      else if (item.record.live === false) this.bury(item.kind, item.record as Base)
      else if (this.mayLive(item)) {
        this.keep(item, fresh)
        const losing = this.losing(item)
        this.withdraw(item.kind, id, losing)
        if (item.kind === 'incident' && losing.length > 0) this.withdrawChildren(id, losing)
      }
    }
    this.tell(item, holes)
    return true
  }

  private tell(item: Entry, holes: Set<Topic>): void {
    const told = this.ahead.delete(item.cursor)
    if (Object.keys(item.prev).some((t) => holes.has(t))) this.ahead.add(item.cursor)
    if (!told) this.notices.tell(item)
  }

  /** Watched topics for which the item is news; moves their cursors, notes holes. */
  private freshTopics(item: Entry, holes: Set<Topic>): Topic[] {
    const fresh: Topic[] = []
    for (const [topic, prev] of Object.entries(item.prev)) {
      const held = this.cursors.get(topic)
      if (held === undefined) continue
      const past = compareCursors(item.cursor, held)
      if (past !== null && past <= 0) continue
      fresh.push(topic)
      const gap = compareCursors(prev, held)
      if (gap === null || gap > 0 || holes.has(topic)) holes.add(topic)
      else this.cursors.set(topic, item.cursor)
    }
    return fresh
  }

  /** Topics that no longer speak for the record: said so by the entry, or parties that its audience names no more. */
  private losing(item: Entry): Topic[] {
    const held = this.tables.get(item.kind)?.get(item.record.id as string)
    const audience = item.record.audience
    if (!held || !newerOrSame(item.record, held.record)) return []
    const dropped = Array.isArray(audience) ? [...held.topics].filter((t) => PARTY.test(t) && !audience.includes(t)) : []
    return [...(item.lost ?? []), ...dropped]
  }

  /** What is told by topics that hold none of its kind is kept only where another topic vouches for it. */
  private keep(item: Entry, fresh: Topic[]): void {
    const holding = fresh.filter((topic) => !this.passing.get(topic)?.has(item.kind))
    if (holding.length > 0 || this.tables.get(item.kind)?.has(item.record.id as string)) this.put(item.kind, item.record as Base, holding)
  }

  /** `force`: the server was restored from a backup, its word holds even where ours looks newer. */
  private put(kind: Kind, record: Base, topics: Topic[], force = false): void {
    const table = this.tables.get(kind) ?? new Map<string, Held>()
    this.tables.set(kind, table)
    const held = table.get(record.id)
    if (!held) table.set(record.id, { record, topics: new Set(topics) })
    else {
      topics.forEach((t) => held.topics.add(t))
      if (!force && !newer(stampOf(record), stampOf(held.record))) return
      held.record = record
    }
    this.touch(kind)
  }

  private mayLive(item: Entry): boolean {
    const grave = this.graves.get(`${item.kind}/${item.record.id}`)
    return !grave || newer(stampOf(item.record), grave)
  }

  /** It has left the lists for everybody, and with an incident all that hangs on it; who looks at it alone keeps it. */
  private bury(kind: Kind, record: Base): void {
    const held = this.tables.get(kind)?.get(record.id)
    if (held && newer(stampOf(held.record), stampOf(record))) return
    const key = `${kind}/${record.id}`
    if (!this.mayLive({ kind, record } as unknown as Entry)) return
    this.graves.delete(key)
    this.graves.set(key, stampOf(record))
    if (this.graves.size > GRAVES_KEPT) this.graves.delete(this.graves.keys().next().value as string)
    const own = `incident:${record.id}`
    const alone = kind === 'incident' && this.cursors.has(own)
    if (alone) this.put(kind, record, [own])
    const left = [...this.cursors.keys()].filter((t) => !alone || t !== own)
    this.withdraw(kind, record.id, left)
    if (kind === 'incident') this.withdrawChildren(record.id, left)
  }

  private withdrawChildren(incidentId: string, topics: Topic[]): void {
    for (const [kind, id] of this.childrenOf(incidentId)) this.withdraw(kind, id, topics)
  }

  /** Scope is lost on these topics; what another watched topic vouches for stays. */
  private endScope(kind: Kind, id: string, topics: Topic[]): void {
    const own = `incident:${id}`
    const held = this.tables.get(kind)?.get(id)
    const left = [...(held?.topics ?? [])].filter((t) => !topics.includes(t) && t !== own)
    const gone = kind === 'incident' && left.length === 0 ? [...topics, own] : topics
    this.withdraw(kind, id, gone)
    if (kind !== 'incident') return
    if (gone.includes(own) && this.timelines.drop(own)) this.touch('timeline')
    this.withdrawChildren(id, gone)
  }

  private childrenOf(incidentId: string): [Kind, string][] {
    return [...this.tables].filter(([kind]) => HANGING.has(kind)).flatMap(([kind, table]) =>
      [...table.values()].filter((h) => (h.record as Child).incident_id === incidentId).map((h): [Kind, string] => [kind, h.record.id]))
  }

  private withdraw(kind: Kind, id: string, topics: Topic[]): void {
    const held = this.tables.get(kind)?.get(id)
    if (!held) return
    topics.forEach((t) => held.topics.delete(t))
    if (held.topics.size === 0) this.remove(kind, id)
  }

  private remove(kind: Kind, id: string): void {
    if (this.tables.get(kind)?.delete(id)) this.touch(kind)
  }

  private touch(change: Change): void { this.notices.touch(change) }
}
