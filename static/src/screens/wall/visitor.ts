/** Visitor mode: by the address, or by a key for those who may; a key's ends by itself after two hours. */
import { computed, ref, type ComputedRef, type ShallowRef } from 'vue'
import { useKeys } from '../../kernel/use'
import { t } from './words'

export interface Visitor {
  on: ComputedRef<boolean>
  /** when it ends by itself; null where the address asks for it */
  until: ComputedRef<number | null>
}
const LASTS_MS = 7_200_000
const KEPT = 'fengsui.wall.visitor-until'

export function useVisitor(permissions: string[], now: Readonly<ShallowRef<number>>): Visitor {
  const asked = new URLSearchParams(location.search).get('visitor') === '1'
  const end = ref(Number(localStorage.getItem(KEPT) ?? 0))
  const on = computed(() => asked || end.value > now.value)
  const may = permissions.includes('screen.wall')
  useKeys({
    name: 'wall',
    bindings: [{ code: 'KeyV', shift: true, label: () => t('visitorKey'), enabled: () => may && !asked, run: () => {
      if (!may || asked) return
      end.value = end.value > now.value ? 0 : now.value + LASTS_MS
      localStorage.setItem(KEPT, String(end.value))
    } }],
  })
  return { on, until: computed(() => (asked ? null : end.value)) }
}
