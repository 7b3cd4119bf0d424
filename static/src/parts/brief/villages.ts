/** The county's villages, which no topic holds: read once, for their number in a township out of contact and for their names in English. */
import { shallowRef, type ShallowRef } from 'vue'
import type { Screen } from '../../kernel/begin'
import { Problem, get } from '../../kernel/http'
import { keep, kept } from '../../kernel/keep'
import type { Centre } from '../../kernel/types'

const KEPT = 'villages'
export function useVillages({ session }: Pick<Screen, 'session'>, offline: boolean): ShallowRef<readonly Centre[]> {
  const villages = shallowRef<readonly Centre[]>([])
  async function read(): Promise<void> {
    try {
      const found = await get<{ items: Centre[] }>('/centres', { query: { kind: 'village', limit: 1000 } })
      villages.value = found.items
      if (offline) void keep(session.actor.id, KEPT, found.items)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const held = offline ? await kept<Centre[]>(session.actor.id, KEPT) : null
      villages.value = held?.value ?? []
    }
  }
  void read()
  return villages
}
