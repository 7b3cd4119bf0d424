/** The board of a response: each instruction as two bars on one line of time, planned and actual, and what is late. */
import { shallowRef } from 'vue'
import { get } from '../../../kernel/http'
import type { Instruction, Response } from '../../../kernel/types'
import { isOwed, lateNow } from './steps'

export interface Bar { from: number; to: number }
export interface Line {
  one: Instruction
  planned: Bar | null
  actual: Bar | null
  /** when it was accepted */
  accepted: number | null
  late: 'accept' | 'done' | null
}
export interface Axis { from: number; to: number; marks: number[] }

const MINUTE = 60_000
const STEPS = [10, 15, 30, 60, 120, 180, 360, 720, 1440].map((m) => m * MINUTE)
const at = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null)

/** By who does it, then by when it is due; the ended ones stay on it. */
export function linesOf(all: readonly Instruction[], now: number): Line[] {
  return all.filter((one) => one.issued_at && one.state !== 'cancelled')
    .sort((a, b) => a.to_name.localeCompare(b.to_name, 'zh') || (a.due_at ?? '9').localeCompare(b.due_at ?? '9') || a.id.localeCompare(b.id))
    .map((one) => {
      const issued = at(one.issued_at)!
      const [due, accepted, done] = [at(one.due_at), at(one.times.accepted), at(one.times.done)]
      const ended = done ?? (isOwed(one) ? now : null)
      return {
        one, accepted, late: lateNow(one, now) ?? (one.late.done ? 'done' : null),
        planned: due === null ? null : { from: issued, to: due }, actual: accepted === null || ended === null ? null : { from: accepted, to: Math.max(accepted, ended) },
      }
    })
}

/** From the first order to the last limit, or to now where that is later, with room for a label; a round hour has a mark. */
export function axisOf(lines: readonly Line[], now: number): Axis {
  const from = Math.min(now, ...lines.map((line) => at(line.one.issued_at)!))
  const to = Math.max(now, from + 30 * MINUTE, ...lines.flatMap((line) => [line.planned?.to ?? 0, line.actual?.to ?? 0]))
  const step = STEPS.find((one) => (to - from) / one <= 8) ?? STEPS[STEPS.length - 1]!
  const marks: number[] = []
  for (let mark = Math.ceil(from / step) * step; mark <= to; mark += step) marks.push(mark)
  return { from, to, marks }
}
export const place = (axis: Axis, time: number): number => Math.max(0, Math.min(100, ((time - axis.from) / (axis.to - axis.from)) * 100))

/** The paper page of a board is drawn instead of the incident's while it is wanted. */
export const paper = shallowRef<Response | null>(null)
export const paperLines = shallowRef<Line[]>([])

/** Those of a response, ended ones too: the store holds only what is open. */
export async function instructionsOf(response: string): Promise<Instruction[]> {
  return (await get<{ items: Instruction[] }>('/instructions', { query: { response_id: response, limit: 1000 } })).items
}
/** What was read, with what the store knows newer. */
export function merged(read: readonly Instruction[], held: readonly Instruction[]): Instruction[] {
  const out = new Map(read.map((one) => [one.id, one]))
  for (const one of held) if (one.version >= (out.get(one.id)?.version ?? 0)) out.set(one.id, one)
  return [...out.values()]
}
