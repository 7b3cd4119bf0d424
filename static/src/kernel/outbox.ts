/**
 * What this device still has to say. First written down, then sent, in order, under the session of the one who said it;
 * kept while the line, the session or the server fails; what the server refuses for good goes to a list a person sees.
 */
import { disk, type QueuedItem, type RefusedItem } from './disk'
import type { Outcome } from './live'
import { uuid } from './uuid'

export interface OutboxOptions {
  /** sends one item and settles it; see `liveSender` */
  send: (item: QueuedItem) => Promise<Outcome>
  /** id of the actor whose session this browser has now, or null */
  actor: () => string | null
  /** the world of this screen's line; what was said in a drill is never sent into life */
  world?: number
}
export type Draft = Pick<QueuedItem, 'name' | 'payload'>
  & Partial<Pick<QueuedItem, 'at' | 'world' | 'version' | 'label' | 'command_id' | 'urgent' | 'bulky'>>

/** A life before words, words before photos; within each as it was put. */
export function inOrder(items: readonly QueuedItem[]): QueuedItem[] {
  const rank = (item: QueuedItem): number => (item.urgent ? 0 : item.bulky ? 2 : 1)
  return [0, 1, 2].flatMap((wanted) => items.filter((item) => rank(item) === wanted))
}

const RETRY_MS = 5_000

/** Random, made once for this browser: tells two devices of one person apart. */
export function deviceId(): string {
  const held = globalThis.localStorage?.getItem('fengsui.device')
  if (held) return held
  const made = uuid()
  globalThis.localStorage?.setItem('fengsui.device', made)
  return made
}

export class Outbox {
  pending: QueuedItem[] = []
  refused: RefusedItem[] = []
  /** what was refused is still worth telling: the scene's words must reach the timeline */
  onRefused: ((item: RefusedItem) => void) | null = null
  private readonly options: OutboxOptions
  private readonly watchers = new Set<() => void>()
  private again = false
  private running: Promise<void> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: OutboxOptions) { this.options = options }

  /** Reads what an earlier run left, and sends it when it can. */
  async open(): Promise<void> {
    await this.reload()
    globalThis.addEventListener?.('online', () => void this.flush())
    void this.flush()
  }

  /** Written down before anything is sent; resolves once it is on disk. Returns the command id. */
  async put(draft: Draft): Promise<string> {
    const actor = this.options.actor()
    if (!actor) throw new Error('nobody is signed in')
    const now = new Date().toISOString()
    const item: QueuedItem = {
      world: this.options.world ?? 0, at: now, ...draft,
      command_id: draft.command_id ?? uuid(), actor, device: deviceId(), made_at: now,
    }
    await (await disk()).add('queue', item)
    await this.reload()
    void this.flush()
    return item.command_id
  }

  /** Sends what may go. Call it when the line is back; it also calls itself. */
  flush(): Promise<void> {
    this.again = true
    this.running ??= this.run().finally(() => {
      this.running = null
      if (this.again) void this.flush()
    })
    return this.running
  }

  /** An item put down while the last one was settling must not wait for the next occasion. */
  private async run(): Promise<void> {
    while (this.again) {
      this.again = false
      await this.drain()
    }
  }

  /** What became of an item, as far as it is known after `ms`: taken, refused with the reason, or still here. */
  outcome(commandId: string, ms: number): Promise<'taken' | 'waiting' | RefusedItem> {
    const known = (): 'taken' | 'waiting' | RefusedItem =>
      this.refused.find((item) => item.command_id === commandId) ?? (this.pending.some((item) => item.command_id === commandId) ? 'waiting' : 'taken')
    return new Promise((done) => {
      const look = (late: boolean): void => {
        const now = known()
        if (now === 'waiting' && !late) return
        clearTimeout(timer)
        off()
        done(now)
      }
      const timer = setTimeout(() => look(true), ms)
      const off = this.onChange(() => look(false))
      look(false)
    })
  }

  /** A refused item stays until somebody has read it. */
  async read(commandId: string): Promise<void> {
    await (await disk()).delete('refused', commandId)
    await this.reload()
  }

  onChange(run: () => void): () => void { this.watchers.add(run); return () => this.watchers.delete(run) }
  close(): void { clearTimeout(this.timer) }

  private async drain(): Promise<void> {
    clearTimeout(this.timer)
    for (;;) {
      const item = inOrder(await this.mine())[0]
      if (!item) break
      const outcome = await this.options.send(item)
      if (!outcome.ok && outcome.problem.passing) {
        this.timer = setTimeout(() => void this.flush(), RETRY_MS)
        break
      }
      await this.settle(item, outcome)
    }
    await this.reload()
  }

  private async settle(item: QueuedItem, outcome: Outcome): Promise<void> {
    const tx = (await disk()).transaction(['queue', 'refused'], 'readwrite')
    let refused: RefusedItem | null = null
    if (!outcome.ok) {
      refused = { ...item, problem: { ...outcome.problem.body }, refused_at: new Date().toISOString(), read: false }
      await tx.objectStore('refused').put(refused)
    }
    await tx.objectStore('queue').delete(item.seq!)
    await tx.done
    await this.reload()
    if (refused) this.onRefused?.(refused)
  }

  private async mine(): Promise<QueuedItem[]> {
    return (await (await disk()).getAll('queue')).filter((item) => this.ours(item))
  }

  private ours(item: QueuedItem): boolean {
    return item.actor === this.options.actor() && item.world === (this.options.world ?? 0)
  }

  private async reload(): Promise<void> {
    this.pending = inOrder(await this.mine())
    this.refused = (await (await disk()).getAll('refused')).filter((item) => this.ours(item))
    for (const run of this.watchers) run()
  }
}

/** Sends an item over the live line; gives up soon, since the queue keeps it. */
export const liveSender = (live: { do: (n: string, p: Record<string, unknown>, o: object) => Promise<Outcome> }) =>
  (item: QueuedItem): Promise<Outcome> =>
    live.do(item.name, item.payload, { commandId: item.command_id, at: item.at, giveUpMs: 12_000, ...(item.version === undefined ? {} : { version: item.version }) })
