/**
 * The live line: watches topics into the store, notices holes and silence, sends commands until they are settled.
 * WebSocket only; after a cut every topic is watched again from its cursor.
 */
import { io, type Socket } from 'socket.io-client'
import { clock, type Clock } from './clock'
import { Problem, lineDown } from './http'
import type { Store } from './store'
import type { ContactMessage, EtaMessage, Cursor, EntriesMessage, ProblemBody, SignalMessage, Topic, TopicState } from './types'
import { uuid } from './uuid'

export type LineState = 'connecting' | 'live' | 'stale' | 'offline'
export type Outcome<T = unknown> =
  | { ok: true; result: T; cursor: Cursor | null; command_id: string }
  | { ok: false; problem: Problem; command_id: string }
export interface DoOptions {
  /** the same id is used for every repeat; give it to make a retry of an earlier attempt */
  commandId?: string
  version?: number
  /** the actor's clock, when the thing was done earlier than it is sent */
  at?: string
  /** stop trying after this long (default 60 s); a queue gives it up and keeps the item */
  giveUpMs?: number
}
export interface LiveOptions {
  store: Store
  /** wall and desk come back first after a cut */
  priority?: 'first' | 'later'
  csrf?: () => string | null
  token?: string
  world?: number
  url?: string
  clock?: Clock
}
type Ack = { ok: boolean; result?: unknown; problem?: ProblemBody; cursor?: Cursor }
type WatchAck = { topics: Record<Topic, TopicState | ProblemBody> } | ProblemBody

const SILENCE_MS = 12_500
const MOST_PATIENCE_MS = 120_000
const ACK_MS = 8_000
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

export class Live {
  readonly store: Store
  /** Server time of the last word from it, ms; null before the first. */
  lastHeardAt: number | null = null
  private readonly socket: Socket
  private readonly wanted = new Set<Topic>()
  private readonly asking = new Set<Topic>()
  /** told to start afresh while an answer was still on its way */
  private readonly afresh = new Set<Topic>()
  private readonly refused = new Map<Topic, Problem>()
  private readonly watchers = new Set<() => void>()
  private readonly denied = new Set<() => void>()
  private readonly clock: Clock
  private readonly options: LiveOptions
  private readonly stopTick: () => void
  private said: LineState = 'connecting'
  private returning: ReturnType<typeof setTimeout> | undefined

  constructor(options: LiveOptions) {
    this.options = options
    this.store = options.store
    this.clock = options.clock ?? clock
    const slow = options.priority === 'later'
    this.socket = io(`${options.url ?? ''}/live`, {
      transports: ['websocket'],
      autoConnect: false,
      reconnectionDelay: slow ? 1000 : 300,
      reconnectionDelayMax: slow ? 20_000 : 5_000,
      randomizationFactor: 1,
      auth: (give) => give(options.token ? { token: options.token } : { csrf: options.csrf?.() ?? null }),
    })
    this.listen()
    this.stopTick = this.clock.onTick(() => this.judge())
  }

  connect(): void { this.socket.connect() }
  close(): void {
    clearTimeout(this.returning)
    this.stopTick()
    this.socket.disconnect()
  }
  get state(): LineState { return this.said }
  /** Why a topic is not given, if it is not. */
  refusal(topic: Topic): Problem | null { return this.refused.get(topic) ?? null }
  onChange(run: () => void): () => void { this.watchers.add(run); return () => this.watchers.delete(run) }
  /** The server is there but does not let us in: look whether the session is still good. */
  onDenied(run: () => void): () => void { this.denied.add(run); return () => this.denied.delete(run) }

  watch(...topics: Topic[]): void {
    const fresh = topics.filter((t) => !this.wanted.has(t))
    fresh.forEach((t) => this.wanted.add(t))
    if (this.socket.connected) this.ask(fresh)
  }

  unwatch(...topics: Topic[]): void {
    topics.forEach((t) => this.wanted.delete(t))
    if (this.socket.connected) this.socket.emit('unwatch', { topics })
    topics.forEach((t) => this.store.dropTopic(t))
  }

  /**
   * Does an action by its name. Repeats with the same command id until the server has settled it;
   * only the server's answer settles it, never what the screen shows.
   */
  async do<T = unknown>(name: string, payload: Record<string, unknown>, options: DoOptions = {}): Promise<Outcome<T>> {
    const command_id = options.commandId ?? uuid()
    const message = { name, payload, command_id, world: this.options.world ?? 0, version: options.version, at: options.at }
    const until = Date.now() + (options.giveUpMs ?? 60_000)
    let problem = lineDown('not connected')
    for (let attempt = 0; attempt === 0 || Date.now() < until; attempt += 1) {
      const answer = await this.once(message, until)
      if (answer.ok) return { ok: true, result: answer.result as T, cursor: answer.cursor ?? null, command_id }
      problem = answer.problem
      if (!problem.passing || problem.status === 401) break
      await wait(Math.min(Math.random() * 400 * 2 ** Math.min(attempt, 5), Math.max(0, until - Date.now())))
    }
    return { ok: false, problem, command_id }
  }

  private async once(message: object, until: number): Promise<{ ok: true; result: unknown; cursor?: Cursor } | { ok: false; problem: Problem }> {
    if (!this.socket.connected && !(await this.connected(until - Date.now()))) {
      return { ok: false, problem: lineDown('not connected') }
    }
    try {
      const ack = (await this.socket.timeout(ACK_MS).emitWithAck('do', message)) as Ack
      if (ack.ok) return { ok: true, result: ack.result, ...(ack.cursor ? { cursor: ack.cursor } : {}) }
      return { ok: false, problem: new Problem(ack.problem ?? { type: 'about:blank', title: 'refused', status: 500 }) }
    } catch (error) {
      return { ok: false, problem: lineDown(String(error)) }
    }
  }

  private connected(ms: number): Promise<boolean> {
    return new Promise((done) => {
      const yes = (): void => { clearTimeout(timer); done(true) }
      const timer = setTimeout(() => { this.socket.off('connect', yes); done(false) }, Math.max(0, ms))
      this.socket.once('connect', yes)
    })
  }

  private listen(): void {
    this.socket.on('connect', () => { this.heard(); this.asking.clear(); this.afresh.clear(); this.ask([...this.wanted]) })
    this.socket.on('entries', (m: EntriesMessage) => {
      this.heard(m.now)
      const { holes } = this.store.applyEntries(m)
      this.ask(holes)
    })
    this.socket.on('signal', (m: SignalMessage) => { this.heard(m.now); this.store.applySignal(m) })
    this.socket.on('eta', (m: EtaMessage) => { this.heard(m.now); this.store.applyEta(m) })
    this.socket.on('contact', (m: ContactMessage) => { this.heard(m.now); this.store.applyContact(m) })
    this.socket.on('resync', ({ topic }: { topic: Topic }) => { this.heard(); this.ask([topic], true) })
    this.socket.on('drop', ({ topic }: { topic: Topic }) => {
      this.heard()
      this.wanted.delete(topic)
      this.store.dropTopic(topic)
    })
    this.socket.on('disconnect', (reason) => {
      this.judge()
      if (reason === 'io server disconnect') this.comeBack()
    })
    this.socket.on('connect_error', () => {
      this.judge()
      if (this.socket.active) return
      this.comeBack()
      for (const run of this.denied) run()
    })
  }

  /** The library gives up when the server itself closes or refuses; a screen never gives up. */
  private comeBack(): void {
    clearTimeout(this.returning)
    const ceiling = this.options.priority === 'later' ? 15_000 : 4_000
    this.returning = setTimeout(() => this.socket.connect(), 300 + Math.random() * ceiling)
  }

  /** An answer that takes longer than it was waited for is asked for again with more patience: a slow machine answers too. */
  private ask(topics: Topic[], afresh = false, patience = ACK_MS * 2): void {
    if (afresh) topics.filter((t) => this.asking.has(t)).forEach((t) => this.afresh.add(t))
    const open = topics.filter((t) => this.wanted.has(t) && !this.asking.has(t))
    if (open.length === 0) return
    open.forEach((t) => this.asking.add(t))
    const body = Object.fromEntries(open.map((t) => [t, afresh ? null : this.store.cursor(t)]))
    this.socket.timeout(patience).emit('watch', { world: this.options.world ?? 0, topics: body }, (error: Error | null, ack: WatchAck) => {
      open.forEach((t) => this.asking.delete(t))
      if (error) { if (this.socket.connected) this.ask(open, afresh, Math.min(patience * 2, MOST_PATIENCE_MS)); return }
      this.heard()
      if ('topics' in ack) this.take(ack.topics as Record<Topic, TopicState | ProblemBody>)
      else open.forEach((t) => this.refused.set(t, new Problem(ack as ProblemBody)))
      this.tell()
      const again = open.filter((t) => this.afresh.delete(t))
      if (again.length > 0) this.ask(again, true)
    })
  }

  private take(topics: Record<Topic, TopicState | ProblemBody>): void {
    for (const [topic, state] of Object.entries(topics)) {
      if (!this.wanted.has(topic)) continue
      if (!('cursor' in state)) {
        this.refused.set(topic, new Problem(state as ProblemBody))
        this.store.dropTopic(topic)
        continue
      }
      this.refused.delete(topic)
      const { cursor, snapshot } = state as TopicState
      if (snapshot) this.store.applySnapshot(topic, { cursor, snapshot })
    }
  }

  private heard(now?: string): void {
    if (now) this.clock.observe(now)
    this.lastHeardAt = this.clock.now()
    this.judge()
  }

  private judge(): void {
    const silent = this.lastHeardAt === null || this.clock.now() - this.lastHeardAt > SILENCE_MS
    const next: LineState = this.socket.connected
      ? silent ? 'stale' : 'live'
      : this.lastHeardAt === null && this.socket.active ? 'connecting' : 'offline'
    if (next === this.said) return
    this.said = next
    this.tell()
  }

  private tell(): void { for (const run of this.watchers) run() }
}
