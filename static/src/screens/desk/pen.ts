/** The pen of the large map: points set by mouse or by key, moved, taken out, and each of these taken back. One tool holds it at a time. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { LonLat } from '../../parts/map/measure'

export type Tool = 'draw' | 'danger' | 'zone'
export interface Pen {
  tool: Ref<Tool | null>
  points: ShallowRef<LonLat[]>
  /** an area: the last point is joined to the first */
  closed: Ref<boolean>
  /** a single point: another takes its place */
  single: Ref<boolean>
  canUndo: Ref<boolean>
  take: (tool: Tool, as: { single?: boolean; closed?: boolean; points?: LonLat[] }) => void
  drop: () => void
  add: (at: LonLat) => void
  move: (i: number, at: LonLat) => void
  remove: (i: number) => void
  undo: () => void
}
const MOST = 500

export function makePen(): Pen {
  const tool = ref<Tool | null>(null)
  const points = shallowRef<LonLat[]>([])
  const [closed, single, canUndo] = [ref(false), ref(false), ref(false)]
  let before: LonLat[][] = []
  const set = (next: LonLat[], kept = true): void => {
    if (kept) before = [...before, points.value].slice(-MOST)
    else before = []
    points.value = next
    canUndo.value = before.length > 0
  }
  return {
    tool, points, closed, single, canUndo,
    take: (which, as) => { tool.value = which; single.value = as.single ?? false; closed.value = as.closed ?? false; set(as.points ?? [], false) },
    drop: () => { tool.value = null; set([], false) },
    add: (at) => { if (tool.value && points.value.length < MOST) set(single.value ? [at] : [...points.value, at]) },
    move: (i, at) => { if (points.value[i]) set(points.value.map((p, k) => (k === i ? at : p))) },
    remove: (i) => { if (points.value[i]) set(points.value.filter((_, k) => k !== i)) },
    undo: () => { const last = before.at(-1); if (!last) return; before = before.slice(0, -1); points.value = last; canUndo.value = before.length > 0 },
  }
}
