/** The chosen incident's village in the register: no topic of the desk holds the villages, so it is asked for when its incident is chosen. */
import { shallowRef, watch, type ShallowRef } from 'vue'
import { Problem, get } from '../../kernel/http'
import type { Centre } from '../../kernel/types'

export function useVillage(code: () => string | null | undefined): ShallowRef<Centre | null> {
  const found = shallowRef<Centre | null>(null)
  watch(code, async (now) => {
    if (found.value?.code !== now) found.value = null
    if (!now) return
    try {
      const told = await get<Centre>(`/centres/${now}`)
      if (code() === now) found.value = told
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }, { immediate: true })
  return found
}
