/**
 * Order of cursors. A cursor is `incarnation.seq` and otherwise opaque: two of the same incarnation
 * can be ordered, two of different ones cannot (the server has been restored; only a resync helps).
 */
import type { Cursor } from './types'

export function seqOf(cursor: Cursor | null | undefined): number {
  if (!cursor) return 0
  const dot = cursor.lastIndexOf('.')
  const seq = Number(cursor.slice(dot + 1))
  return Number.isFinite(seq) ? seq : Number.NaN
}

function incarnationOf(cursor: Cursor): string {
  const dot = cursor.lastIndexOf('.')
  return dot < 0 ? '' : cursor.slice(0, dot)
}

/** <0, 0, >0 as in a sort; null when the two cannot be ordered. "Nothing yet" (null) is before all. */
export function compareCursors(a: Cursor | null, b: Cursor | null): number | null {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  if (incarnationOf(a) !== incarnationOf(b)) return null
  const d = seqOf(a) - seqOf(b)
  return Number.isNaN(d) ? null : d
}
