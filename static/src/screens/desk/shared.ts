/** What the desk's panels share besides its state. */
import type { FeatureCollection } from 'geojson'
import type { InjectionKey, Ref, ShallowRef } from 'vue'

export const BASE: InjectionKey<ShallowRef<FeatureCollection | null>> = Symbol('base')
export const THEME: InjectionKey<Ref<string>> = Symbol('theme')
