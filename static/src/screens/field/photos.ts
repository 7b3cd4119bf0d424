/** The photos that this phone has taken for a task: a small picture of each, kept here, and what has become of it. */
import { onMounted, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { QueuedItem, RefusedItem } from '../../kernel/disk'
import { keep, kept } from '../../kernel/keep'

export interface Photo { id: string; task: string; at: string; thumb: string; refused: boolean }
export type PhotoState = 'queued' | 'sent' | 'refused'
export interface Photos { all: ShallowRef<Photo[]>; took: (photo: Omit<Photo, 'refused'>) => Promise<void>; stateOf: (photo: Photo) => PhotoState }

const NAME = 'photos'
const MOST = 24

export function usePhotos(owner: string, box: Ref<{ pending: QueuedItem[]; refused: RefusedItem[] }>): Photos {
  const all = shallowRef<Photo[]>([])
  let read: Promise<void> | null = null
  const open = (): Promise<void> => (read ??= kept<Photo[]>(owner, NAME).then((held) => { all.value = [...(held?.value ?? []), ...all.value] }))
  async function hold(next: Photo[]): Promise<void> {
    all.value = next.slice(-MOST)
    await keep(owner, NAME, all.value)
  }
  onMounted(open)
  /** what was refused leaves the list of what must be read; that it was refused stays */
  watch(() => box.value.refused, async (refused) => {
    await open()
    const names = new Set(refused.map((item) => item.command_id))
    if (all.value.some((one) => names.has(one.id) && !one.refused)) await hold(all.value.map((one) => ({ ...one, refused: one.refused || names.has(one.id) })))
  }, { immediate: true })
  return {
    all,
    took: async (photo) => { await open(); await hold([...all.value, { ...photo, refused: false }]) },
    stateOf: (photo) => (photo.refused ? 'refused' : box.value.pending.some((item) => item.command_id === photo.id) ? 'queued' : 'sent'),
  }
}
