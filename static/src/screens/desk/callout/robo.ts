/** Which voice gateway can ring for a list; 'none' where nobody chose one or it is not known: then no robo-call is offered. */
import { ref, watch, type Ref } from 'vue'
import { get } from '../../../kernel/http'
import type { Desk } from '../desk'

export function useRobo(desk: Desk, list: () => string | undefined): Ref<string> {
  const gateway = ref('none')
  // asked again when the line is back
  watch([list, () => desk.cutAt.value === null] as const, async ([id]) => {
    gateway.value = 'none'
    if (!id) return
    try {
      const found = await get<{ gateway: string }>(`/callout_lists/${id}/robo`, { world: desk.screen.world })
      if (list() === id) gateway.value = found.gateway
    } catch { gateway.value = 'none' }
  }, { immediate: true })
  return gateway
}
