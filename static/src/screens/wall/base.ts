/** The ground of the map, read until it is there. */
import type { FeatureCollection } from 'geojson'
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { get } from '../../kernel/http'

const RETRY_MS = 5000

export function useBase(): ShallowRef<FeatureCollection | null> {
  const base = shallowRef<FeatureCollection | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = async (): Promise<void> => {
    try {
      base.value = await get<FeatureCollection>('/map/base')
    } catch (error) {
      console.warn('the base map could not be read, once more soon', error)
      timer = setTimeout(() => void read(), RETRY_MS)
    }
  }
  void read()
  onScopeDispose(() => clearTimeout(timer))
  return base
}
