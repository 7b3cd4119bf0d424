/** Who is told that something changed: once per batch, each kind by itself; and of each new entry at once. */
import type { Entry, Kind } from './types'

/** What a listener may follow; `any` is all but positions. */
export type Change = Kind | 'timeline' | 'positions' | 'topics' | 'any'

export class Notices {
  private readonly listeners = new Map<Change, Set<() => void>>()
  private readonly entryListeners = new Set<(entry: Entry) => void>()
  private readonly changed = new Set<Change>()
  private flushing = false
  private readonly schedule: (run: () => void) => void

  constructor(schedule: (run: () => void) => void) {
    this.schedule = (run) => schedule(run)
  }

  subscribe(change: Change, run: () => void): () => void {
    const set = this.listeners.get(change) ?? new Set()
    this.listeners.set(change, set.add(run))
    return () => set.delete(run)
  }

  onEntry(run: (entry: Entry) => void): () => void {
    this.entryListeners.add(run)
    return () => this.entryListeners.delete(run)
  }

  /** Something of this kind changed: its listeners hear it when the batch is over. */
  touch(change: Change): void {
    this.changed.add(change)
    if (change !== 'positions') this.changed.add('any')
    if (this.flushing) return
    this.flushing = true
    this.schedule(() => this.flush())
  }

  tell(entry: Entry): void {
    for (const run of this.entryListeners) run(entry)
  }

  private flush(): void {
    this.flushing = false
    const changes = [...this.changed]
    this.changed.clear()
    for (const change of changes) for (const run of this.listeners.get(change) ?? []) run()
  }
}
