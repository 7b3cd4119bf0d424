import { describe, expect, it } from 'vitest'
import { Store, type StoreImage } from './store'
import type { Base, Entry, Snapshot } from './types'

const base = (id: string, version = 1, more: object = {}): Base =>
  ({ id, version, term: 0, n: 0, home: '140429', created_at: '', updated_at: '', live: true, ...more })

/** A server that writes entries and can tell the truth about any topic: what the store must agree with. */
class Server {
  seq = 0
  entries: Entry[] = []
  /** -1: it has left the lists for good */
  readonly versions = new Map<string, number>()
  private readonly last = new Map<string, string>()
  private readonly rows = new Map<string, { kind: string; record: Base; topics: string[] }>()

  say(kind: string, record: Base, topics: string[], type = `${kind}.changed`): Entry {
    const lost = this.rows.get(`${kind}/${record.id}`)?.topics.filter((t) => !topics.includes(t)) ?? []
    this.rows.set(`${kind}/${record.id}`, { kind, record, topics })
    if (lost.length) this.write('scope.ended', kind, { id: record.id } as Base, lost)
    return this.write(type, kind, record, topics)
  }

  private write(type: string, kind: string, record: Base, topics: string[]): Entry {
    this.seq += 1
    const cursor = `a.${this.seq}`
    const prev = Object.fromEntries(topics.map((t) => [t, this.last.get(t) ?? null]))
    topics.forEach((t) => this.last.set(t, cursor))
    const entry: Entry = {
      cursor, at: '', received_at: '', type, kind, record: record as Entry['record'], text: { zh: type, en: type },
      actor: 'u', actor_name: null, cause: null, command: null, world: 0, prev,
    }
    this.entries.push(entry)
    return entry
  }

  snapshot(topic: string): { cursor: string; snapshot: Snapshot } {
    const items = [...this.rows.values()].filter((r) => r.topics.includes(topic) && r.record.live !== false)
    return { cursor: this.last.get(topic) ?? `a.0`, snapshot: { items: items.map((r) => ({ type: r.kind, record: r.record })) } }
  }
}

const watching = (server: Server, ...topics: string[]): Store => {
  const store = new Store()
  for (const topic of topics) store.applySnapshot(topic, server.snapshot(topic))
  return store
}
const rows = (store: Store): StoreImage['rows'] => store.serialise().rows

describe('store', () => {
  it('replaces a topic with its snapshot and deletes what only that topic held', () => {
    const server = new Server()
    server.say('team', base('both'), ['county', 'centre:1'])
    server.say('team', base('one'), ['centre:1'])
    const store = watching(server, 'county', 'centre:1')
    store.applySnapshot('centre:1', { cursor: 'a.9', snapshot: { items: [] } })
    expect(store.get('team', 'one')).toBeUndefined()
    expect(store.topicsOf('team', 'both')).toEqual(['county'])
  })

  it('keeps the newer of two states, by term, then n, then version', () => {
    const store = watching(new Server(), 'county')
    const server = new Server()
    for (const [term, n, version] of [[0, 0, 7], [0, 1, 2], [1, 0, 1]] as const) {
      store.applyEntries({ items: [server.say('team', base('x', version, { term, n }), ['county'])] })
      expect(store.get('team', 'x')).toMatchObject({ term, n, version })
    }
    store.applyEntries({ items: [server.say('team', base('x', 99, { term: 0, n: 5 }), ['county'])] })
    expect(store.get('team', 'x')).toMatchObject({ term: 1, version: 1 })
  })

  it('deletes what has left the lists and does not let an older entry bring it back', () => {
    const server = new Server()
    const store = watching(server, 'county')
    const [made, gone] = [server.say('alarm', base('a', 1), ['county']), server.say('alarm', base('a', 2, { live: false }), ['county'])]
    store.applyEntries({ items: [gone] })
    store.applyEntries({ items: [made, gone] })
    expect(store.all('alarm')).toEqual([])
  })

  it('takes an incident out with all that hangs on it when its scope ends, and takes it back when shared again', () => {
    const server = new Server()
    const store = watching(server, 'centre:2')
    const incident = base('i', 3)
    store.applyEntries({ items: [
      server.say('incident', incident, ['centre:1', 'centre:2']),
      server.say('task', base('t', 1, { incident_id: 'i' }), ['centre:2']),
    ] })
    server.say('incident', incident, ['centre:1'])
    store.applyEntries({ items: server.entries })
    expect(rows(store)).toEqual([])
    store.applyEntries({ items: [server.say('incident', incident, ['centre:1', 'centre:2'])] })
    expect(store.get('incident', 'i')?.version).toBe(3)
  })

  it('keeps a record that another watched topic still vouches for', () => {
    const server = new Server()
    const store = watching(server, 'county', 'centre:2')
    server.say('incident', base('i', 1), ['county', 'centre:2'])
    server.say('incident', base('i', 2), ['county'])
    store.applyEntries({ items: server.entries })
    expect(store.topicsOf('incident', 'i')).toEqual(['county'])
    store.dropTopic('county')
    expect(store.all('incident')).toEqual([])
  })

  it('lets go of what no audience names any more, also when one entry tells the losing and the keeping side', () => {
    const server = new Server()
    const store = watching(server, 'county', 'centre:2')
    const both = { ...server.say('incident', base('i', 1, { audience: ['county', 'centre:2'] }), ['county', 'centre:2']) }
    const one = { ...server.say('incident', base('i', 2, { audience: ['county'] }), ['county', 'centre:2']) }
    store.applyEntries({ items: [both, one] })
    expect(store.topicsOf('incident', 'i')).toEqual(['county'])
    const bare = server.say('figure', base('f', 1), ['county', 'centre:2'])
    store.applyEntries({ items: [bare, { ...server.say('figure', base('f', 2), ['county', 'centre:2']), lost: ['centre:2'] }] })
    expect(store.topicsOf('figure', 'f')).toEqual(['county'])
  })

  it('reports a hole, does not step over it, and closes it when the missed entries come', () => {
    const server = new Server()
    const store = watching(server, 'county')
    const [one, two, three] = [1, 2, 3].map((v) => server.say('team', base('x', v), ['county'])) as [Entry, Entry, Entry]
    store.applyEntries({ items: [one] })
    expect(store.applyEntries({ items: [three] }).holes).toEqual(['county'])
    expect(store.cursor('county')).toBe('a.1')
    expect(store.applyEntries({ items: [two, three] }).holes).toEqual([])
    expect(store.cursor('county')).toBe('a.3')
  })

  it('sees no hole where the snapshot is newer than the last entry of the topic', () => {
    const server = new Server()
    const store = new Store()
    server.say('team', base('x', 1), ['county'])
    store.applySnapshot('county', { cursor: 'a.40', snapshot: server.snapshot('county').snapshot })
    const next = { ...server.say('team', base('x', 2), ['county']), cursor: 'a.41' }
    expect(store.applyEntries({ items: [next] })).toEqual({ holes: [], applied: 1 })
  })

  it('asks for everything again when the server speaks for another incarnation', () => {
    const server = new Server()
    server.say('team', base('x', 5), ['county'])
    const store = watching(server, 'county')
    const foreign = { ...server.say('team', base('x', 6), ['county']), cursor: 'b.1', prev: { county: null } }
    expect(store.applyEntries({ items: [{ ...foreign, prev: { county: 'b.0' } }] }).holes).toEqual(['county'])
    store.applySnapshot('county', { cursor: 'b.1', snapshot: { items: [{ type: 'team', record: base('x', 2) }] } })
    expect(store.get('team', 'x')?.version).toBe(2)
  })

  it('tells its listeners once for each entry, also when a hole made it come twice', () => {
    const server = new Server()
    const store = watching(server, 'county')
    const heard: string[] = []
    store.onEntry((e) => heard.push(e.cursor))
    const [one, two] = [1, 2].map((v) => server.say('team', base('x', v), ['county'])) as [Entry, Entry]
    store.applyEntries({ items: [two] })
    store.applyEntries({ items: [one, two, one] })
    expect(heard.sort()).toEqual(['a.1', 'a.2'])
  })

  it('keeps one timeline item for each entry, oldest first, whatever the order they come in', () => {
    const server = new Server()
    const store = watching(server, 'incident:i')
    const items = [1, 2, 3].map((v) => server.say('incident', base('i', v), ['incident:i']))
    store.applyEntries({ items: [items[0]!, items[2]!] })
    store.applyEntries({ items: [...items] })
    expect(store.timeline('i').map((i) => i.cursor)).toEqual(['a.1', 'a.2', 'a.3'])
  })

  it('leaves out of the timeline what has no sentence, and reads a sentence of either form', () => {
    const server = new Server()
    const store = watching(server, 'incident:i')
    store.applyEntries({ items: [{ ...server.say('incident', base('i', 1), ['incident:i']), text: {} as Entry['text'] }] })
    expect(store.timeline('i')).toEqual([])
    const line = { ...server.entries[0]!, text: '接报' }
    store.applySnapshot('incident:i', { cursor: 'a.1', snapshot: { items: [{ type: 'incident', record: base('i') }], timeline: [line] } })
    expect(store.timeline('i')[0]?.text).toEqual({ zh: '接报', en: '接报' })
  })

  it('tells a watcher once for a whole batch, and only of the kind that changed', async () => {
    const server = new Server()
    const store = watching(server, 'county')
    await Promise.resolve()
    const told: string[] = []
    store.subscribe('team', () => told.push('team'))
    store.subscribe('incident', () => told.push('incident'))
    store.applyEntries({ items: [1, 2, 3].map((v) => server.say('team', base(`x${v}`), ['county'])) })
    await Promise.resolve()
    expect(told).toEqual(['team'])
  })

  it('ages a township that is up from its last word, and leaves one that is cut as the journal said', () => {
    const server = new Server()
    const store = watching(server, 'county')
    const link = (id: string, state: string): ReturnType<Server['say']> => server.say('link', base(id, 1, { state, last_at: '2026-07-22T00:00:00Z' }), ['county'])
    store.applyEntries({ items: [link('a', 'up'), link('b', 'cut')] })
    store.applyContact({ topic: 'county', tick: 1, now: '', ids: ['a', 'b', 'c'], at: [1, 1, 1].map((s) => Date.parse('2026-07-22T00:10:00Z') / 1000 + s) })
    expect(store.get('link', 'a')?.last_at).toBe('2026-07-22T00:10:01.000Z')
    expect(store.get('link', 'b')?.last_at).toBe('2026-07-22T00:00:00Z')
    expect(store.get('link', 'c')).toBeUndefined()
  })

  it('forgets where a team is when it is off duty and free', () => {
    const server = new Server()
    const store = watching(server, 'county')
    const said = (version: number, on_duty: boolean, status: string): void => {
      store.applyEntries({ items: [server.say('team', base('x', version, { on_duty, status }), ['county'])] })
    }
    said(1, true, 'available')
    store.applySignal({ topic: 'county', tick: 1, now: '', ids: ['x'], lon: [112_500_000], lat: [36_700_000], at: [1] })
    expect(store.position('x')?.lon).toBe(112.5)
    said(2, false, 'engaged')
    expect(store.position('x')?.lon).toBe(112.5)
    said(3, false, 'off')
    expect(store.position('x')).toBeNull()
  })

  it('takes the newest position, from the signal or from the record', () => {
    const server = new Server()
    const store = watching(server, 'county')
    store.applyEntries({ items: [server.say('team', base('x', 1, { position: { lon: 112, lat: 36, at: '2026-07-22T00:00:10Z' } }), ['county'])] })
    const signal = (at: number): void => store.applySignal({ topic: 'county', tick: 1, now: '', ids: ['x'], lon: [112_500_000], lat: [36_700_000], at: [at] })
    signal(Date.parse('2026-07-22T00:00:20Z') / 1000)
    expect(store.position('x')).toMatchObject({ lon: 112.5, lat: 36.7 })
    signal(Date.parse('2026-07-22T00:00:05Z') / 1000)
    expect(store.position('x')?.lon).toBe(112.5)
    expect(store.position('unseen')).toBeNull()
  })

  it('comes back from its own picture exactly as it was', () => {
    const server = new Server()
    for (let i = 0; i < 5; i += 1) server.say('incident', base(`i${i}`), ['county', `incident:i${i}`])
    const store = watching(server, 'county', 'incident:i2')
    const image = JSON.parse(JSON.stringify(store.serialise())) as StoreImage
    const again = new Store()
    again.restore(image)
    expect(again.serialise()).toEqual(store.serialise())
    expect(again.cursor('county')).toBe(store.cursor('county'))
  })
})

/** A small repeatable source of chance. */
const chance = (seed: number): ((n: number) => number) => {
  let s = seed
  return (n) => { s = (s * 1103515245 + 12345) % 2147483648; return s % n }
}

describe('store under random histories', () => {
  const TOPICS = ['county', 'centre:1', 'centre:2', 'team:a']
  const history = (server: Server, pick: (n: number) => number, steps: number): void => {
    for (let i = 0; i < steps; i += 1) {
      const kind = ['incident', 'task', 'team'][pick(3)]!
      const id = `${kind}${pick(4)}`
      if (server.versions.get(id) === -1) continue
      const version = (server.versions.get(id) ?? 0) + 1
      const live = pick(9) > 0 || kind === 'incident'
      server.versions.set(id, live ? version : -1)
      server.say(kind, base(id, version, { live }), TOPICS.filter(() => pick(2) === 0).concat('county'))
    }
  }

  it.each([...Array(60).keys()])('ends like a fresh snapshot: entries once, twice, in pieces (history %i)', (seed) => {
    const [server, pick] = [new Server(), chance(seed + 1)]
    history(server, pick, 10)
    const watched = TOPICS.filter(() => pick(3) > 0)
    const store = watching(server, ...watched)
    const from = server.entries.length
    history(server, pick, 40)
    for (let i = from; i < server.entries.length; i += 1) {
      const back = Math.max(0, i - pick(6))
      store.applyEntries({ items: server.entries.slice(back, i + 1) })
    }
    expect(rows(store)).toEqual(rows(watching(server, ...watched)))
  })

  it.each([...Array(60).keys()])('heals every hole by watching again, with entries lost and shuffled (history %i)', (seed) => {
    const [server, pick] = [new Server(), chance(seed + 1000)]
    history(server, pick, 5)
    const store = watching(server, ...TOPICS)
    const from = server.entries.length
    history(server, pick, 40)
    const rest = server.entries.slice(from).filter(() => pick(4) > 0).sort(() => pick(3) - 1)
    for (const entry of rest) store.applyEntries({ items: [entry] })
    store.applyEntries({ items: server.entries.slice(from) })
    expect(rows(store)).toEqual(rows(watching(server, ...TOPICS)))
  })
})
