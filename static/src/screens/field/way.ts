/** The own way over the roads: asked while there is a line, kept for when there is none, asked anew when it may have changed. */
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { Problem, get } from '../../kernel/http'
import { keep, kept } from '../../kernel/keep'
import type { Point, WayAnswer } from '../../kernel/types'
import { useAll } from '../../kernel/use'
import { metres } from './mine'
import type { Phone } from './phone'

const MOVED_M = 150
const NAME = 'way'

export interface OwnWay { answer: ShallowRef<WayAnswer | null>; old: Ref<boolean>; left: ComputedRef<{ m: number; s: number } | null> }

/** `to` null: there is nowhere to go, and nothing is asked. */
export function useWay(phone: Phone, to: Ref<Point | null>): OwnWay {
  const answer = shallowRef<WayAnswer | null>(null)
  const old = ref(false)
  const owner = phone.session.actor.id
  const closures = useAll(phone.store, 'closure')
  const dangers = useAll(phone.store, 'danger_area')
  const goal = (): readonly number[] => to.value?.coordinates ?? []
  const mine = (a: WayAnswer): boolean => a.to[0] === goal()[0] && a.to[1] === goal()[1]
  let asked = 0

  async function ask(): Promise<void> {
    const fix = phone.sharing.fix.value
    if (!fix || !to.value || phone.line.state.value !== 'live') return
    const turn = (asked += 1)
    try {
      const found = await get<WayAnswer>('/routes', { query: { from: `${fix.lon},${fix.lat}`, to: goal().join(','), vehicle: phone.team.value?.vehicle ?? 'car' } })
      if (turn !== asked) return
      answer.value = found
      old.value = false
      await keep(owner, NAME, found)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      old.value = answer.value !== null
    }
  }
  const recall = (): void => { void kept<WayAnswer>(owner, NAME).then((found) => { if (found && !answer.value && mine(found.value)) { answer.value = found.value; old.value = true } }) }
  watch(() => goal().join(), () => { if (answer.value && !mine(answer.value)) { answer.value = null; old.value = false } recall() }, { immediate: true })
  const moved = (): boolean => {
    const [fix, a] = [phone.sharing.fix.value, answer.value]
    return !!fix && (!a || !mine(a) || metres([fix.lon, fix.lat], a.from) > MOVED_M)
  }
  const signs = computed(() => [...closures.value, ...dangers.value].map((c) => `${c.id}.${c.version}`).join())
  watch([() => phone.sharing.fix.value, () => phone.line.state.value, () => goal().join()], () => { if (moved() || old.value) void ask() }, { immediate: true })
  watch(signs, () => void ask())
  onScopeDispose(() => { asked = -1 })
  const left = computed(() => {
    const a = answer.value
    return a?.reachable && a.distance_m !== undefined && a.duration_s !== undefined ? { m: a.distance_m, s: a.duration_s } : null
  })
  return { answer, old, left }
}

/** A way and what is closed near it, fitted into a box with a margin; north is up. */
export function fitted(line: readonly (readonly number[])[], more: readonly (readonly number[])[], w: number, h: number, margin: number): (p: readonly number[]) => [number, number] {
  const all = [...line, ...more]
  const [west, east] = [Math.min(...all.map((p) => p[0]!)), Math.max(...all.map((p) => p[0]!))]
  const [south, north] = [Math.min(...all.map((p) => p[1]!)), Math.max(...all.map((p) => p[1]!))]
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min((w - 2 * margin) / Math.max(1e-6, (east - west) * shrink), (h - 2 * margin) / Math.max(1e-6, north - south))
  return (p) => [w / 2 + (p[0]! - (west + east) / 2) * shrink * scale, h / 2 - (p[1]! - (south + north) / 2) * scale]
}

/** Of what is closed, what lies in the box of the way, with a little around it. */
export function near(line: readonly (readonly number[])[], at: readonly number[]): boolean {
  const pad = 0.01
  return at[0]! >= Math.min(...line.map((p) => p[0]!)) - pad && at[0]! <= Math.max(...line.map((p) => p[0]!)) + pad
    && at[1]! >= Math.min(...line.map((p) => p[1]!)) - pad && at[1]! <= Math.max(...line.map((p) => p[1]!)) + pad
}
