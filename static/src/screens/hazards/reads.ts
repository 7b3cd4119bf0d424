/** What no topic tells: read over HTTP, kept on this device, and shown with the time it was read at when there is no line. */
import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue'
import type { Screen } from '../../kernel/begin'
import { clock } from '../../kernel/clock'
import { get } from '../../kernel/http'
import { keep, kept } from '../../kernel/keep'
import { session } from '../../kernel/session'

export interface Reading<T> { value: ShallowRef<T | null>; /** when it was read */ at: ShallowRef<string | null>; again: () => Promise<void> }

/** `path` null: nothing is asked. It is asked anew when the path changes, and when the line is back. */
export function useRead<T>(screen: Screen, name: () => string, path: () => string | null): Reading<T> {
  const value = shallowRef<T | null>(null) as ShallowRef<T | null>
  const at = shallowRef<string | null>(null)
  let turn = 0
  async function again(): Promise<void> {
    const [mine, asked, owner, key] = [++turn, path(), screen.session.actor.id, `hazards ${name()}`]
    if (!asked) { value.value = null; return }
    try {
      const found = await get<T>(asked)
      if (mine !== turn) return
      value.value = found
      at.value = new Date(clock.now()).toISOString()
      // nothing is written down for somebody who has signed out meanwhile
      if (session()?.actor.id === owner) await keep(owner, key, found)
    } catch (error) {
      console.warn('not read', asked, error)
      const held = await kept<T>(owner, key)
      if (mine !== turn) return
      if (held) { value.value = held.value; at.value = held.saved_at } else if (!value.value) at.value = null
    }
  }
  watch(() => [name(), path()], () => { value.value = null; at.value = null; void again() }, { immediate: true })
  let was = screen.live.state
  onBeforeUnmount(screen.live.onChange(() => {
    const is = screen.live.state
    if (is === 'live' && was !== 'live') void again()
    was = is
  }))
  return { value, at, again }
}

export interface Rules { site_m: number; visit_h: number }
