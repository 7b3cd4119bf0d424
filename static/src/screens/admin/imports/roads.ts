/** A road net on its way in: its file brought up while both ends say how far they are, looked at, put in force, put back. */
import { clock } from '../../../kernel/clock'
import { API, csrf, get, lineDown, post, Problem } from '../../../kernel/http'
import type { Base, Text } from '../../../kernel/types'

export interface RoadNet extends Base {
  file: string; source: string; licence: string; source_crs: string; synthetic: boolean
  counts: { stretches: number; junctions: number; km: number; km_by_class: Record<string, number>; turns?: number }
  bounds: [number, number, number, number]; taken_by: string; taken_at: string; replaces: string | null; live: boolean
}
export interface Lines { class: string; geometry: { type: string; coordinates: unknown } }
export interface LeftOut { why: 'kind' | 'nobody' | 'cut' | 'turn'; count: number; ids: number[] }
export interface Brought {
  upload: string; digest: string; crs: string; ways: number; left: LeftOut[]; lines: Lines[]; thinned: boolean
  counts: RoadNet['counts']; bounds: RoadNet['bounds']; km_inside: number
}
export interface PostedRoad { ref: string; surveyed: number; reckoned: number; from_km: number; to_km: number; net_km: number | null }
export interface Posted { items: PostedRoad[]; net: { file: string; source: string; synthetic: boolean } | null }

export type Heard = { sent: number } | { ways: number }

/** Send a file's bytes; `heard` is told how much was sent, then how many ways were read. `stop` takes it back on both sides. */
export function bringUp(file: File, crs: string, heard: (how: Heard) => void): { done: Promise<Brought>; stop: () => void } {
  const asked = new XMLHttpRequest()
  const done = new Promise<Brought>((resolve, reject) => {
    asked.open('POST', `${API}/imports/roads?name=${encodeURIComponent(file.name)}&crs=${crs}`)
    asked.setRequestHeader('Content-Type', 'application/octet-stream')
    const key = csrf()
    if (key) asked.setRequestHeader('X-CSRF-Token', key)
    asked.upload.onprogress = (at) => heard({ sent: at.loaded / Math.max(1, at.total) })
    asked.onprogress = () => { const last = lastLine(asked); if (asked.status === 201 && typeof last?.ways === 'number') heard({ ways: last.ways }) }
    asked.onerror = () => reject(lineDown('the line broke while the file was sent'))
    asked.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    asked.onload = () => {
      const now = asked.getResponseHeader('Fengsui-Now')
      if (now) clock.observe(now)
      const last = lastLine(asked)
      if (last?.net) resolve(last.net as Brought)
      else reject(new Problem(problemOf(asked, last)))
    }
    asked.send(file)
  })
  return { done, stop: () => asked.abort() }
}

/** The last whole line that has come. */
function lastLine(asked: XMLHttpRequest): Record<string, unknown> | null {
  const text = asked.responseText
  const line = text.slice(0, text.lastIndexOf('\n') + 1 || text.length).trimEnd().split('\n').pop() ?? ''
  return line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : null
}

function problemOf(asked: XMLHttpRequest, last: Record<string, unknown> | null): Problem['body'] {
  const bare = { type: 'about:blank', title: asked.statusText, status: asked.status }
  if (asked.status !== 201) return { ...bare, ...(last as Partial<Problem['body']> | null) }
  const said = (last?.refused as Text | undefined) ?? { zh: '读取中断，没有保存。请再试。', en: 'The reading broke off and nothing was kept: try again.' }
  return { ...bare, status: 422, said }
}

export interface About { source: string; licence: string; synthetic: boolean }
export const take = (net: { upload: string } | { file: string; source_crs: string }, about: About): Promise<RoadNet> =>
  post<RoadNet>('/road_nets', { ...net, ...about }, { timeoutMs: 60_000 })
export const withdraw = (id: string): Promise<RoadNet> => post<RoadNet>(`/road_nets/${id}/withdraw`, {}, { timeoutMs: 60_000 })
/** Newest first. */
export const netsOf = async (): Promise<RoadNet[]> => (await get<{ items: RoadNet[] }>('/road_nets', { query: { limit: 1000 } })).items.sort((a, b) => (a.id < b.id ? 1 : -1))
export const postedRoads = (): Promise<Posted> => get<Posted>('/road-posts/roads', { timeoutMs: 60_000 })
export const derive = (ref: string, file: string): Promise<{ ref: string; made: number; withdrawn: number }> =>
  post('/road-posts/derive', { ref, file }, { timeoutMs: 120_000 })
