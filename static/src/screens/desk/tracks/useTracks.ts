/** The tracks of the incident in hand: its room is heard while they are looked at, and no longer. */
import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { clock } from '../../../kernel/clock'
import { get, Problem } from '../../../kernel/http'
import type { CareCase, Family, Iso, Opinion, Requisition, Statement } from '../../../kernel/types'
import { useAll } from '../../../kernel/use'
import type { Desk } from '../desk'
import { parseTime } from '../finding'
import { dated, linesOf, type Line } from '.'
import { w } from './words'

export interface Board { three_sync: boolean; owed: string[]; publicity: string; received_at: Iso; first_statement_at: Iso | null }
export interface Tracks {
  id: ComputedRef<string | undefined>
  board: ShallowRef<Board | null>
  lines: ComputedRef<Line[]>
  opinions: ComputedRef<Opinion[]>
  statements: ComputedRef<Statement[]>
  families: ComputedRef<Family[]>
  cares: ComputedRef<CareCase[]>
  taken: ComputedRef<Requisition[]>
}

export function useTracks(desk: Desk): Tracks {
  const { store, live } = desk.screen
  const id = computed(() => desk.incident.value?.id)
  /** Nothing moves when incidents are merged: what hangs on those that came is read where they went. */
  const merged = computed(() => desk.incident.value?.merged_from ?? [])
  const rooms = computed(() => [...(id.value ? [id.value] : []), ...merged.value].map((one) => `tracks:${one}`))
  const board = shallowRef<Board | null>(null)
  const of = <K extends 'track' | 'opinion' | 'statement' | 'family' | 'care_case' | 'requisition'>(kind: K) => {
    const all = useAll(store, kind)
    return computed(() => all.value.filter((one) => one.incident_id === id.value || merged.value.includes(one.incident_id)).sort((a, b) => Number(a.incident_id !== id.value) - Number(b.incident_id !== id.value) || a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id)))
  }
  const [tracks, opinions, statements, families, cares, taken] = [of('track'), of('opinion'), of('statement'), of('family'), of('care_case'), of('requisition')]
  async function ask(): Promise<void> {
    const mine = id.value
    if (!mine) return
    try {
      const found = await get<Board>(`/incidents/${mine}/tracks`)
      if (mine === id.value) board.value = found
    } catch (error) { if (!(error instanceof Problem)) throw error }
  }
  watch(rooms, (now, before = []) => {
    live.unwatch(...before.filter((one) => !now.includes(one)))
    live.watch(...now.filter((one) => !before.includes(one)))
  }, { immediate: true })
  watch(id, () => { board.value = null })
  // whether the three are asked for, and when something was first published, follows from what the room tells
  watch([id, () => tracks.value.map((t) => t.version).join(), () => statements.value.map((s) => s.published.length).join()], () => void ask(), { immediate: true })
  onBeforeUnmount(() => { live.unwatch(...rooms.value) })
  return { id, board, lines: computed(() => linesOf(tracks.value)), opinions, statements, families, cares, taken }
}

export interface Form {
  busy: Ref<boolean>
  wrong: Ref<string>
  act: (label: string, name: string, payload: Record<string, unknown>, version?: number) => Promise<boolean>
  /** a time that is typed: null where nothing is, undefined (and said) where it is none */
  ahead: (text: string) => Iso | null | undefined
  past: (text: string) => Iso | null | undefined
}
/** One act of a form at a time; what was refused is said in the form. */
export function useForm(desk: Desk): Form {
  const [busy, wrong] = [ref(false), ref('')]
  async function act(label: string, name: string, payload: Record<string, unknown>, version?: number): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    const done = await desk.doing.act(label, name, payload, version)
    busy.value = false
    wrong.value = done === null ? desk.doing.last.value?.text ?? '' : ''
    return done !== null
  }
  const time = (text: string, parse: (text: string, now: number) => Iso | null): Iso | null | undefined => {
    if (!text.trim()) return null
    const found = parse(text, clock.now())
    if (found) return found
    wrong.value = w('badTime')
    return undefined
  }
  return { busy, wrong, act, ahead: (text) => time(text, dated), past: (text) => time(text, parseTime) }
}
