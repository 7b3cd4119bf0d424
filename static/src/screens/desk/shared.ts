/** What the desk's panels share besides its state. */
import type { FeatureCollection } from 'geojson'
import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { Draft } from './draft'

export const BASE: InjectionKey<ShallowRef<FeatureCollection | null>> = Symbol('base')
export const DRAFT: InjectionKey<Ref<Draft>> = Symbol('draft')
export const THEME: InjectionKey<Ref<string>> = Symbol('theme')
