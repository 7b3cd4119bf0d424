/** A post as the wire has it, and as a form holds it. */
import type { Base } from '../../../kernel/types'

export const KINDS = ['landline', 'mobile', 'satellite', 'radio'] as const
export type LineKind = (typeof KINDS)[number]
export interface Line { id: string; kind: LineKind; number: string | null; private: boolean }
export interface Post {
  id: string; title: string; holder: string | null; holder_id: string | null
  deputy: string | null; deputy_post: string | null; deputy_id: string | null; numbers: string[]; lines: Line[]
}
export interface Phone { label: string; kind?: LineKind; number: string }
export interface CentreRow extends Base { code: string; name: string; pinyin: string | null; kind: string; parent: string | null; phones: Phone[]; posts: Post[] }

export interface LineForm { id: string | null; kind: LineKind; number: string; private: boolean; whose: string }
export const emptyLine = (): LineForm => ({ id: null, kind: 'landline', number: '', private: false, whose: '' })
export const lineForm = (one: Line): LineForm => ({ id: one.private ? one.id : null, kind: one.kind, number: one.number ?? '', private: one.private, whose: '' })

/** What is sent for a line: a private one that is left empty keeps its number by its id. */
export function lineWish(one: LineForm): Record<string, unknown> {
  const wish: Record<string, unknown> = { kind: one.kind, private: one.private }
  if (one.id) wish.id = one.id
  if (one.number.trim()) wish.number = one.number.trim()
  if (one.private && one.whose.trim() && wish.number) wish.whose = one.whose.trim()
  return wish
}
export const moved = <T>(list: readonly T[], at: number, by: -1 | 1): T[] => {
  const next = [...list]
  const [one] = next.splice(at, 1)
  if (one !== undefined) next.splice(at + by, 0, one)
  return next
}
