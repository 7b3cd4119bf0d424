/** A file brought up, looked at, tried and taken, part after part. The server keeps its rows; a part is asked for by number. */
import { csrf, get, http, post, Problem } from '../../../kernel/http'
import type { Base, Text } from '../../../kernel/types'

export interface Run extends Base {
  layer: string; source: string; crs: string; file: string; by_name: string; state: 'open' | 'done' | 'undoing' | 'undone'
  total: number; made: number; changed: number; same: number; refused: number; flagged: number; taken: number; left: number; ended_at: string | null
}
export interface Column { name: string; zh: string; en: string; sort: string; required: boolean }
export interface Importer { layer: string; zh: string; en: string; columns: Column[]; geometry: string[] }
export interface About { id: string; name: string; count: number; parts: number; digest: string; fields: { name: string; samples: unknown[] }[]; kinds: Record<string, number>; notes: Text[] }
export interface Shown { number: number; source_id: string; values: Record<string, unknown>; refused: boolean; said: Text | null }
export interface OnMap { number: number; geometry: { type: string; coordinates: unknown }; flagged: boolean }
export interface Preview { columns: Record<string, string>; items: Shown[]; on_map: OnMap[]; thinned: boolean; count: number }
export interface Outcome { number: number; source_id: string; did: 'made' | 'changed' | 'same' | 'refused'; said: Text | null }
export interface Manner { layer: string; crs: string; source: string; columns: Record<string, string> }
export type Counts = Record<Outcome['did'], number>

export const noCounts = (): Counts => ({ made: 0, changed: 0, same: 0, refused: 0 })

/** Send a file's bytes; a refusal is a `Problem` like any other. */
export async function bringUp(file: File): Promise<About> {
  const headers: Record<string, string> = { 'Content-Type': 'application/octet-stream', Accept: 'application/json' }
  const key = csrf()
  if (key) headers['X-CSRF-Token'] = key
  const response = await fetch(`/api/v1/imports/files?name=${encodeURIComponent(file.name)}`, { method: 'POST', credentials: 'same-origin', headers, body: file })
  const told: unknown = await response.json()
  if (!response.ok) throw new Problem(told as Problem['body'])
  return told as About
}

export const preview = (upload: string, how: Manner): Promise<Preview> =>
  get<Preview>(`/imports/files/${upload}/preview`, { query: { layer: how.layer, crs: how.crs, source: how.source || '—', columns: JSON.stringify(how.columns) }, timeoutMs: 60_000 })

export async function tryPart(about: About, how: Manner, part: number): Promise<Outcome[]> {
  return (await post<{ items: Outcome[] }>('/imports/try', { ...how, upload: about.id, part }, { timeoutMs: 60_000 })).items
}
export const openRun = (about: About, how: Manner): Promise<Run> =>
  post<Run>('/imports', { ...how, file: about.name, digest: about.digest, total: about.count })
export const takePart = (run: Run, about: About): Promise<Run> =>
  post<Run>(`/imports/${run.id}/parts`, { upload: about.id, part: run.taken }, { timeoutMs: 60_000 })

/** Taken back whole: a large one is asked for again until it is. */
export async function takeBack(run: Run): Promise<Run> {
  let now = run
  do now = await http<Run>('POST', `/imports/${run.id}/undo`, { body: {}, timeoutMs: 60_000 })
  while (now.state === 'undoing')
  return now
}
export const reportOf = (run: string): Promise<{ items: Outcome[]; more: boolean }> => get(`/imports/${run}/report`, { query: { limit: 500 } })
