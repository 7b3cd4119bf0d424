/** The browser's database: what waits to be sent, what was refused, and the last picture of each screen. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { ProblemBody } from './types'

export interface QueuedItem {
  /** place in the queue */
  seq?: number
  command_id: string
  name: string
  payload: Record<string, unknown>
  /** whose session it may go under, and no other's */
  actor: string
  device: string
  world: number
  /** when it was put here, by this device's clock */
  made_at: string
  /** when the thing was done, by the actor's clock */
  at: string
  version?: number
  /** a mayday: it goes before all that waits */
  urgent?: boolean
  /** photos: they go when no words wait */
  bulky?: boolean
  /** text for the list of what waits */
  label?: string
}
export interface RefusedItem extends QueuedItem { problem: ProblemBody; refused_at: string; read: boolean }

export interface Disk extends DBSchema {
  queue: { key: number; value: QueuedItem }
  refused: { key: string; value: RefusedItem }
  kept: { key: string; value: { owner: string; saved_at: string; value: unknown } }
}

let opening: Promise<IDBPDatabase<Disk>> | null = null

export function disk(name = 'fengsui'): Promise<IDBPDatabase<Disk>> {
  opening ??= openDB<Disk>(name, 1, {
    upgrade(db) {
      db.createObjectStore('queue', { keyPath: 'seq', autoIncrement: true })
      db.createObjectStore('refused', { keyPath: 'command_id' })
      db.createObjectStore('kept')
    },
    terminated() { opening = null },
  })
  return opening
}
