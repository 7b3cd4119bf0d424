/** Layers of the catalogue above the still ground: vector tiles of our own, signs drawn here, words by the machine's own fonts. */
import type { ExpressionSpecification, LayerSpecification, Map as GlMap, VectorTileSource } from 'maplibre-gl'
import { byColumn, type About } from './catalogue'
import { drawGlSign } from './glsign'
import type { Box } from './placing'

export interface Shown { layer: About; filter: string }
export interface Hit { layer: string; properties: Record<string, unknown> }
type Ink = (token: string) => string

const TONES: Record<About['style']['tone'], string> = { ink: '--ink', 'ink-2': '--ink-2', act: '--act', water: '--map-river', line: '--map-outline', attention: '--attention' }
const LEVELS: Record<string, string> = { I: '--level-1', II: '--level-2', III: '--level-3', IV: '--level-4' }
const FONT = ['Noto Sans Regular']
const NAMES_FROM = 11
const MOST_BOXES = 80

export class Overlay {
  private shown: Shown[] = []

  private readonly map: GlMap
  private readonly ink: Ink
  private readonly text: number
  private readonly world: number

  constructor(map: GlMap, ink: Ink, text: number, world: number) {
    this.map = map
    this.ink = ink
    this.text = text
    this.world = world
    map.setMissingStyleImageResolver((id) => this.addSign(id))
    map.on('styledata', () => this.ensure())
  }

  /** Exactly these, in this order from below. */
  show(list: Shown[]): void {
    const wanted = new Map(list.map((one) => [one.layer.id, one]))
    for (const old of this.shown) if (!wanted.has(old.layer.id)) this.remove(old.layer.id)
    this.shown = list
    for (const one of list) {
      const source = this.map.getSource<VectorTileSource>(sourceOf(one.layer.id))
      if (source && source.tiles?.[0] !== this.address(one)) source.setTiles([this.address(one)])
    }
    this.ensure()
  }

  /** Entries changed them: their tiles are asked for again; what is shown stays until the new is there. */
  refresh(names: Iterable<string>): void {
    for (const name of names) if (this.map.getSource(sourceOf(name))) this.map.refreshTiles(sourceOf(name))
  }

  /** The theme has other inks. */
  restyle(): void {
    for (const one of this.shown) this.removeLayers(one.layer.id)
    this.ensure()
  }

  /** What lies under a point of the screen, topmost first, each thing once. */
  at(x: number, y: number): Hit[] {
    const layers = this.shown.flatMap((one) => specs(one.layer, this.ink, this.text).map((s) => s.id)).filter((id) => this.map.getLayer(id))
    if (!layers.length) return []
    const seen = new Set<string>()
    return this.map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]], { layers }).flatMap((f) => {
      const layer = f.sourceLayer ?? ''
      const key = `${layer} ${String(f.properties.id ?? `${f.properties.count} ${JSON.stringify(f.geometry)}`)}`
      if (seen.has(key)) return []
      seen.add(key)
      return [{ layer, properties: f.properties }]
    })
  }

  /** Where signs stand now, with room for their counts: names of the ground keep clear of them. Too many, and none is kept. */
  boxes(): Box[] {
    const layers = this.shown.map((one) => `${sourceOf(one.layer.id)} sign`).filter((id) => this.map.getLayer(id))
    const found = layers.length ? this.map.queryRenderedFeatures({ layers }) : []
    if (found.length > MOST_BOXES) return []
    return found.flatMap((f) => {
      if (f.geometry.type !== 'Point') return []
      const { x, y } = this.map.project(f.geometry.coordinates as [number, number])
      return [{ x: x - this.text * 0.6, y: y - this.text * 0.6, w: this.text * (f.properties.count ? 3 : 1.3), h: this.text * 1.3 }]
    })
  }

  private address(one: Shown): string {
    const asked = [this.world ? `world=${this.world}` : '', one.filter].filter(Boolean).join('&')
    return `${location.origin}/tiles/${one.layer.id}/{z}/{x}/{y}.mvt${asked ? `?${asked}` : ''}`
  }

  private ensure(): void {
    if (!this.map.style || !this.map.isStyleLoaded()) { this.map.once('idle', () => this.ensureNow()); return }
    this.ensureNow()
  }

  private ensureNow(): void {
    for (const one of this.shown) {
      const id = sourceOf(one.layer.id)
      if (!this.map.getSource(id)) this.map.addSource(id, { type: 'vector', tiles: [this.address(one)], minzoom: 0, maxzoom: 16 })
      for (const spec of specs(one.layer, this.ink, this.text)) if (!this.map.getLayer(spec.id)) this.map.addLayer(spec)
    }
  }

  private remove(name: string): void {
    this.removeLayers(name)
    if (this.map.getSource(sourceOf(name))) this.map.removeSource(sourceOf(name))
  }

  private removeLayers(name: string): void {
    for (const part of PARTS) if (this.map.getLayer(`${sourceOf(name)} ${part}`)) this.map.removeLayer(`${sourceOf(name)} ${part}`)
  }

  private addSign(id: string): void {
    const image = drawGlSign(id, this.text)
    if (image && !this.map.hasImage(id)) this.map.addImage(id, image.data, { pixelRatio: image.ratio })
  }
}

const PARTS = ['fill', 'edge', 'line', 'sign', 'name'] as const
const sourceOf = (name: string): string => `layer ${name}`
const DASHES = { dash: [4, 2], dots: [1, 2] } as const

/** The drawing of one layer, from below: areas, lines, signs with counts, names. */
export function specs(layer: About, ink: Ink, text: number): LayerSpecification[] {
  const { style } = layer
  const id = (part: (typeof PARTS)[number]): string => `${sourceOf(layer.id)} ${part}`
  const base = { source: sourceOf(layer.id), 'source-layer': layer.id, minzoom: style.min_zoom }
  const colour = ink(TONES[style.tone])
  const is = (kind: string): ExpressionSpecification => ['==', ['geometry-type'], kind]
  const dash = style.line === 'solid' ? {} : { 'line-dasharray': [...DASHES[style.line]] }
  const found: LayerSpecification[] = []
  if (layer.geometry !== 'point' && layer.geometry !== 'line') {
    found.push({ id: id('fill'), type: 'fill', ...base, filter: is('Polygon'), paint: { 'fill-color': colour, 'fill-opacity': style.fill ? 0.16 : 0.04 } })
    found.push({ id: id('edge'), type: 'line', ...base, filter: is('Polygon'), paint: { 'line-color': colour, 'line-width': text / 8, ...dash } })
  }
  if (layer.geometry !== 'point') found.push({ id: id('line'), type: 'line', ...base, filter: is('LineString'), layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': colour, 'line-width': text / 7, ...dash } })
  found.push({
    id: id('sign'), type: 'symbol', ...base, filter: is('Point'),
    layout: {
      'icon-image': signOf(layer, ink), 'icon-allow-overlap': true, 'icon-ignore-placement': false,
      'text-field': ['case', ['has', 'count'], ['concat', '×', ['to-string', ['get', 'count']]], ''], 'text-font': FONT, 'text-size': text * 0.95, 'text-anchor': 'left', 'text-offset': [0.75, 0], 'text-allow-overlap': true,
    },
    paint: { 'text-color': ink('--ink'), 'text-halo-color': ink('--map-halo'), 'text-halo-width': 2 },
  })
  if (style.label) {
    found.push({
      id: id('name'), type: 'symbol', ...base, minzoom: Math.max(style.min_zoom, layer.geometry === 'point' ? NAMES_FROM : 0), filter: ['!', ['has', 'count']],
      layout: {
        'text-field': ['to-string', ['get', style.label]], 'text-font': FONT, 'text-size': text * 0.92, 'text-max-width': 9,
        ...(layer.geometry === 'line' ? { 'symbol-placement': 'line' as const } : { 'text-variable-anchor': ['left', 'right', 'top', 'bottom'] as ('left' | 'right' | 'top' | 'bottom')[], 'text-radial-offset': 0.85, 'text-justify': 'auto' as const }),
      },
      paint: { 'text-color': ink('--ink-2'), 'text-halo-color': ink('--map-halo'), 'text-halo-width': 1.6 },
    })
  }
  return found
}

/** Which sign a point has: of its level where the layer tells levels apart, else the layer's own. */
function signOf(layer: About, ink: Ink): ExpressionSpecification {
  const { style } = layer
  const own = signId(style.sign, ink(TONES[style.tone]), ink('--map-halo'), '')
  const column = byColumn(layer)
  if (column && style.stale.length) {
    const still = signId(style.sign, ink('--stale'), ink('--map-halo'), '?')
    return ['image', ['match', ['coalesce', ['get', column.name], ''], style.stale, still, own] as unknown as ExpressionSpecification]
  }
  if (column?.name !== 'level') return ['image', own]
  const branches = column.values.flatMap((v) => (LEVELS[v.code] ? [v.code, signId(style.sign, ink(LEVELS[v.code]!), ink('--level-edge'), v.code, ink(onLevel(v.code)))] : []))
  return ['image', ['match', ['coalesce', ['get', 'level'], ''], ...branches, signId(style.sign, ink('--ink'), ink('--map-halo'), '?')] as unknown as ExpressionSpecification]
}

const onLevel = (level: string): string => (level === 'III' ? '--on-level-light' : '--on-level')
const signId = (sign: string, colour: string, halo: string, mark: string, on = ''): string => `fs|${sign}|${colour}|${halo}|${mark}|${on}`
